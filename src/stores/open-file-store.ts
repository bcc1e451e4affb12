import nodeFileSystem from 'node:fs/promises';
import type { FileSystem } from '../ports/file-system.ts';
import { FileStore } from './file-store.ts';
import { thisProcess } from '../system/process-identity.ts';
import type { Store } from './store.ts';

/** Opens a directory as a store; it is made when the first object is put. */
export async function openFileStore(
  root: string,
  { fileSystem = nodeFileSystem }: { readonly fileSystem?: FileSystem } = {},
): Promise<Store> {
  return new FileStore(root, {
    fileSystem,
    self: await thisProcess({ fileSystem }),
  });
}
