import type { OperatorFunction } from 'rxjs';
import type { Calibrator } from '../calibrators/calibrator.ts';
import type { Calibrated, Referenced, Settled } from '../streams/events.ts';
import type { StepFunction, StepTools } from '../streams/attempt.ts';
import { step } from '../streams/step.ts';

/** What calibrating needs. */
export interface CalibrateTools extends StepTools {
  readonly calibrator: Calibrator;
  /** Variables of the configuration for calibration programs. */
  readonly environment: Readonly<Record<string, string>>;
  /** CPU threads for each dataset. */
  readonly threads: number;
  /** Milliseconds a single program may run. */
  readonly deadline: number;
}

/**
 * Runs the calibration programs of each dataset in its work directory.
 *
 * A work directory that a program has written to is never used again, so errors from here are not retried within a run.
 */
export const calibrate = (
  tools: CalibrateTools,
  run: StepFunction<Referenced, Calibrated> = calibrateDataset(tools),
): OperatorFunction<Referenced | Settled, Calibrated | Settled> => step('calibrate', tools, run);

const calibrateDataset =
  ({
    calibrator,
    environment,
    threads,
    deadline,
  }: CalibrateTools): StepFunction<Referenced, Calibrated> =>
  async (referenced, { signal }) => {
    const { dataset, association, work, inputs, referenceFolders, warnings } = referenced;
    const calibration = await calibrator.calibrate(
      {
        dataset,
        folder: work.folder,
        inputs: inputs.map(({ name }) => name),
        ...(association === undefined ? {} : { association }),
        environment: { ...environment, ...referenceFolders },
        threads,
        deadline,
        log: work.log('process.txt'),
        metrics: work.log('process_metrics.txt'),
      },
      { signal },
    );
    return {
      ...referenced,
      status: 'calibrated',
      products: calibration.products,
      runs: calibration.runs,
      versions: calibration.versions,
      warnings: [...warnings, ...calibration.warnings],
    };
  };
