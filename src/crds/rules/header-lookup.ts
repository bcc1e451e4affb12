import type { Warning } from '../../errors/warning.ts';
import type { Answer } from './answer.ts';
import { badRules } from './bad-rules.ts';
import { instrumentAnswers } from './instrument-answers.ts';
import { keywordUpdates, type KeywordUpdate } from './keyword-updates.ts';
import type { RawHeader } from './lookup-header.ts';
import type { InstrumentRules } from './rules-library.ts';

/** A lookup that failed: its keyword stays as it is. */
export interface FailedLookup {
  readonly keyword: string;
  /** In the words of the Python client. */
  readonly reason: string;
  /** The switch of the calibration step that needs the reference, when it is to be performed. */
  readonly performedBy: string | undefined;
}

/** What the rules of a context say about one header. */
export interface HeaderLookup {
  readonly context: string;
  /** As the header names it, upper case. */
  readonly instrument: string;
  readonly answers: ReadonlyMap<string, Answer>;
  /** Keywords to be written, in the order of types. */
  readonly updates: readonly Extract<KeywordUpdate, { status: 'update' }>[];
  readonly failures: readonly FailedLookup[];
  readonly warnings: readonly Warning[];
}

/**
 * Looks up every type of reference for a header.
 *
 * @throws UnansweredError when references of the instrument cannot be named in a header.
 */
export function lookUpHeader(
  rules: InstrumentRules,
  header: RawHeader,
  options: {
    readonly context: string;
    readonly instrument: string;
    readonly badFiles: ReadonlySet<string>;
  },
): HeaderLookup {
  const { context, instrument, badFiles } = options;
  const bad = badRules(rules, { context, badFiles });
  const warnings: Warning[] = bad === undefined ? [] : [bad];
  const answers = instrumentAnswers(
    rules,
    { ...header, INSTRUME: instrument },
    { warn: (message) => warnings.push({ code: 'CRDS_RULE_NOT_EVALUATED', message }) },
  );
  const all = keywordUpdates(answers, { instrument });
  const updates = all.filter((update) => update.status === 'update');
  const failures = all.filter((update) => update.status === 'failed');
  warnings.push(...updates.flatMap(({ file }) => badReference(file, badFiles)));
  return {
    context,
    instrument,
    answers,
    updates,
    failures: failures.map((update) => failedLookup(update, rules, header)),
    warnings,
  };
}

function badReference(file: string | undefined, badFiles: ReadonlySet<string>): readonly Warning[] {
  if (file === undefined || !badFiles.has(file)) return [];
  const message = `The reference \`${file}\` is bad. Use is not recommended, results may not be scientifically valid.`;
  return [{ code: 'CRDS_REFERENCE_BAD', message }];
}

function failedLookup(
  update: Extract<KeywordUpdate, { status: 'failed' }>,
  rules: InstrumentRules,
  header: RawHeader,
): FailedLookup {
  const type = rules.types.get(update.keyword.toLowerCase());
  const keyword = type === undefined || typeof type === 'string' ? 'NONE' : type.switch;
  const value = header[keyword] ?? header[keyword.toLowerCase()];
  const isPerformed =
    String(value ?? '')
      .trim()
      .toUpperCase() === 'PERFORM';
  return {
    keyword: update.keyword,
    reason: update.reason.trim(),
    performedBy: isPerformed ? keyword : undefined,
  };
}
