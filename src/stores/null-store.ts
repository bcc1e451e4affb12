import type { Store } from './store.ts';

/** A store that keeps nothing, for runs whose products stay in their work directories. */
export const nullStore: Store = {
  uri: 'none',
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  create: () => Promise.resolve(true),
  putFile: () => Promise.resolve(),
  replaceFolder: () => Promise.resolve(),
  stat: () => Promise.resolve(undefined),
  async *list() {
    // There is nothing to list.
  },
  remove: () => Promise.resolve(),
  sweep: () => Promise.resolve([]),
};
