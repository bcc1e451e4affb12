import test from 'ava';
import { NEVER, of, throwError, timer, map } from 'rxjs';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { FitsError } from '../../src/fits/fits-error.ts';
import type { Claimed, Staged } from '../../src/streams/events.ts';
import { step } from '../../src/streams/step.ts';
import type { PipelineEvent } from '../../src/streams/telemetry.ts';
import { operatorContract } from '../contract/operator.ts';
import { claimedOf, claimOf, stagedOf } from '../helpers/events.ts';
import { stepTools } from '../helpers/step-tools.ts';

operatorContract<Claimed, Staged>({
  name: 'step',
  make: (tools, run) => step('stage', tools, run),
  input: claimedOf,
  output: stagedOf,
});

test('a step that emits twice counts once', (t) => {
  const seen: unknown[] = [];
  of(claimedOf('j8cb010b0'))
    .pipe(step('stage', stepTools(), (event) => of(stagedOf(event), stagedOf(event))))
    .subscribe((value) => seen.push(value));
  t.is(seen.length, 1);
});

test('a broken FITS file and an error of the system become errors with advice', (t) => {
  const codes: string[] = [];
  const errors = [
    new FitsError('It ends early.', { file: 'x.fits', code: 'TRUNCATED' }),
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
    new TypeError('x is not a function'),
  ];
  for (const error of errors) {
    of(claimedOf('j8cb010b0'))
      .pipe(step('stage', stepTools(), () => throwError(() => error)))
      .subscribe((value) => {
        if (value.status === 'failed') codes.push(value.error.code);
      });
  }
  t.deepEqual(codes, ['FITS_INVALID', 'DISK_FULL', 'UNEXPECTED']);
});

test('a dataset whose claim is lost is given up, and says so', (t) => {
  const lost = new AbortController();
  const event = {
    ...claimedOf('j8cb010b0'),
    claim: { ...claimOf('j8cb010b0'), lost: lost.signal },
  };
  const seen: string[] = [];
  of(event)
    .pipe(
      step<Claimed, Staged>('stage', stepTools(), (_, { signal }) => {
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('aborted'));
          });
        });
      }),
    )
    .subscribe((value) => {
      seen.push(value.status === 'failed' ? value.error.code : value.status);
      t.deepEqual(seen, ['CLAIM_LOST']);
    });
  lost.abort();
  return Promise.resolve().then(() => {
    t.deepEqual(seen, ['CLAIM_LOST']);
  });
});

test('after an abort no further step is begun', (t) => {
  const tools = stepTools();
  tools.shutdown.abort();
  const seen: string[] = [];
  of(claimedOf('j8cb010b0'))
    .pipe(step<Claimed, Staged>('stage', tools, () => NEVER))
    .subscribe((value) => seen.push(value.status));
  t.deepEqual(seen, ['interrupted']);
});

test('an aborted step is waited for until it has ended', async (t) => {
  const tools = stepTools();
  let ended = false;
  const outcome = new Promise<string>((resolve) => {
    of(claimedOf('j8cb010b0'))
      .pipe(
        step<Claimed, Staged>('stage', tools, (_, { signal }) => {
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              setImmediate(() => {
                ended = true;
                reject(new Error('killed'));
              });
            });
          });
        }),
      )
      .subscribe((value) => {
        resolve(`${value.status} ${String(ended)}`);
      });
  });
  tools.shutdown.abort();
  t.is(await outcome, 'interrupted true');
});

test('observers see start, retry, warning and end of a step', (t) => {
  const tools = { ...stepTools(), retry: { retries: 1, firstDelay: 0, longestDelay: 0 } };
  const told: string[] = [];
  tools.telemetry.events.subscribe((event: PipelineEvent) => told.push(event.type));
  let tries = 0;
  const warning = { code: 'TEST', message: 'Odd.' };
  return new Promise<void>((resolve) => {
    of(claimedOf('j8cb010b0'))
      .pipe(
        step<Claimed, Staged>('stage', tools, (event) => {
          tries += 1;
          if (tries > 1)
            return timer(0).pipe(map(() => ({ ...stagedOf(event), warnings: [warning] })));
          throw new CaldpError('Once.', { code: 'TEST', advice: 'None.', retry: 'now' });
        }),
      )
      .subscribe({ complete: resolve });
  }).then(() => {
    t.deepEqual(told, ['stage-started', 'stage-retried', 'warning', 'stage-finished']);
  });
});
