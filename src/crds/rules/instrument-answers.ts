import type { Answer } from './answer.ts';
import { bestReference, type LookupOptions } from './best-reference.ts';
import { lookupHeader, type RawHeader } from './lookup-header.ts';
import type { InstrumentRules } from './rules-library.ts';

/** What the rules of an instrument say about every type of reference, in the order of types. */
export function instrumentAnswers(
  rules: InstrumentRules,
  header: RawHeader,
  options: Pick<LookupOptions, 'warn'>,
): ReadonlyMap<string, Answer> {
  const lookup = lookupHeader(header, { keywords: rules.keywords });
  const lookupOptions = { ...options, dates: new Map<string, string>() };
  const answers = new Map<string, Answer>();
  for (const [type, typeRules] of rules.types) {
    answers.set(
      type,
      typeof typeRules === 'string'
        ? { status: typeRules }
        : bestReference(typeRules, lookup, lookupOptions),
    );
  }
  return answers;
}
