import { readdir } from 'node:fs/promises';
import { type DescribedFile, describeFolder, digestFolders } from './describe-folder.ts';
import type { GoldenGroup, PreparedDataset } from './golden-group.ts';

/** What calibrating a group of datasets came to. */
export interface CalibratedGroup {
  /** SHA-256 of raw files and references. */
  readonly inputs: string;
  /** Dataset to file to what it holds. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, DescribedFile>>>>;
}

/** Simulates a group below a folder, calibrates each dataset and describes what was made. */
export async function calibrateGroup(
  group: GoldenGroup,
  options: {
    readonly root: string;
    readonly calibrate: (dataset: PreparedDataset, jref: string) => Promise<void>;
  },
): Promise<CalibratedGroup> {
  const { jref, datasets } = await group.prepare(options.root);
  const inputs = await digestFolders([jref, ...datasets.map(({ folder }) => folder)]);
  const outputs: Record<string, Readonly<Record<string, DescribedFile>>> = {};
  for (const dataset of datasets) {
    const before = await readdir(dataset.folder);
    await options.calibrate(dataset, jref);
    outputs[dataset.input] = await describeFolder(dataset.folder, { before });
  }
  return { inputs, outputs };
}
