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

/** Bytes that are turned and written at a time: they stay in the cache of a CPU core, and other threads get their turn at the file. */
const chunkBytes = 262_144;

/** Writes the arrays of a frame into an existing FITS file, in its byte order. The frame is turned in place and then spent. */
export function writeFrame(store: FrameStore, options: WriteFrameOptions): void {
  const frame = store.take(options.name);
  const descriptor = openSync(options.path, 'r+');
  try {
    for (const { bytes, position } of chunks(frame.sci, options.sci))
      writeBytes(descriptor, { bytes: bytes.swap32(), position });
    for (const { bytes, position } of chunks(frame.err, options.err))
      writeBytes(descriptor, { bytes: bytes.swap32(), position });
    for (const { bytes, position } of chunks(frame.dq, options.dq))
      writeBytes(descriptor, { bytes: bytes.swap16(), position });
  } finally {
    closeSync(descriptor);
  }
  store.release(frame);
}

/** Bytes and where they belong. */
interface Chunk {
  readonly bytes: Buffer;
  readonly position: number;
}

/** None without a position. */
function* chunks(array: Float32Array | Int16Array, start: number | undefined): Generator<Chunk> {
  if (start === undefined) return;
  const { buffer, byteOffset, byteLength } = array;
  for (let done = 0; done < byteLength; done += chunkBytes) {
    const length = Math.min(chunkBytes, byteLength - done);
    yield { bytes: Buffer.from(buffer, byteOffset + done, length), position: start + done };
  }
}

function writeBytes(descriptor: number, { bytes, position }: Chunk): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
}
