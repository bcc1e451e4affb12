import type { ByteSource } from './byte-source.ts';
import { FitsError } from './fits-error.ts';

/** Bytes that are in memory already; the array is not copied. */
export function memorySource(bytes: Uint8Array, { path }: { readonly path: string }): ByteSource {
  return {
    path,
    size: bytes.length,
    read(target, { position }) {
      const end = position + target.length;
      if (end > bytes.length) {
        throw new FitsError(`expected ${target.length} bytes, the file ends at ${bytes.length}.`, {
          code: 'TRUNCATED',
          file: path,
          offset: position,
        });
      }
      target.set(bytes.subarray(position, end));
    },
    close() {
      // Nothing is held open.
    },
  };
}
