import type { Warning } from '../errors/warning.ts';
import type { Association } from '../hst/association.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { ProgramRun } from './program-run.ts';

/** One dataset, staged and with its references assigned, ready to be calibrated. */
export interface CalibrationJob {
  readonly dataset: DatasetName;
  /** Absolute path of the work folder; holds the inputs, receives the products. */
  readonly folder: string;
  /** Names of the input files in it. */
  readonly inputs: readonly string[];
  readonly association?: Association;
  /** Variables of the configuration: `jref` and its like (each ends with `/`), CRDS variables, versions. */
  readonly environment: Readonly<Record<string, string>>;
  /** CPU threads that this dataset may use. */
  readonly threads: number;
  /** Absolute path of the file that programs write to; appended: `process.txt`. */
  readonly log: string;
  /** Absolute path of the file that gets times and memory of each program: `process_metrics.txt`. */
  readonly metrics: string;
  /** Milliseconds a single program may run. */
  readonly deadline: number;
}

/** What calibrating a dataset came to. */
export interface Calibration {
  /** The programs in the order in which they ran; empty for a built-in calibrator. */
  readonly runs: readonly ProgramRun[];
  /** Names of the files in the work folder that are to be published, inputs included, sorted. */
  readonly products: readonly string[];
  /** Program name to version, for the manifest: `{ "calacs.e": "10.5.0" }`. */
  readonly versions: Readonly<Record<string, string>>;
  readonly warnings: readonly Warning[];
}

/** Something that turns raw exposures into calibrated ones. */
export interface Calibrator {
  /** `hstcal` or `builtin`. */
  readonly name: string;
  /**
   * The versions that would calibrate this dataset, without running it: part of what decides whether a dataset is up to date.
   *
   * @throws CaldpError when the dataset cannot be calibrated here at all.
   */
  versions(
    dataset: DatasetName,
    options: { readonly signal: AbortSignal },
  ): Promise<Readonly<Record<string, string>>>;
  /**
   * Calibrates in the work folder. On abort it ends only after every process it started is gone.
   *
   * @throws CaldpError with the exit code of the stage that failed, or 31 to 34 where memory was short.
   */
  calibrate(job: CalibrationJob, options: { readonly signal: AbortSignal }): Promise<Calibration>;
}
