import type { Clock } from '../../../../ports/clock.ts';
import type { ChipWorker } from '../chips/chip-operations.ts';
import type { Trailer } from './trailer.ts';

/** What is settled before a calibration begins. */
export interface AcsSettings {
  /** Absolute path: holds the inputs, gets the products. */
  readonly folder: string;
  /** Absolute path of a folder for scratch files, removed after the run. */
  readonly scratch: string;
  /** Where `jref$` and its like are; values end with a slash. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether products of an earlier run are replaced. */
  readonly overwrite: boolean;
  /** Whether a calibration fails where a correction that its headers ask for is not made here. */
  readonly isStrict: boolean;
  /** Written into CAL_VER and the trailers. */
  readonly program: { readonly name: string; readonly version: string };
}

/** What every part of one calibration shares. */
export interface AcsRun extends AcsSettings {
  readonly trailer: Trailer;
  readonly clock: Clock;
  /** The first works in this thread; imsets are dealt out to them in turn. */
  readonly chips: readonly ChipWorker[];
}

/** The worker that has the frames of an imset, counted from 0. */
export function workerOf(run: AcsRun, index: number): ChipWorker {
  const worker = run.chips[index % run.chips.length];
  if (worker === undefined) throw new RangeError('Expected a run with at least one chip worker.');
  return worker;
}
