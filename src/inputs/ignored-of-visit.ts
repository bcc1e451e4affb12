import type { IpppssootName } from '../hst/dataset-name.ts';
import type { Listing } from './file-selection.ts';

/**
 * FITS files that share the first five letters with the dataset but are not taken: other exposures of the program and visit,
 * products of earlier runs. The Python pipeline took them all.
 */
export function ignoredOfVisit(
  dataset: IpppssootName,
  options: { readonly listing: Listing; readonly taken: readonly string[] },
): readonly string[] {
  const prefix = dataset.id.slice(0, 5);
  const taken = new Set(options.taken);
  return [...options.listing.names]
    .filter((name) => name.startsWith(prefix) && /\.fits(\.gz)?$/.test(name) && !taken.has(name))
    .sort();
}
