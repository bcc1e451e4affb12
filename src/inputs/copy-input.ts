import { constants } from 'node:fs';
import type { FileDigest } from '../ports/file-digest.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { digestFile } from '../system/digest-file.ts';
import { sourceChanged } from './source-changed.ts';
import { unchangedWhile } from './unchanged-while.ts';

/**
 * Copies one input, sharing blocks where the file system can, and answers with the digest of the copy. The copy can be written
 * to whatever the permissions of the source. A copy that is under way when the signal aborts is completed first.
 *
 * @throws CaldpError `SOURCE_CHANGED` when the source changed meanwhile or the copy is shorter than it.
 */
export async function copyInput(
  source: string,
  options: {
    readonly target: string;
    readonly fileSystem: FileSystem;
    readonly signal: AbortSignal;
  },
): Promise<FileDigest> {
  const { target, fileSystem, signal } = options;
  signal.throwIfAborted();
  const size = await unchangedWhile(source, {
    fileSystem,
    use: async (bytes) => {
      await fileSystem.copyFile(
        source,
        target,
        constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE,
      );
      return bytes;
    },
  });
  await fileSystem.chmod(target, 0o644);
  const copy = await digestFile(target, { fileSystem, signal });
  if (copy.size !== size) {
    throw sourceChanged(source, `gave ${copy.size} bytes instead of ${size}`);
  }
  return copy;
}
