import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { CalibrationJob } from '../../src/calibrators/calibrator.ts';
import { hstcalCalibrator, type HstcalOptions } from '../../src/calibrators/hstcal.ts';
import type { Calibrator } from '../../src/calibrators/calibrator.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { programFolder } from './fixture-program.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Lays files into a work folder as staging would and says what to calibrate. */
export async function calibrationJob(
  t: ExecutionContext,
  options: {
    readonly id: string;
    readonly files: Readonly<Record<string, Uint8Array | string>>;
  } & Partial<CalibrationJob>,
): Promise<CalibrationJob> {
  const { id, files, ...rest } = options;
  const root = await temporaryFolder(t);
  const folder = join(root, 'files');
  await mkdir(folder);
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  return {
    dataset: parseDatasetName(id),
    folder,
    inputs: Object.keys(files),
    environment: {},
    threads: 1,
    log: join(root, 'process.txt'),
    metrics: join(root, 'process_metrics.txt'),
    deadline: 30_000,
    ...rest,
  };
}

/** A calibrator whose programs are fixtures: `{ 'calacs.e': 'copies-raws' }`. */
export async function fixtureCalibrator(
  t: ExecutionContext,
  programs: Readonly<Record<string, string>>,
  options: Partial<HstcalOptions> = {},
): Promise<Calibrator> {
  const bin = await programFolder(await temporaryFolder(t), { programs });
  return hstcalCalibrator({
    environment: { PATH: `${bin}:/usr/bin:/bin` },
    grace: 200,
    patience: 100,
    ...options,
  });
}
