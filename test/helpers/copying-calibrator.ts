import { copyFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Calibrator } from '../../src/calibrators/calibrator.ts';

/** A calibrator without a program, where many runs are wanted: every raw becomes a calibrated file. */
export const copyingCalibrator: Calibrator = {
  name: 'copying',
  versions: () => Promise.resolve({ copying: '1' }),
  calibrate: async ({ folder, inputs, log }) => {
    for (const name of inputs) {
      await copyFile(join(folder, name), join(folder, name.replace('_raw', '_flt')));
    }
    await writeFile(log, 'copied\n');
    return {
      runs: [],
      products: (await readdir(folder)).sort(),
      versions: { copying: '1' },
      warnings: [],
    };
  },
};
