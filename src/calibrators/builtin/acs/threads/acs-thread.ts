import { parentPort } from 'node:worker_threads';
import { systemClock } from '../../../../ports/clock.ts';
import { localChipWorker } from '../chips/chip-operations.ts';
import { asCaldpError } from '../driver/as-caldp-error.ts';
import { runAcs } from '../driver/run-acs.ts';
import { Trailer } from '../driver/trailer.ts';
import type { AcsJob, AcsReply } from './messages.ts';
import { plainError } from './plain-error.ts';
import { type RemoteChipWorker, remoteChipWorker } from './remote-chip-worker.ts';

/** A thread that calibrates one dataset after another; keeps one helper for the second chip. */
let helper: RemoteChipWorker | undefined;

parentPort?.on('message', (job: AcsJob) => {
  void calibrate(job);
});

async function calibrate(job: AcsJob): Promise<void> {
  const reply = (message: AcsReply): void => parentPort?.postMessage(message);
  const { input, threads, ...rest } = job;
  if (threads > 1) helper ??= remoteChipWorker();
  try {
    const result = await runAcs(
      {
        ...rest,
        trailer: new Trailer(job.folder, (text) => {
          reply({ kind: 'line', text });
        }),
        clock: systemClock,
        chips:
          threads > 1 && helper !== undefined ? [localChipWorker(), helper] : [localChipWorker()],
      },
      input,
    );
    reply({ kind: 'done', result });
  } catch (error) {
    await helper?.stop();
    helper = undefined;
    reply({ kind: 'failed', error: plainError(asCaldpError(error)) });
  }
}
