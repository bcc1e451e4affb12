import type { BigIntStats } from 'node:fs';
import type { FileSystem } from '../../ports/file-system.ts';

/** How a file is; undefined where there is nothing (any more), or a link that leads nowhere. */
export async function presentStats(
  path: string,
  { fileSystem }: { readonly fileSystem: Pick<FileSystem, 'stat'> },
): Promise<BigIntStats | undefined> {
  try {
    return await fileSystem.stat(path, { bigint: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // ENOENT and ENOTDIR: it went away since it was listed. ELOOP: a link to itself.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined;
    throw error;
  }
}
