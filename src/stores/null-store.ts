import nodeFileSystem from 'node:fs/promises';
import { digestFile } from '../system/digest-file.ts';
import type { Store } from './store.ts';

/** A store that keeps nothing, for runs whose products stay in their work directories. */
export const nullStore: Store = {
  uri: 'none',
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  create: () => Promise.resolve(true),
  putFile: () => Promise.resolve(),
  replaceFolder: async (_, files, options = {}) => {
    if (options.last === undefined) return;
    const digests = [];
    for (const { name, path } of files) {
      digests.push({
        ...(await digestFile(path, { ...options, fileSystem: nodeFileSystem })),
        name,
      });
    }
    await options.last(digests);
  },
  stat: () => Promise.resolve(undefined),
  async *list() {
    // There is nothing to list.
  },
  remove: () => Promise.resolve(),
  sweep: () => Promise.resolve([]),
};
