import type { DatasetName } from '../../hst/dataset-name.ts';

/** A product that can be one colour of a composite, and what its name says. */
export interface ColorCandidate {
  readonly name: string;
  /** What the name of the composite begins with: proposal and visit, or the cell of the sky. */
  readonly prefix: string;
  readonly instrument: string;
  readonly detector: string;
  /** The visit, or the layer of a cell: `j8ph01`, `all`, `coarse-all`. */
  readonly label: string;
  /** `drc` or `drz`. */
  readonly suffix: string;
}

/**
 * Finds the products of a mosaic that show one filter each: those that combine all exposures of it, not single exposures and not
 * the total. In order of their names; none for a dataset that is no mosaic.
 */
export function colorCandidates(
  names: readonly string[],
  options: { readonly dataset: DatasetName },
): readonly ColorCandidate[] {
  const pattern = patternOf(options.dataset);
  if (pattern === undefined) return [];
  return [...names].sort().flatMap((name) => {
    const [, prefix, instrument, detector, filter, label, suffix] = pattern.exec(name) ?? [];
    const found = prefix && instrument && detector && filter && label && suffix;
    if (!found || filter === 'total') return [];
    return [{ name, prefix, instrument, detector, label, suffix }];
  });
}

function patternOf(dataset: DatasetName): RegExp | undefined {
  const camera = '([a-z]+\\d?)_([a-z]+)_([a-z0-9-]+)';
  switch (dataset.kind) {
    case 'svm':
      return new RegExp(
        `^(hst_[a-z0-9]+_[a-z0-9]{2})_${camera}_(${dataset.ipppss})_(dr[cz])\\.fits$`,
      );
    case 'mvm':
      return new RegExp(`^(hst_${dataset.id})_${camera}_((?:[a-z]+-)?all)_(dr[cz])\\.fits$`);
    case 'ipppssoot':
      return undefined;
  }
}

/** The name of a composite without its ending. */
export function compositeName(candidate: ColorCandidate): string {
  const { prefix, instrument, detector, label, suffix } = candidate;
  return `${prefix}_${instrument}_${detector}_total_${label}_${suffix}_color`;
}
