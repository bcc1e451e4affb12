import type { DatasetName } from '../hst/dataset-name.ts';
import { inputsOfRoot } from './inputs-of-root.ts';

/** Whether there is something among these file names that processing of the dataset starts from. */
export function startsFrom(dataset: DatasetName, names: ReadonlySet<string>): boolean {
  if (dataset.kind !== 'ipppssoot') return names.has(`${dataset.id}_input.out`);
  if (names.has(`${dataset.id}_asn.fits`)) return true;
  return inputsOfRoot(dataset.id, { dataset, listing: { place: '', names } }).hasRaw;
}
