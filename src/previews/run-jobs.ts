import { CaldpError } from '../errors/caldp-error.ts';
import { channelValues } from './image/channels.ts';
import type { PreviewJob, PreviewProblem, PreviewReport } from './jobs/preview-job.ts';
import type { PreviewPool } from './jobs/preview-pool.ts';
import type { PreviewFailure, PreviewsMade } from './previews-made.ts';
import { runInPool } from './run-in-pool.ts';

/**
 * Does all jobs, as many at a time as the pool has threads, and puts their reports together in the order of the jobs.
 *
 * @throws the reason of the signal where that aborts.
 */
export async function runJobs(
  jobs: readonly PreviewJob[],
  options: { readonly pool: PreviewPool; readonly signal?: AbortSignal | undefined },
): Promise<PreviewsMade> {
  const reports = await Promise.all(jobs.map((job) => report(job, options)));
  return {
    made: reports.flatMap(({ made }) => made),
    failures: reports.flatMap(({ problems }) => problems).map(failureOf),
    notes: reports.flatMap(({ notes }) => notes),
  };
}

async function report(
  job: PreviewJob,
  options: { readonly pool: PreviewPool; readonly signal?: AbortSignal | undefined },
): Promise<PreviewReport> {
  const sources = job.kind === 'product' ? [job.path] : channelValues(job.paths);
  const answer = await runInPool({ kind: 'job', job }, { ...options, sources });
  switch (answer.kind) {
    case 'report':
      return answer.report;
    case 'problem':
      return { made: [], problems: [answer.problem], notes: [] };
    case 'described':
      return { made: [], problems: [], notes: [] };
  }
}

/** A problem that came from a thread, as an error again. */
export function failureOf(problem: PreviewProblem): PreviewFailure {
  const { sources, path, code, message, advice } = problem;
  const error = new CaldpError(message, { code, advice, exit: 'CREATE_PREVIEWS_ERROR' });
  return { sources, path, error };
}
