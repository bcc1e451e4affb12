import test from 'ava';
import { CaldpError, type RetryClass } from '../../src/errors/caldp-error.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { offerAgain } from '../../src/sources/offer-again.ts';
import type { Failed, Outcome, Stage } from '../../src/streams/events.ts';

const request = { dataset: parseDatasetName('j8cb010b0'), origin: 'a folder' } as const;

function failed(
  stage: Stage,
  { code = 'TEST', retry = 'never' }: { readonly code?: string; readonly retry?: RetryClass } = {},
): Failed {
  const error = new CaldpError('It fails.', { code, advice: 'None.', retry });
  return { ...request, status: 'failed', stage, error };
}

const again = (outcome: Outcome, failures = 1): number | undefined =>
  offerAgain(outcome, { pause: 1000, failures })?.delay;

test('a failure that may pass is offered again, later each time, an hour at most', (t) => {
  const full = failed('publish', { retry: 'backoff' });
  t.deepEqual([again(full, 1), again(full, 2), again(full, 30)], [2000, 4000, 3_600_000]);
});

test('a failure that stays and was told is not offered again', (t) => {
  t.is(again(failed('calibrate')), undefined);
});

test('a dataset whose claim another process took over is offered again, although its failure stays', (t) => {
  t.is(again(failed('calibrate', { code: 'CLAIM_LOST' })), 1000);
});

test('a failure that no message tells of is offered again, whatever its kind', (t) => {
  for (const stage of ['claim', 'skip-finished', 'acknowledge'] as const) {
    t.is(again(failed(stage)), 2000, stage);
  }
});
