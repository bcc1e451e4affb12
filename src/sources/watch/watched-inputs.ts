import { CaldpError } from '../../errors/caldp-error.ts';
import type { DatasetName } from '../../hst/dataset-name.ts';
import type { DatasetInputs } from '../../inputs/dataset-inputs.ts';
import { locatedInputs } from '../../inputs/located-inputs.ts';
import { locatedTarball } from '../../inputs/located-tarball.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import type { DatasetFiles } from './dataset-register.ts';
import { pathOf } from './seen-file.ts';

/** The inputs of the datasets of a drop folder: files wherever they lie in it, or tarballs. */
export function watchedInputs(
  filesOf: (dataset: DatasetName) => DatasetFiles | undefined,
  { root, fileSystem }: { readonly root: string; readonly fileSystem: FileSystem },
): DatasetInputs {
  const options = { fileSystem, uri: `file:${root}` };
  const find = (dataset: DatasetName): DatasetFiles => {
    const found = filesOf(dataset);
    if (found === undefined) throw notThere(dataset, root);
    return found;
  };
  const packed = locatedTarball((dataset) => pathOf(find(dataset).seat), options);
  const unpacked = locatedInputs((dataset) => {
    const { seat, files } = find(dataset);
    const paths = new Map(files.map((file) => [file.name, pathOf(file)]));
    return { place: seat.folder, paths };
  }, options);
  const choose = (dataset: DatasetName): DatasetInputs =>
    find(dataset).seat.role.kind === 'packed' ? packed : unpacked;
  return {
    uri: options.uri,
    identify: async (dataset, how) => choose(dataset).identify(dataset, how),
    bring: async (dataset, how) => choose(dataset).bring(dataset, how),
  };
}

function notThere({ id }: DatasetName, root: string): CaldpError {
  return new CaldpError(`The files of \`${id}\` are no longer in \`${root}\`.`, {
    code: 'INPUT_NOT_FOUND',
    advice: 'Leave files in the drop folder until their dataset is published.',
  });
}
