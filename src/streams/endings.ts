import { CaldpError } from '../errors/caldp-error.ts';
import { capture } from './capture.ts';
import type { Failed, InFlight, Interrupted, Settled, Stage } from './events.ts';

/** An event that is about a dataset. */
export type AboutDataset = InFlight | Exclude<Settled, { readonly status: 'rejected' }>;

/** What an error at the end of all tries makes of a dataset. */
export function ending(
  event: AboutDataset,
  { error, stage, abort }: { readonly error: unknown; readonly stage: Stage; abort: AbortSignal },
): Failed | Interrupted {
  if (abort.aborted) return interrupted(event, stage);
  const lost = 'claim' in event && event.claim.lost.aborted;
  return failed(event, { stage, error: lost ? claimLost(event, error) : capture(error, stage) });
}

function claimLost({ dataset }: AboutDataset, cause: unknown): CaldpError {
  return new CaldpError(`Another process has taken over \`${dataset.id}\`.`, {
    code: 'CLAIM_LOST',
    advice:
      'Look at `caldp status`; check that the clocks of the machines agree and that the store answers.',
    cause,
  });
}

/** A dataset that is left to the next run. */
export function interrupted(event: AboutDataset, stage: Stage): Interrupted {
  return { ...identity(event), status: 'interrupted', stage };
}

function failed(event: AboutDataset, why: Pick<Failed, 'stage' | 'error'>): Failed {
  return { ...identity(event), status: 'failed', ...why };
}

/** What stays known about a dataset whatever becomes of it. */
function identity(event: AboutDataset): Pick<Failed, 'dataset' | 'origin' | 'claim' | 'work'> {
  const { dataset, origin } = event;
  return {
    dataset,
    origin,
    ...('claim' in event ? { claim: event.claim } : {}),
    ...('work' in event ? { work: event.work } : {}),
  };
}
