import { join } from 'node:path';
import type { PreviewProblem } from '../jobs/preview-job.ts';
import type { PreviewPool } from '../jobs/preview-pool.ts';
import { runInPool } from '../run-in-pool.ts';
import type { ColorCandidate } from './color-candidates.ts';
import type { DescribedCandidate } from './plan-composites.ts';

/**
 * Reads the headers of the candidates for a composite, in threads. One that cannot be read is no candidate any more, with a
 * note: its own preview tells the error.
 *
 * @throws the reason of the signal where that aborts.
 */
export async function describeCandidates(
  candidates: readonly ColorCandidate[],
  options: {
    readonly folder: string;
    readonly pool: PreviewPool;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<{
  readonly described: readonly DescribedCandidate[];
  readonly notes: readonly string[];
}> {
  const answers = await Promise.all(
    candidates.map(async (candidate) => {
      const path = join(options.folder, candidate.name);
      const answer = await runInPool({ kind: 'describe', path }, { ...options, sources: [path] });
      return { candidate, answer };
    }),
  );
  return {
    described: answers.flatMap(({ candidate, answer }) =>
      answer.kind === 'described' ? [{ ...candidate, source: answer.source }] : [],
    ),
    notes: answers.flatMap(({ candidate, answer }) =>
      answer.kind === 'problem' ? [leftOut(candidate, answer.problem)] : [],
    ),
  };
}

function leftOut({ name }: ColorCandidate, problem: PreviewProblem): string {
  return `\`${name}\` takes no part in the colour picture: ${problem.message}`;
}
