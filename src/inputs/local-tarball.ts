import { join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import { listFolder } from './list-folder.ts';
import type { LocalInputs, LocalInputsOptions } from './local-inputs.ts';
import { locatedTarball } from './located-tarball.ts';

/** Inputs that lie packed in a folder: one tarball `<id>.tar.gz`, or `<id>` with something behind it, for each dataset. */
export function localTarball(folder: string, options: LocalInputsOptions): LocalInputs {
  const work = { folder, ...options };
  return {
    ...locatedTarball((dataset) => locate(dataset, work), { ...options, uri: `file:${folder}` }),
    has: async (dataset) => (await candidates(dataset, work)).length > 0,
  };
}

interface Work extends LocalInputsOptions {
  readonly folder: string;
}

async function locate(dataset: DatasetName, work: Work): Promise<string> {
  const [first, ...others] = await candidates(dataset, work);
  const { id } = dataset;
  if (first === undefined) {
    throw new CaldpError(`No tarball \`${id}.tar.gz\` is in \`${work.folder}\`.`, {
      code: 'INPUT_NOT_FOUND',
      advice: 'Put it there, or name the folder that holds it with `--input`.',
    });
  }
  if (others.length > 0 && first !== `${id}.tar.gz`) {
    const names = [first, ...others].map((name) => `\`${name}\``).join(', ');
    throw new CaldpError(`\`${work.folder}\` holds several tarballs of \`${id}\`: ${names}.`, {
      code: 'INPUT_AMBIGUOUS',
      advice: `Name the one that counts \`${id}.tar.gz\`.`,
      exit: 'INPUT_TAR_FILE_ERROR',
    });
  }
  return join(work.folder, first);
}

/** The plain name comes first, because it is the shortest. */
async function candidates(dataset: DatasetName, work: Work): Promise<readonly string[]> {
  const { id } = dataset;
  return [...(await listFolder(work.folder, work))]
    .filter((name) => name.startsWith(id) && /^([._-].*)?\.tar\.gz$/.test(name.slice(id.length)))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}
