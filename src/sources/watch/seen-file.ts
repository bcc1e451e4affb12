import { join } from 'node:path';
import type { DropRole } from './drop-role.ts';

/** One version of a file in a drop folder. A changed file becomes a new record. */
export interface SeenFile {
  readonly folder: string;
  readonly name: string;
  readonly role: DropRole;
  /** Size, time of change and inode: equal while the file is the same. */
  readonly version: string;
  /** When it was last written to, milliseconds since 1970. */
  readonly modified: number;
  /** When this version was first seen, milliseconds on a clock that never goes back. */
  readonly seenAt: number;
}

/** Where a file is. */
export function pathOf({ folder, name }: SeenFile): string {
  return join(folder, name);
}
