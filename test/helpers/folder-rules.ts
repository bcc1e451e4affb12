import { setMaxListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RulesLibrary } from '../../src/crds/rules/rules-library.ts';

/** A signal that nobody aborts. */
export const never: AbortSignal = new AbortController().signal;
// All tests of a file wait on it at once.
setMaxListeners(0, never);

/** Rules read straight from a folder. */
export function folderRules(folder: string): RulesLibrary {
  return new RulesLibrary(
    { read: (name) => readFile(join(folder, name)) },
    { ignoreChecksum: false, signal: never },
  );
}
