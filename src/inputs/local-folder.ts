import { locatedInputs } from './located-inputs.ts';
import type { LocalInputs, LocalInputsOptions } from './local-inputs.ts';
import { locateFolder } from './locate-folder.ts';
import { pathsInFolder } from './paths-in-folder.ts';

/**
 * Inputs that lie unpacked in a folder, or in a sub-folder of it that has the name of the dataset. File names are lower case.
 * Symbolic links are followed. What is there is never changed; what is brought are copies.
 */
export function localFolder(folder: string, options: LocalInputsOptions): LocalInputs {
  const uri = `file:${folder}`;
  const inputs = locatedInputs(
    async (dataset) => {
      const place = (await locateFolder(dataset, { folder, ...options })) ?? folder;
      return { place, paths: await pathsInFolder(place, options) };
    },
    { ...options, uri },
  );
  return {
    ...inputs,
    has: async (dataset) => (await locateFolder(dataset, { folder, ...options })) !== undefined,
  };
}
