import type { Association } from '../hst/association.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import { datasetRoots } from './dataset-roots.ts';
import { instrumentOf } from './instrument-of.ts';

/**
 * Picks the files that are published for a dataset out of the names in its folder, sorted. Files of other observations of the
 * same visit are not taken, nor temporary files of a program (`_tmp.fits`) that failed half-way.
 */
export function outputFiles(
  names: readonly string[],
  options: { readonly dataset: DatasetName; readonly association?: Association },
): readonly string[] {
  const { dataset } = options;
  const { outputs, unpublished } = instrumentOf(dataset);
  const patterns = outputs.map((glob) =>
    outputPattern(glob, { dataset, roots: datasetRoots(dataset, options) }),
  );
  return names
    .filter((name) => patterns.some((pattern) => pattern.test(name)))
    .filter((name) => ![...unpublished, '_tmp.fits'].some((ending) => name.endsWith(ending)))
    .sort();
}

function outputPattern(
  glob: string,
  names: { readonly dataset: DatasetName; readonly roots: ReadonlySet<string> },
): RegExp {
  const { dataset, roots } = names;
  const literal = glob.replace(/[.+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(
    `^${literal
      .replaceAll('{root}', `(?:${[...roots].join('|')})`)
      .replaceAll('{id}', dataset.id)
      .replaceAll('{ipppss}', dataset.kind === 'svm' ? dataset.ipppss : dataset.id)}$`,
  );
}
