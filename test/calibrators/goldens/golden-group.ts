import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { simulate } from '../../../src/simulator/simulate.ts';
import { caseNames } from '../../../src/simulator/simulation-case.ts';
import { writeRandomDataset } from '../builtin/acs/simulated/exposures.ts';

/** A dataset on disk that is to be calibrated. */
export interface PreparedDataset {
  /** Folder of the raw files, which gets the products. */
  readonly folder: string;
  /** Name of the raw exposure or association. */
  readonly input: string;
}

/** Datasets that share their references. */
export interface PreparedGroup {
  /** Folder of the references, with a slash at its end. */
  readonly jref: string;
  readonly datasets: readonly PreparedDataset[];
}

/** Datasets whose calibration by calacs is recorded. */
export interface GoldenGroup {
  readonly name: string;
  /** Simulates them below a folder; the same bytes on every machine. */
  readonly prepare: (root: string) => Promise<PreparedGroup>;
}

/**
 * Seeds of small random exposures, chosen so that every read-out mode and combination is among them; a line each for the amplifiers
 * of the HRC, full frames of the WFC before and after Servicing Mission 4, its subarrays, the SBC (the last one: dithers with support files).
 */
const seeds = [
  ...[75, 86, 8, 90, 9, 56, 23, 46, 105, 53, 19, 45],
  ...[12, 18, 24, 49, 6, 11],
  ...[1, 13, 47, 83, 82, 3, 31, 20],
  ...[4, 41, 48, 880209],
];

/** What the simulator of the product makes, at full size. */
export const fullSize: readonly GoldenGroup[] = [{ name: 'simulator', prepare: prepareSimulated }];

/** Exposures of a few thousand pixels in all modes. */
export const allModes: readonly GoldenGroup[] = seeds.map((seed) => ({
  name: `seed ${seed}`,
  prepare: (root) => prepareRandom(root, seed),
}));

async function prepareSimulated(root: string): Promise<PreparedGroup> {
  const { signal } = new AbortController();
  const home = join(root, 'simulator');
  const made = await simulate(join(home, 'all'), { cases: caseNames, seed: 11, signal });
  const datasets = made.datasets.map(async ({ id, files }) => {
    const folder = join(home, id);
    await mkdir(folder);
    for (const file of files) await copyFile(join(made.rawFolder, file), join(folder, file));
    return { folder, input: files.at(-1) ?? '' };
  });
  const jref = `${join(made.cache, 'references', 'hst')}/`;
  return { jref, datasets: await Promise.all(datasets) };
}

async function prepareRandom(root: string, seed: number): Promise<PreparedGroup> {
  const [folder, references] = ['raw', 'references'].map((name) => join(root, String(seed), name));
  if (folder === undefined || references === undefined) throw new RangeError('Expected folders.');
  await mkdir(folder, { recursive: true });
  const { input } = writeRandomDataset({ folder, references, seed });
  return { jref: `${references}/`, datasets: [{ folder, input }] };
}
