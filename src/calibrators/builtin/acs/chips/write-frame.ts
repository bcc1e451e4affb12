import { closeSync, openSync, writeSync } from 'node:fs';
import type { FrameStore } from './frame-store.ts';

export interface WriteFrameOptions {
  readonly name: string;
  readonly path: string;
  /** Byte positions of the data; undefined where an array is written as a constant. */
  readonly sci: number;
  readonly err: number | undefined;
  readonly dq: number | undefined;
}

/** Writes the arrays of a frame into an existing FITS file, in its byte order. The frame is turned in place and then forgotten. */
export function writeFrame(store: FrameStore, options: WriteFrameOptions): void {
  const { sci, err, dq } = store.take(options.name);
  const descriptor = openSync(options.path, 'r+');
  try {
    writeBytes(descriptor, { bytes: bytesOf(sci).swap32(), position: options.sci });
    if (options.err !== undefined)
      writeBytes(descriptor, { bytes: bytesOf(err).swap32(), position: options.err });
    if (options.dq !== undefined)
      writeBytes(descriptor, { bytes: bytesOf(dq).swap16(), position: options.dq });
  } finally {
    closeSync(descriptor);
  }
}

function bytesOf(array: Float32Array | Int16Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

function writeBytes(
  descriptor: number,
  { bytes, position }: { readonly bytes: Buffer; readonly position: number },
): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
}
