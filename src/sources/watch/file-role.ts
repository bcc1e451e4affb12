import { DatasetNameError } from '../../hst/dataset-name-error.ts';
import type { DatasetName } from '../../hst/dataset-name.ts';
import { tryDatasetName } from '../../hst/try-dataset-name.ts';
import { instrumentOf } from '../../instruments/instrument-of.ts';

/** What the name of a file says about it. */
export type FileRole =
  /** A file that a dataset starts from: an association table, a raw exposure or the poller file of a mosaic. */
  | { readonly kind: 'start'; readonly root: string; readonly dataset: DatasetName }
  /** `<id>.ready`: whoever wrote the files says that they are all there. */
  | { readonly kind: 'marker'; readonly root: string }
  /** A file that may belong to a dataset: support files, exposures of a mosaic. */
  | { readonly kind: 'part'; readonly root: string }
  /** Named like a file that a dataset starts from, but of no dataset that can be processed. */
  | { readonly kind: 'refused'; readonly root: string; readonly error: DatasetNameError };

const start = /^([a-z0-9]+)_(?:asn|raw[a-z_]*|wav|tag)\.fits$/;
const mosaicStart = /^(.+)_input\.out$/;

/** What a file of a drop folder is, or undefined where it has nothing to do with datasets: its name decides. */
export function fileRole(name: string): FileRole | undefined {
  const marked = /^(.+)\.ready$/.exec(name)?.[1];
  if (marked !== undefined) return { kind: 'marker', root: marked };
  const first = start.exec(name) ?? mosaicStart.exec(name);
  if (first !== null) return startingFile(name, first[1] ?? '');
  if (name.endsWith('_cal_env.txt')) return { kind: 'part', root: rootOf(name) };
  return /^[A-Za-z0-9][\w.+-]*\.fits$/.test(name)
    ? { kind: 'part', root: rootOf(name) }
    : undefined;
}

/**
 * Under which name a file is looked for: the nine letters of its exposure or association, the name of its mosaic, else its own name.
 */
export function rootOf(name: string): string {
  const own = /^(.+)_(?:input\.out|cal_env\.txt)$/.exec(name)?.[1];
  return own ?? /^([a-z][a-z0-9]{8})_/.exec(name)?.[1] ?? name;
}

function startingFile(name: string, root: string): FileRole {
  const dataset = tryDatasetName(root);
  if (dataset instanceof DatasetNameError) return { kind: 'refused', root, error: dataset };
  const { raw } = instrumentOf(dataset);
  const starts = raw === undefined || name.endsWith('_asn.fits') || raw.test(name);
  return starts ? { kind: 'start', root, dataset } : { kind: 'part', root };
}
