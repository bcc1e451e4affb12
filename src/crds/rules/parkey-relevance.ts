import { evaluate } from '../expressions/evaluate.ts';
import type { Expression } from '../expressions/expression.ts';
import { isTrue } from '../expressions/expression-value.ts';
import { parseExpression } from '../expressions/parse-expression.ts';
import type { MappingHeader } from '../mappings/mapping-header.ts';
import { dictFields } from '../python/literal-value.ts';
import { UNDEFINED, type LookupHeader } from './lookup-header.ts';

/** When a keyword counts: never, or where a predicate holds. */
export interface ParkeyRelevance {
  readonly keyword: string;
  readonly expression: Expression | 'never';
}

/** Reads from the header of the rules which of their keywords count only sometimes (`parkey_relevance`, `comment_parkeys`). */
export function parkeyRelevance(
  header: MappingHeader,
  options: { readonly keywords: readonly string[] },
): readonly ParkeyRelevance[] {
  const relevant = header.dict('parkey_relevance');
  const conditions = new Map<string, Expression | 'never'>();
  for (const [name, text] of relevant === undefined ? [] : dictFields(relevant)) {
    if (typeof text !== 'string') throw header.invalid('`parkey_relevance` holds no texts');
    conditions.set(name.toLowerCase(), parseExpression(text, { source: header.source }));
  }
  for (const name of header.names('comment_parkeys')) conditions.set(name.toLowerCase(), 'never');
  return options.keywords.flatMap((keyword) => {
    const expression = conditions.get(keyword.toLowerCase());
    return expression === undefined ? [] : [{ keyword, expression }];
  });
}

/**
 * Makes keywords `N/A` that do not count for this header (`crds/core/rmap.py:map_irrelevant_parkeys_to_na`). All predicates see
 * the header as it was, keywords that the rules look at and that it lacks as `UNDEFINED`.
 *
 * @throws RuleError when a predicate cannot be evaluated.
 */
export function withoutIrrelevant(
  header: LookupHeader,
  options: {
    readonly relevance: readonly ParkeyRelevance[];
    readonly keywords: readonly string[];
  },
): LookupHeader {
  if (options.relevance.length === 0) return header;
  const lookup = (name: string): string | boolean | undefined =>
    name === 'keep_comments'
      ? false
      : (header.get(name) ?? (options.keywords.includes(name) ? UNDEFINED : undefined));
  const changed = new Map(header);
  for (const { keyword, expression } of options.relevance) {
    if (expression === 'never' || !isTrue(evaluate(expression, lookup)))
      changed.set(keyword, 'N/A');
  }
  return changed;
}
