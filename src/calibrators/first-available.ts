import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { Calibrator } from './calibrator.ts';

/** Codes by which a calibrator says that it is not the one for a dataset, and nothing worse. */
const refusals: readonly string[] = ['PROGRAM_MISSING', 'MODE_NOT_COVERED'];

/**
 * The choice `auto`: each dataset goes to the first calibrator that does not refuse it. Where all refuse it, the error of the
 * first is thrown: it says how to get the programs.
 */
export function firstAvailable(calibrators: readonly [Calibrator, ...Calibrator[]]): Calibrator {
  return {
    name: 'auto',
    versions: async (dataset, options) => {
      const calibrator = await choose(calibrators, { ...options, dataset });
      return calibrator.versions(dataset, options);
    },
    calibrate: async (job, options) => {
      const calibrator = await choose(calibrators, { ...options, dataset: job.dataset });
      return calibrator.calibrate(job, options);
    },
  };
}

async function choose(
  calibrators: readonly [Calibrator, ...Calibrator[]],
  options: { readonly dataset: DatasetName; readonly signal: AbortSignal },
): Promise<Calibrator> {
  let first: CaldpError | undefined;
  for (const calibrator of calibrators) {
    try {
      await calibrator.versions(options.dataset, options);
      return calibrator;
    } catch (error) {
      if (!(error instanceof CaldpError) || !refusals.includes(error.code)) throw error;
      first ??= error;
    }
  }
  throw first ?? new TypeError('Expected at least one calibrator, got none.');
}
