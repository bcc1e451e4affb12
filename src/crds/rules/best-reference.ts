import { evaluate } from '../expressions/evaluate.ts';
import type { Expression } from '../expressions/expression.ts';
import { isTrue } from '../expressions/expression-value.ts';
import { parsePythonFloat } from '../python/parse-python-float.ts';
import { choiceAnswer, type Answer } from './answer.ts';
import { UNDEFINED, type LookupHeader } from './lookup-header.ts';
import { chooseReference } from './match-selector.ts';
import { withoutIrrelevant } from './parkey-relevance.ts';
import type { ReferenceRules } from './reference-rules.ts';
import { RuleError } from './rule-error.ts';

/** What else a lookup tells. */
export interface LookupOptions {
  /** Called with a full sentence when a predicate of the rules cannot be evaluated and the Python client goes on without it. */
  readonly warn: (message: string) => void;
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
    return lookUp(rules, header);
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

function lookUp(rules: ReferenceRules, original: LookupHeader): Answer {
  const header = withoutIrrelevant(rules.precondition?.(original) ?? original, {
    relevance: rules.parkeys,
    keywords: rules.keywords,
  });
  try {
    return choiceAnswer(chooseReference(rules.selector, header));
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    return isNotReprocessed(header)
      ? { status: 'not-applicable' }
      : fallBack(rules, original, error);
  }
}

/** WFC data of two gains are never reprocessed, so what cannot be found for them does not apply (`crds/hst/locate.py:dnr_check`). */
function isNotReprocessed(header: LookupHeader): boolean {
  const gain = parsePythonFloat(header.get('CCDGAIN') ?? '');
  return header.get('DETECTOR') === 'WFC' && (gain === 0.5 || gain === 1.4);
}

function fallBack(rules: ReferenceRules, original: LookupHeader, error: RuleError): Answer {
  const second = rules.fallback?.(original);
  try {
    if (second === undefined) throw error;
    const keywords = rules.keywords.map((key) => [key, second.get(key) ?? UNDEFINED] as const);
    const header = withoutIrrelevant(new Map(keywords), {
      relevance: rules.parkeys,
      keywords: rules.keywords,
    });
    return choiceAnswer(chooseReference(rules.selector, header));
  } catch (failure) {
    if (rules.required || !(failure instanceof RuleError)) throw failure;
    return { status: 'not-applicable' };
  }
}
