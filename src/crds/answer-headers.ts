import { CaldpError } from '../errors/caldp-error.ts';
import type { BestReferences } from './best-references.ts';
import { jsonFields } from './json/json-fields.ts';
import { answerText } from './rules/answer.ts';
import type { HeaderValue } from './rules/condition-value.ts';
import type { RawHeader } from './rules/lookup-header.ts';
import { UnansweredError } from './rules/unanswered-error.ts';

/** Type of reference to file name, file names or `NOT FOUND ...`; or why there is no answer, in the words of the Python client. */
export type HeaderAnswer =
  Readonly<Record<string, string | readonly string[]>> | { readonly error: string };

/**
 * Answers a JSON list of headers (keyword to value) with a list of the same length.
 *
 * @throws CaldpError `CRDS_HEADER_INVALID` when it is no such list, and when rules cannot be used.
 */
export async function answerHeaders(
  headers: unknown,
  best: BestReferences,
  options: { readonly signal: AbortSignal },
): Promise<readonly HeaderAnswer[]> {
  if (!Array.isArray(headers)) throw invalid('it is not a list');
  const parsed = headers.map(parseHeader);
  const answers: HeaderAnswer[] = [];
  for (const header of parsed) {
    options.signal.throwIfAborted();
    answers.push(await answerHeader(header, best, options));
  }
  return answers;
}

function parseHeader(value: unknown, index: number): RawHeader {
  const fields = jsonFields(value);
  if (fields === undefined) throw invalid(`item ${index} is not an object`);
  return Object.fromEntries(
    [...fields].map(([keyword, one]) => {
      if (isHeaderValue(one)) return [keyword, one];
      throw invalid(`\`${keyword}\` of item ${index} is not a text, number, boolean or null`);
    }),
  );
}

function isHeaderValue(value: unknown): value is HeaderValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function invalid(reason: string): Error {
  return new CaldpError(
    `Expected a JSON list of headers, each an object of keywords and values: ${reason}.`,
    {
      code: 'CRDS_HEADER_INVALID',
      advice: 'Give a list such as `[{"INSTRUME": "ACS", "DETECTOR": "HRC"}]`.',
      exit: 'CMDLINE_ERROR',
    },
  );
}

async function answerHeader(
  header: RawHeader,
  best: BestReferences,
  options: { readonly signal: AbortSignal },
): Promise<HeaderAnswer> {
  try {
    const { answers } = await best.lookUp(header, options);
    return Object.fromEntries(
      [...answers].flatMap(([type, answer]) => {
        const text = answerText(answer);
        return text === undefined ? [] : [[type, text] as const];
      }),
    );
  } catch (error) {
    if (error instanceof UnansweredError) return { error: error.answer };
    throw error;
  }
}
