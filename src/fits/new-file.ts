import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { temporaryName } from './temporary-name.ts';

/** A file that comes into being under a temporary name and gets its own when it is complete. */
export interface NewFile {
  /** Appends bytes. */
  write(bytes: Uint8Array): void;
  /** Makes the file durable and puts it in the place of the target. */
  commit(): void;
  /** Removes what was written; the target stays as it was. */
  abandon(): void;
}

/** Begins a file beside the target. */
export function createFile(target: string): NewFile {
  const temporary = temporaryName(target);
  const descriptor = openSync(temporary, 'wx');
  let open = true;
  const close = (): void => {
    if (open) closeSync(descriptor);
    open = false;
  };
  return {
    write(bytes) {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(descriptor, bytes, done, Math.min(bytes.length - done, 1 << 30));
      }
    },
    commit() {
      fsyncSync(descriptor);
      close();
      renameSync(temporary, target);
      syncFolder(dirname(target));
    },
    abandon() {
      close();
      rmSync(temporary, { force: true });
    },
  };
}

/** Without this the new name may be lost with the power, even though the bytes are on the disk. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
