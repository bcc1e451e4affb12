import type { DatasetName } from '../../hst/dataset-name.ts';
import type { FileIndex } from './file-index.ts';
import type { SeenFile } from './seen-file.ts';

/**
 * The file that says what a dataset is made of: its table or poller file, else its raw file, else its tarball. Unpacked files
 * win over a tarball, because they are what a person last put there.
 */
export function seatOf(
  dataset: DatasetName,
  { index }: { readonly index: FileIndex },
): SeenFile | undefined {
  const files = [...index.withRoot(dataset.id)];
  const starts = files.filter(({ role }) => role.kind === 'start');
  return (
    newest(starts, (file) => !isExposure(file)) ??
    newest(starts, () => true) ??
    newest(files, ({ role }) => role.kind === 'packed')
  );
}

/** The marker of a dataset, if there is one. */
export function markerOf(
  dataset: DatasetName,
  { index }: { readonly index: FileIndex },
): SeenFile | undefined {
  return newest(index.withRoot(dataset.id), ({ role }) => role.kind === 'marker');
}

/** Whether a file that a dataset starts from is the raw file of an exposure. */
export function isExposure({ name, role }: SeenFile): boolean {
  return role.kind === 'start' && !/_(asn\.fits|input\.out)$/.test(name);
}

function newest(
  files: Iterable<SeenFile>,
  fits: (file: SeenFile) => boolean,
): SeenFile | undefined {
  let found: SeenFile | undefined;
  for (const file of files) {
    if (fits(file) && (found === undefined || file.modified > found.modified)) found = file;
  }
  return found;
}
