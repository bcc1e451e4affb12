import type { DatasetName } from '../hst/dataset-name.ts';
import { instrumentOf } from '../instruments/instrument-of.ts';
import type { Listing } from './file-selection.ts';

/** The files of one root name that processing starts from, and whether a raw one is among them. */
export function inputsOfRoot(
  root: string,
  options: { readonly dataset: DatasetName; readonly listing: Listing },
): { readonly files: readonly string[]; readonly hasRaw: boolean } {
  const { dataset, listing } = options;
  const { inputs, raw } = instrumentOf(dataset);
  const files = inputs
    .map((suffix) => `${root}_${suffix}.fits`)
    .concat(root === dataset.id ? `${root}_cal_env.txt` : [])
    .filter((name) => listing.names.has(name))
    .sort();
  return { files, hasRaw: files.some((name) => raw?.test(name) === true) };
}
