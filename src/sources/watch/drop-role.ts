import { DatasetNameError } from '../../hst/dataset-name-error.ts';
import type { DatasetName } from '../../hst/dataset-name.ts';
import { tryDatasetName } from '../../hst/try-dataset-name.ts';
import { fileRole, type FileRole } from './file-role.ts';

/** What the name of a file in a drop folder says about it. */
export type DropRole =
  | FileRole
  /** A tarball that holds all files of a dataset. */
  | { readonly kind: 'packed'; readonly root: string; readonly dataset: DatasetName };

/** What a file of a drop folder is, or undefined where it has nothing to do with datasets: its name decides. */
export function dropRole(name: string): DropRole | undefined {
  const stem = /^([^.].*)\.tar\.gz$/.exec(name)?.[1];
  return stem === undefined ? fileRole(name) : packedRole(stem);
}

/** The name of a tarball is that of its dataset, or begins with it: `j8zz01010.tar.gz`, `j8zz01010_v2.tar.gz`. */
function packedRole(stem: string): DropRole {
  const [first = ''] = stem.split(/[._-]/);
  const dataset = tryDatasetName(first);
  if (!(dataset instanceof DatasetNameError)) return { kind: 'packed', root: dataset.id, dataset };
  const whole = tryDatasetName(stem);
  return whole instanceof DatasetNameError
    ? { kind: 'refused', root: stem, error: whole }
    : { kind: 'packed', root: whole.id, dataset: whole };
}
