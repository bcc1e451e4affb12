import type { DatasetName } from '../hst/dataset-name.ts';
import { instrumentOf } from '../instruments/instrument-of.ts';
import type { ProductKind } from './jobs/preview-job.ts';

/** A product that gets previews. */
export interface PlannedProduct {
  /** File name. */
  readonly name: string;
  /** What the names of its previews begin with: the file name up to the first dot. */
  readonly base: string;
  readonly expected: ProductKind;
  /** Long side of the thumbnail, in pixels. */
  readonly thumbnail: number;
}

/**
 * Decides which files of a folder get previews, by the rules of CALDP: their names begin with the instrument, program and first letter of
 * the visit of the dataset (for mosaics: hold the visit or the cell), and end in a suffix that its instrument lists. In order
 * of their names.
 */
export function previewPlan(
  names: readonly string[],
  options: { readonly dataset: DatasetName },
): readonly PlannedProduct[] {
  const { dataset } = options;
  const { kind, suffixes, thumbnail } = instrumentOf(dataset).previews;
  return [...names]
    .sort()
    .filter((name) => name.endsWith('.fits') && belongsTo(name, dataset))
    .map((name) => ({ name, base: previewBase(name), expected: kind, thumbnail }))
    .filter(({ base }) => suffixes.includes(base.slice(base.lastIndexOf('_') + 1)));
}

/** The name of a file up to its first dot. */
export function previewBase(name: string): string {
  const [base = name] = name.split('.');
  return base;
}

function belongsTo(name: string, dataset: DatasetName): boolean {
  switch (dataset.kind) {
    case 'ipppssoot':
      return name.startsWith(dataset.id.slice(0, 5));
    case 'svm':
      return name.startsWith('hst_') && name.includes(dataset.ipppss);
    case 'mvm':
      return name.startsWith(`hst_${dataset.id}`);
  }
}
