import { map, mergeMap, of, tap, type OperatorFunction } from 'rxjs';
import { CaldpError } from '../errors/caldp-error.ts';
import type { Failed, Interrupted, Outcome, Published, Settled } from '../streams/events.ts';
import { attempt, type StepFunction, type StepTools } from '../streams/attempt.ts';
import type { AboutDataset } from '../streams/endings.ts';

/** An outcome that somebody is told of. */
type Told = Published | Exclude<Settled, { readonly status: 'rejected' }>;

/**
 * Tells the message tree how each dataset ended and lets go of it. Comes last: who reads the message may rely on the data.
 * Also done while the run is aborted, since it is what the next run goes on from.
 */
export const acknowledge = (
  tools: StepTools,
  run: StepFunction<Told, Published> = tell,
): OperatorFunction<Published | Settled, Outcome> => {
  const abort = new AbortController().signal;
  return mergeMap(
    (outcome) =>
      outcome.status === 'rejected'
        ? of(outcome)
        : attempt(outcome, { stage: 'acknowledge', tools, run, abort }).pipe(
            tap((told) => {
              if (isUntold(told)) outcome.claim?.abandon();
            }),
            map((told) => withFirstFailure(outcome, told)),
          ),
    tools.concurrency.acknowledge,
  );
};

const tell: StepFunction<Told, Published> = async (outcome) => {
  switch (outcome.status) {
    case 'published':
      await outcome.claim.processed(outcome.announcement);
      return withoutWork(outcome);
    case 'failed':
      await tellFailure(outcome);
      await keepWork(outcome);
      return outcome;
    case 'interrupted':
      await outcome.claim?.release();
      return withoutWork(outcome);
    case 'skipped':
      await outcome.claim?.release();
      return outcome;
  }
};

async function tellFailure({ claim, stage, error }: Failed): Promise<void> {
  if (claim === undefined || error.code === 'CLAIM_LOST') return;
  // Nothing was done yet, so what was published before is as true as it was: a missing program or a folder that is not
  // mounted must not turn an archive of finished datasets into one of failed ones.
  if (stage === 'skip-finished') return claim.release();
  const { code, exitCode, message, advice } = error;
  await claim.failed({ stage, code, exitCode, message, advice });
}

async function keepWork({ work }: Failed): Promise<void> {
  try {
    await work?.keep();
  } catch {
    // Any error of the file system: the directory stays all the same and the failure is told. Only that nobody works there
    // any more is not written down, which is seen when this process is gone.
  }
}

/** A work directory that cannot be removed is no reason to call a published dataset failed. */
async function withoutWork<T extends Published | Interrupted>(outcome: T): Promise<T> {
  try {
    await outcome.work?.remove();
    return outcome;
  } catch (error) {
    if (outcome.status === 'interrupted') return outcome;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The work directory \`${outcome.work.folder}\` could not be removed: ${reason}.`;
    return { ...outcome, warnings: [...outcome.warnings, { code: 'WORK_LEFT', message }] };
  }
}

/** Whether the store could not be told: the lease then lies there until its time is up. */
const isUntold = (after: Outcome): boolean =>
  after.status === 'failed' && after.stage === 'acknowledge';

/** Where a failure could not even be told, the user still learns first why the dataset failed, and it is to be tried again. */
function withFirstFailure(before: AboutDataset, after: Outcome): Outcome {
  if (before.status !== 'failed' || after.status !== 'failed' || !isUntold(after)) return after;
  const { code, advice, exit } = before.error;
  const message = `${before.error.message} The message that says so could not be written either: ${after.error.message}`;
  return {
    ...before,
    error: new CaldpError(message, { code, advice, exit, retry: 'backoff', cause: after.error }),
  };
}
