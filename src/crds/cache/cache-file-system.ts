import type * as fs from 'node:fs/promises';
import type { FileSystem } from '../../ports/file-system.ts';

/** The file operations of a cache: those of every store, and the links that give folders their second names. */
export type CacheFileSystem = FileSystem & Pick<typeof fs, 'symlink'>;
