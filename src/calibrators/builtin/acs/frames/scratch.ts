import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { CaldpError } from '../../../../errors/caldp-error.ts';
import type { Frame } from './frame.ts';

/** A frame kept on disk between two steps: the three arrays one after the other, in this machine's byte order. */
export interface ScratchFrame {
  readonly path: string;
  readonly nx: number;
  readonly ny: number;
}

/** Writes a frame to a new scratch file. */
export function writeScratch(path: string, frame: Frame): ScratchFrame {
  const descriptor = openSync(path, 'wx');
  try {
    let position = 0;
    for (const plane of [frame.sci, frame.err, frame.dq]) {
      writeFully(descriptor, { bytes: bytesOf(plane), position });
      position += plane.byteLength;
    }
  } finally {
    closeSync(descriptor);
  }
  return { path, nx: frame.nx, ny: frame.ny };
}

/** Reads and rewrites rows of a scratch file. Holds a file descriptor until `close`. */
export class Scratch {
  readonly frame: ScratchFrame;
  readonly #descriptor: number;

  constructor(frame: ScratchFrame) {
    this.frame = frame;
    this.#descriptor = openSync(frame.path, 'r+');
  }

  readSci(target: Float32Array, line: number): void {
    this.#read(target, line * this.frame.nx * 4);
  }

  readErr(target: Float32Array, line: number): void {
    this.#read(target, (this.frame.ny + line) * this.frame.nx * 4);
  }

  readDq(target: Int16Array, line: number): void {
    this.#read(target, this.#dqPosition(line));
  }

  writeDq(source: Int16Array, line: number): void {
    writeFully(this.#descriptor, { bytes: bytesOf(source), position: this.#dqPosition(line) });
  }

  /** Fills a frame of whole rows from row `line` on. */
  read(target: Frame, line: number): void {
    this.readSci(target.sci, line);
    this.readErr(target.err, line);
    this.readDq(target.dq, line);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #dqPosition(line: number): number {
    const { nx, ny } = this.frame;
    return nx * ny * 8 + line * nx * 2;
  }

  #read(target: Float32Array | Int16Array, position: number): void {
    const bytes = bytesOf(target);
    for (let done = 0; done < bytes.length;) {
      const count = readSync(this.#descriptor, bytes, done, bytes.length - done, position + done);
      if (count === 0) throw endsEarly(this.frame.path);
      done += count;
    }
  }
}

function bytesOf(array: Float32Array | Int16Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

function writeFully(
  descriptor: number,
  what: { readonly bytes: Buffer; readonly position: number },
): void {
  for (let done = 0; done < what.bytes.length;)
    done += writeSync(descriptor, what.bytes, done, what.bytes.length - done, what.position + done);
}

function endsEarly(path: string): CaldpError {
  return new CaldpError(`The scratch file \`${path}\` is shorter than the frame written to it.`, {
    code: 'ACS_SCRATCH_DAMAGED',
    advice:
      'Check that nothing else writes in the work folder and that its disk is sound, then try again.',
    exit: 'STAGE1_ERROR',
    retry: 'now',
  });
}
