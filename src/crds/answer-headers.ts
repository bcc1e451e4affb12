import { z } from 'zod';
import type { BestReferences } from './best-references.ts';
import { crdsError } from './crds-error.ts';
import { answerText } from './rules/answer.ts';
import { UnansweredError } from './rules/unanswered-error.ts';

/** Type of reference to file name, file names or `NOT FOUND ...`; or why there is no answer, in the words of the Python client. */
export type HeaderAnswer =
  Readonly<Record<string, string | readonly string[]>> | { readonly error: string };

const headersShape = z.array(
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
);

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
  const parsed = headersShape.safeParse(headers);
  if (!parsed.success) {
    throw crdsError('CRDS_HEADER_INVALID', {
      message: `Expected a JSON list of headers, each an object of keywords and values: ${z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, ' ')}.`,
      advice: 'Give a list such as `[{"INSTRUME": "ACS", "DETECTOR": "HRC"}]`.',
    });
  }
  const answers: HeaderAnswer[] = [];
  for (const header of parsed.data) {
    options.signal.throwIfAborted();
    answers.push(await answerHeader(header, best, options));
  }
  return answers;
}

async function answerHeader(
  header: z.infer<typeof headersShape>[number],
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
