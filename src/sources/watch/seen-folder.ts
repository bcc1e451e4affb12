import type { BigIntStats } from 'node:fs';
import type { SeenFile } from './seen-file.ts';

/** What is known of a folder of the drop. */
export interface SeenFolder {
  readonly path: string;
  readonly depth: number;
  readonly files: Map<string, SeenFile>;
  readonly folders: Set<string>;
  /** Which folder it is: another one after it was removed and made anew. */
  identity: string;
  version: string;
  /** When its version last changed, on the clock that never goes back. */
  changedAt: number;
  /** To be listed at the next look whatever its version says. */
  unsure: boolean;
}

/** A folder of which nothing is known yet. */
export function newFolder(path: string, { depth }: { readonly depth: number }): SeenFolder {
  const files = new Map<string, SeenFile>();
  const folders = new Set<string>();
  return { path, depth, files, folders, identity: '', version: '', changedAt: 0, unsure: false };
}

/** Equal while a folder and the permission to read it are the same. */
export function folderVersionOf(stats: BigIntStats): string {
  return `${versionOf(stats)}.${String(stats.ctimeNs)}`;
}

/** Equal while a file is the same. */
export function versionOf({ size, mtimeNs, ino }: BigIntStats): string {
  return `${String(size)}.${String(mtimeNs)}.${String(ino)}`;
}
