import { closeSync, fstatSync, readSync } from 'node:fs';
import type { ByteSource } from './byte-source.ts';
import { FitsError } from './fits-error.ts';

/** Systems read at most 2 GiB at a time, and so does Node. */
const largestRead = 1 << 30;

/** The bytes of an open file; `close` closes the descriptor, also when called twice. */
export function fileSource(descriptor: number, { path }: { readonly path: string }): ByteSource {
  let open = true;
  return {
    path,
    size: fstatSync(descriptor).size,
    read(target, { position }) {
      readFully(descriptor, { target, position, path });
    },
    close() {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

function readFully(
  descriptor: number,
  options: { readonly target: Uint8Array; readonly position: number; readonly path: string },
): void {
  const { target, position, path } = options;
  for (let done = 0; done < target.length;) {
    const length = Math.min(target.length - done, largestRead);
    const count = readSync(descriptor, target, done, length, position + done);
    if (count === 0) {
      throw new FitsError(`expected ${target.length} bytes, the file ends after ${done} of them.`, {
        code: 'TRUNCATED',
        file: path,
        offset: position,
      });
    }
    done += count;
  }
}
