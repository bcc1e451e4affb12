import { reformatDate } from '../dates/reformat-date.ts';
import type { LiteralDict } from '../python/literal-value.ts';
import { PlainDict } from '../python/plain-dict.ts';
import { pythonText, pythonTextTuple } from '../python/python-text.ts';
import { UNDEFINED, type LookupHeader } from './lookup-header.ts';
import { RuleError } from './rule-error.ts';

/** A reference and the date from which it is used. */
export interface DatedFile {
  /** `YYYY-MM-DD HH:MM:SS`: compared as text. */
  readonly date: string;
  readonly file: string;
}

/** References by the date from which each is used, in the order of dates (`crds/core/selectors.py:UseAfterSelector`). */
export class UseAfter {
  readonly kind = 'use-after';
  readonly #read: () => readonly DatedFile[];
  #entries: readonly DatedFile[] | undefined;

  /**
   * Takes the entries of a `UseAfter`; simple texts are read when they are first asked for.
   *
   * @throws RuleError when a key or a choice is not a text.
   */
  constructor(dict: LiteralDict) {
    this.#read = () => sortedEntries(dict);
    if (!(dict instanceof PlainDict)) this.#entries = this.#read();
  }

  get entries(): readonly DatedFile[] {
    return (this.#entries ??= this.#read());
  }
}

function sortedEntries(dict: LiteralDict): readonly DatedFile[] {
  const entries: DatedFile[] = [];
  let isSorted = true;
  for (const [date, file] of dict.entries) {
    if (typeof date !== 'string' || typeof file !== 'string') {
      throw new RuleError('a `UseAfter` holds something other than dates and file names');
    }
    const last = entries.at(-1);
    isSorted &&= last === undefined || last.date < date;
    entries.push({ date, file });
  }
  return isSorted ? entries : inOrder(entries);
}

/** Where a date comes twice the last one holds. */
function inOrder(entries: readonly DatedFile[]): readonly DatedFile[] {
  const byDate = new Map(entries.map((entry) => [entry.date, entry]));
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/**
 * The reference of several `UseAfter` taken together that is in use at a date: the last one whose date is not after it; of two
 * with the same date the one whose name is greater. Undefined where all begin later.
 */
export function fileInUse(group: readonly UseAfter[], date: string): string | undefined {
  let best: DatedFile | undefined;
  for (const { entries } of group) {
    const entry = lastNotAfter(entries, date);
    if (entry !== undefined && (best === undefined || isLater(entry, best))) best = entry;
  }
  return best?.file;
}

function lastNotAfter(entries: readonly DatedFile[], date: string): DatedFile | undefined {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.date ?? '') <= date) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1];
}

function isLater(entry: DatedFile, other: DatedFile): boolean {
  return entry.date === other.date ? entry.file > other.file : entry.date > other.date;
}

/**
 * The date of an observation as `UseAfter` compares it, joined from its keywords.
 *
 * @param options `known` keeps what texts became, for the other types of the same header.
 * @throws RuleError when a keyword is missing or their values make no date.
 */
export function observationDate(
  header: LookupHeader,
  options: { readonly keywords: readonly string[]; readonly known: Map<string, string> },
): string {
  const { keywords, known } = options;
  const text = keywords.map((keyword) => definedValue(header, keyword)).join(' ');
  try {
    const date = known.get(text) ?? reformatDate(text.trim());
    known.set(text, date);
    return date;
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    throw new RuleError(
      `UseAfter Invalid date/time format for ${pythonTextTuple(keywords)} value = ${pythonText(text.trim())} exception is ${pythonText(error.message)}`,
    );
  }
}

function definedValue(header: LookupHeader, keyword: string): string {
  const value = header.get(keyword)?.trim();
  if (value === undefined) {
    throw new RuleError(`UseAfter required lookup parameter ${pythonText(keyword)} is undefined.`);
  }
  if (value === UNDEFINED) {
    throw new RuleError(`UseAfter parameter ${pythonText(keyword)} is UNDEFINED.`);
  }
  return value;
}
