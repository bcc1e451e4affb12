import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { CaldpError } from '../../../errors/caldp-error.ts';
import type { AcsResult } from './driver/run-acs.ts';
import type { AcsJob, AcsReply } from './threads/messages.ts';
import { revivedError } from './threads/plain-error.ts';
import { startThread } from './threads/start-thread.ts';

/** How one exposure or association is calibrated. */
export interface CalibrateAcsOptions {
  /** Absolute path: holds the inputs, gets products and trailers. */
  readonly folder: string;
  /** Where reference files are: `jref` and its like, each ending with a slash. */
  readonly environment: Readonly<Record<string, string>>;
  /** Threads that may work at a time; default 1. A second one takes the second chip of the WFC. */
  readonly threads?: number;
  /** Whether products of an earlier run are replaced; default false. */
  readonly overwrite?: boolean;
  /** Whether to fail, before anything is made, where PCTECORR is PERFORM, which is left to HSTCAL; default false: a warning. */
  readonly isStrict?: boolean;
  /** Ends the calibration; the promise is rejected with its reason, scratch files are removed, trailers stay. */
  readonly signal?: AbortSignal;
  /** Gets every message as a line of text. */
  readonly log?: (line: string) => void;
}

/** Who calibrates, for headers and trailers. */
export interface ProgramName {
  readonly name: string;
  readonly version: string;
}

/**
 * The built-in ACS calibrator; keeps its threads between calibrations, and the memory of the frames: about 250 MB after a full frame of
 * the WFC. Idle threads do not keep the process alive. One calibration at a time.
 */
export interface AcsCalibrator {
  calibrate(input: string, options: CalibrateAcsOptions): Promise<AcsResult>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/**
 * Calibrates one raw exposure (`*_raw.fits`) or association (`*_asn.fits`) of ACS as calacs does, to the bit.
 *
 * Works in a thread of its own, by rows: a full frame of the WFC takes less than 400 MB. Products appear under their names only
 * when they are complete.
 *
 * @throws CaldpError whose code begins with `ACS_`; what is undefined in calacs, or left to HSTCAL, has `ACS_MODE_REFUSED`.
 */
export async function calibrateAcs(
  input: string,
  options: CalibrateAcsOptions & { readonly program: ProgramName },
): Promise<AcsResult> {
  const calibrator = openAcsCalibrator(options.program);
  try {
    return await calibrator.calibrate(input, options);
  } finally {
    await calibrator.close();
  }
}

/**
 * Starts a calibrator that serves many datasets, so that each finds its threads running and its code compiled. After a failure the next
 * calibration gets new threads.
 */
export function openAcsCalibrator(program: ProgramName): AcsCalibrator {
  let thread: Worker | undefined;
  const close = async (): Promise<void> => {
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  };
  return {
    close,
    calibrate: async (input, options) => {
      options.signal?.throwIfAborted();
      const scratch = await mkdtemp(join(options.folder, '.acs-'));
      thread ??= startThread('acs-thread');
      const running = thread;
      running.ref();
      const { folder, environment, overwrite = false, isStrict = false, threads = 1 } = options;
      const own = { scratch, overwrite, isStrict, threads, program };
      const job: AcsJob = { input, folder, environment, ...own };
      try {
        return await runInThread(running, { job, options });
      } catch (error) {
        await close();
        throw error;
      } finally {
        running.unref();
        await rm(scratch, { recursive: true, force: true });
      }
    },
  };
}

function runInThread(
  thread: Worker,
  { job, options }: { readonly job: AcsJob; readonly options: CalibrateAcsOptions },
): Promise<AcsResult> {
  const listening = new AbortController();
  const done = new Promise<AcsResult>((resolve, reject) => {
    const onMessage = (reply: AcsReply): void => {
      switch (reply.kind) {
        case 'line':
          options.log?.(reply.text);
          return;
        case 'done':
          resolve(reply.result);
          return;
        case 'failed':
          reject(revivedError(reply.error));
      }
    };
    const onExit = (): void => {
      reject(ended(job));
    };
    const onAbort = (): void => {
      reject(options.signal?.reason instanceof Error ? options.signal.reason : ended(job));
    };
    thread.on('message', onMessage).on('error', reject).on('exit', onExit);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    listening.signal.addEventListener('abort', () => {
      thread.off('message', onMessage).off('error', reject).off('exit', onExit);
      options.signal?.removeEventListener('abort', onAbort);
    });
  });
  thread.postMessage(job);
  return done.finally(() => {
    listening.abort();
  });
}

function ended({ input }: AcsJob): CaldpError {
  return new CaldpError(`The calibration of \`${input}\` was ended before it was done.`, {
    code: 'ACS_ENDED',
    advice: 'Start it again.',
    exit: 'STAGE1_ERROR',
    retry: 'now',
  });
}
