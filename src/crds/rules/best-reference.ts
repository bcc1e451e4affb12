import { evaluate } from '../expressions/evaluate.ts';
import type { Expression } from '../expressions/expression.ts';
import { isTrue } from '../expressions/expression-value.ts';
import { parsePythonFloat } from '../python/parse-python-float.ts';
import { choiceAnswer, type Answer } from './answer.ts';
import { UNDEFINED, type LookupHeader } from './lookup-header.ts';
import { chooseReference, type Choice } from './match-selector.ts';
import { withoutIrrelevant } from './parkey-relevance.ts';
import type { ReferenceRules } from './reference-rules.ts';
import { RuleError } from './rule-error.ts';

/** What a lookup works with beside rules and header. */
export interface LookupOptions {
  /** Called with a full sentence when a predicate of the rules cannot be evaluated and the Python client goes on without it. */
  readonly warn: (message: string) => void;
  /** Keeps what texts of dates became, for the other types of the same header. */
  readonly dates: Map<string, string>;
}

/**
 * What the rules of one type say for a header that holds every keyword of the instrument
 * (`crds/core/rmap.py:ReferenceMapping.get_best_ref`). Never throws for a header: what cannot be answered is an answer.
 */
export function bestReference(
  rules: ReferenceRules,
  header: LookupHeader,
  options: LookupOptions,
): Answer {
  if (holds(rules, rules.omitted, { ...options, header, otherwise: false })) {
    return { status: 'omitted' };
  }
  if (!holds(rules, rules.relevant, { ...options, header, otherwise: true })) {
    return { status: 'not-applicable' };
  }
  try {
    return lookUp(rules, header, options);
  } catch (error) {
    if (error instanceof RuleError) return { status: 'failed', reason: error.message };
    throw error;
  }
}

function holds(
  rules: ReferenceRules,
  expression: Expression,
  options: LookupOptions & { readonly header: LookupHeader; readonly otherwise: boolean },
): boolean {
  try {
    return isTrue(evaluate(expression, (name) => options.header.get(name)));
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    options.warn(
      `A predicate of the rules \`${rules.name}\` cannot be evaluated (${error.message}) and does not count.`,
    );
    return options.otherwise;
  }
}

function lookUp(rules: ReferenceRules, original: LookupHeader, options: LookupOptions): Answer {
  const header = withoutIrrelevant(rules.precondition?.(original) ?? original, {
    relevance: rules.parkeys,
    keywords: rules.keywords,
  });
  const first = choose(rules, header, options);
  if (first.status === 'chosen') return choiceAnswer(first.choice);
  if (isNotReprocessed(header)) return { status: 'not-applicable' };
  // What the hook itself throws is told, even where the type is not required.
  const second = rules.fallback?.(original);
  const last = second === undefined ? first : fallBack(rules, second, options);
  if (last.status === 'chosen') return choiceAnswer(last.choice);
  return rules.required ? { status: 'failed', reason: last.reason } : { status: 'not-applicable' };
}

function choose(rules: ReferenceRules, header: LookupHeader, options: LookupOptions): Choice {
  try {
    return chooseReference(rules.selector, header, options);
  } catch (error) {
    if (error instanceof RuleError) return { status: 'none', reason: error.message };
    throw error;
  }
}

/** WFC data of two gains are never reprocessed, so what cannot be found for them does not apply (`crds/hst/locate.py:dnr_check`). */
function isNotReprocessed(header: LookupHeader): boolean {
  if (header.get('DETECTOR') !== 'WFC') return false;
  const gain = parsePythonFloat(header.get('CCDGAIN') ?? '');
  return gain === 0.5 || gain === 1.4;
}

function fallBack(rules: ReferenceRules, second: LookupHeader, options: LookupOptions): Choice {
  const keywords = rules.keywords.map((key) => [key, second.get(key) ?? UNDEFINED] as const);
  try {
    const header = withoutIrrelevant(new Map(keywords), {
      relevance: rules.parkeys,
      keywords: rules.keywords,
    });
    return choose(rules, header, options);
  } catch (error) {
    if (error instanceof RuleError) return { status: 'none', reason: error.message };
    throw error;
  }
}
