import type { Association } from '../hst/association.ts';
import type { DatasetName } from '../hst/dataset-name.ts';

/** The root names whose files belong to a dataset: its own, its exposures' and its association products'. Lower case. */
export function datasetRoots(
  dataset: DatasetName,
  options: { readonly association?: Association } = {},
): ReadonlySet<string> {
  const { exposures = [], products = [] } = options.association ?? {};
  return new Set([
    dataset.id,
    ...exposures.map(({ name }) => name),
    ...products.map(({ name }) => name),
  ]);
}
