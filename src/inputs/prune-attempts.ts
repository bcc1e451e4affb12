import { join } from 'node:path';
import type { FileSystem } from '../ports/file-system.ts';
import type { ProcessIdentity } from '../system/process-identity.ts';
import { removeDirectory } from './remove-directory.ts';
import { isAbandoned } from './work-owner.ts';

/** Removes the attempts at a dataset that nobody works on any more, all but the newest `keep`. */
export async function pruneAttempts(
  attempts: string,
  options: {
    readonly keep: number;
    readonly self: ProcessIdentity;
    readonly fileSystem: FileSystem;
  },
): Promise<void> {
  const { keep, fileSystem } = options;
  const numbers = (await fileSystem.readdir(attempts))
    .filter((name) => /^\d+$/.test(name))
    .sort((a, b) => Number(b) - Number(a));
  let kept = 0;
  for (const number of numbers) {
    const path = join(attempts, number);
    if (!(await isAbandoned(path, options))) continue;
    kept += 1;
    if (kept > keep) await removeDirectory(path, { fileSystem });
  }
}
