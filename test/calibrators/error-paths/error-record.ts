import { readFile } from 'node:fs/promises';
import type { ExecutionContext } from 'ava';
import { z } from 'zod';
import { needsData } from '../../helpers/needs.ts';

const caseSchema = z.object({
  case: z.string(),
  program: z.enum(['calacs.e', 'calwf3.e', 'cs0.e']),
  command: z.array(z.string()),
  inputs: z.array(z.string()),
  change: z.string(),
  context: z.string().nullable(),
  exit_code: z.number(),
  new_files: z.array(z.string()),
  changed_files: z.array(z.string()),
});

/** One run by hand of a program of HSTCAL that was to fail, or nearly so. */
export type ErrorCase = z.infer<typeof caseSchema>;

/** The record of such runs, or undefined after saying that the test is skipped. */
export async function needsErrorRecord(
  t: ExecutionContext,
): Promise<readonly ErrorCase[] | undefined> {
  const path = needsData(t, 'lab', 'golden', 'errors.json');
  if (path === undefined) return undefined;
  return z.object({ cases: z.array(caseSchema) }).parse(JSON.parse(await readFile(path, 'utf8')))
    .cases;
}

/** How such a run ended: whether it succeeded, and the products and trailers that it left, without temporary files. */
export interface Outcome {
  readonly ending: 'succeeds' | 'fails' | 'crashes';
  readonly products: readonly string[];
  readonly trailers: readonly string[];
}

export function recordedOutcome(record: ErrorCase): Outcome {
  const { exit_code: code, new_files: made, changed_files: changed } = record;
  const ending = code === 0 ? 'succeeds' : code < 0 ? 'crashes' : 'fails';
  return { ending, ...sorted([...made, ...changed]) };
}

/** Products and trailers among names of files. */
export function sorted(names: readonly string[]): Pick<Outcome, 'products' | 'trailers'> {
  const kept = names.filter((name) => !name.endsWith('_tmp.fits')).toSorted();
  return {
    products: kept.filter((name) => name.endsWith('.fits')),
    trailers: kept.filter((name) => name.endsWith('.tra')),
  };
}
