import { answerText, type Answer } from './answer.ts';
import { irafPrefix } from './iraf-prefix.ts';

/** What an answer does to the keyword of its type. */
export type KeywordUpdate =
  | {
      readonly status: 'update';
      /** Upper case: `BIASFILE`. */
      readonly keyword: string;
      /** What is written: `N/A` or `jref$q9e1206kj_bia.fits`. */
      readonly value: string;
      /** The reference in lower case, without its prefix; undefined for `N/A`. */
      readonly file: string | undefined;
    }
  /** Nothing is written: the lookup failed. */
  | {
      readonly status: 'failed';
      readonly keyword: string;
      /** Why, in the words of the Python client: what comes after `NOT FOUND`. */
      readonly reason: string;
    };

const nothing: readonly string[] = ['NOT FOUND NO MATCH FOUND.', 'UNDEFINED', 'NONE', '', '*'];

/**
 * What answers do to the keywords of a header, in the order of types (`crds/bestrefs/bestrefs.py:handle_na_and_not_found`):
 * no match at all counts as not applicable, any other failure leaves the keyword as it is. Omitted types are left out.
 *
 * @param options The instrument as the header names it, upper case.
 * @throws UnansweredError when references of the instrument cannot be named in a header.
 */
export function keywordUpdates(
  answers: ReadonlyMap<string, Answer>,
  options: { readonly instrument: string },
): readonly KeywordUpdate[] {
  return [...answers].flatMap(([type, answer]) => {
    const text = answerText(answer);
    if (text === undefined) return [];
    const keyword = type.toUpperCase();
    if (typeof text !== 'string') return [severalFiles(keyword, text)];
    return [keywordUpdate(keyword, cleanName(text), options.instrument)];
  });
}

function keywordUpdate(keyword: string, name: string, instrument: string): KeywordUpdate {
  const upper = name.toUpperCase();
  if (upper === 'N/A' || upper.startsWith('NOT FOUND N/A') || nothing.includes(upper)) {
    return { status: 'update', keyword, value: 'N/A', file: undefined };
  }
  if (upper.startsWith('NOT FOUND')) {
    return { status: 'failed', keyword, reason: name.slice('NOT FOUND'.length) };
  }
  const file = name.toLowerCase();
  return { status: 'update', keyword, value: irafPrefix(instrument) + file, file };
}

function severalFiles(keyword: string, files: readonly string[]): KeywordUpdate {
  const reason = ` ${files.length} references fit equally well: ${files.join(', ')}`;
  return { status: 'failed', keyword, reason };
}

/** A file name without the IRAF prefix or scheme it was given with. */
function cleanName(answer: string): string {
  const bare = answer.includes('ref$') ? (answer.split('$').at(-1) ?? '') : answer;
  return bare.replace('crds://', '').trim();
}
