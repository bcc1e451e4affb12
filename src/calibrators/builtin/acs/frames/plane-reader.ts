import { closeSync, openSync, readSync } from 'node:fs';
import { CaldpError } from '../../../../errors/caldp-error.ts';
import type { Corner, Plane, StoredPlane } from './plane.ts';

/** Which rows of a section are read. */
export interface RowRange {
  /** First line, counted in the section. */
  readonly line: number;
  readonly lines: number;
  /** Pixels a line. */
  readonly nx: number;
}

/**
 * Reads rows of one FITS array into arrays of numbers in this machine's byte order.
 * Holds a file descriptor until `close`, and buffers only where the file's number type is not the wanted one.
 */
export class PlaneReader {
  readonly #plane: Plane;
  readonly #corner: Corner;
  readonly #descriptor: number;

  /** @param corner - Where the section starts; default the whole plane. */
  constructor(plane: Plane, corner: Corner = { x0: 0, y0: 0 }) {
    this.#plane = plane;
    this.#corner = corner;
    this.#descriptor = plane.kind === 'stored' ? openSync(plane.path, 'r') : -1;
  }

  /** Fills `target` with single-precision numbers. @throws CaldpError where the file ends before them. */
  readFloats(target: Float32Array, range: RowRange): void {
    const plane = this.#plane;
    if (plane.kind === 'constant') {
      target.fill(plane.value);
    } else if (plane.bitpix === -32 && plane.scale === 1 && plane.zero === 0) {
      const bytes = Buffer.from(target.buffer, target.byteOffset, range.lines * range.nx * 4);
      this.#readBytes(plane, { bytes, range, size: 4 });
      bytes.swap32();
    } else {
      this.#convert(plane, { target, range });
    }
  }

  /** Fills `target` with flags. @throws CaldpError where the file ends before them or does not hold 16-bit integers. */
  readFlags(target: Int16Array, range: RowRange): void {
    const plane = this.#plane;
    if (plane.kind === 'constant') {
      target.fill(plane.value);
      return;
    }
    if (plane.bitpix !== 16 || plane.scale !== 1 || plane.zero !== 0) throw notFlags(plane);
    const bytes = Buffer.from(target.buffer, target.byteOffset, range.lines * range.nx * 2);
    this.#readBytes(plane, { bytes, range, size: 2 });
    bytes.swap16();
  }

  close(): void {
    if (this.#descriptor >= 0) closeSync(this.#descriptor);
  }

  #readBytes(
    plane: StoredPlane,
    want: { readonly bytes: Buffer; readonly range: RowRange; readonly size: number },
  ): void {
    const { bytes, range, size } = want;
    const first = this.#corner.y0 + range.line;
    const isContiguous = range.nx === plane.nx;
    const rows = isContiguous ? 1 : range.lines;
    const length = isContiguous ? bytes.length : range.nx * size;
    for (let row = 0; row < rows; row += 1) {
      const position = plane.offset + ((first + row) * plane.nx + this.#corner.x0) * size;
      const part = bytes.subarray(row * length, (row + 1) * length);
      readFully(this.#descriptor, { part, position, path: plane.path });
    }
  }

  #convert(
    plane: StoredPlane,
    want: { readonly target: Float32Array; readonly range: RowRange },
  ): void {
    const { target, range } = want;
    const size = Math.abs(plane.bitpix) / 8;
    const bytes = Buffer.alloc(range.lines * range.nx * size);
    this.#readBytes(plane, { bytes, range, size });
    const raw = numbersOf(bytes, plane);
    const { scale, zero } = plane;
    const count = raw.length;
    if (scale === 1) for (let k = 0; k < count; k += 1) target[k] = (raw[k] ?? 0) + zero;
    else for (let k = 0; k < count; k += 1) target[k] = (raw[k] ?? 0) * scale + zero;
  }
}

type Numbers = Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array;

function numbersOf(bytes: Buffer, plane: StoredPlane): Numbers {
  const { buffer, byteOffset, length } = bytes;
  switch (plane.bitpix) {
    case 8:
      return bytes;
    case 16:
      bytes.swap16();
      return new Int16Array(buffer, byteOffset, length / 2);
    case 32:
      bytes.swap32();
      return new Int32Array(buffer, byteOffset, length / 4);
    case -32:
      bytes.swap32();
      return new Float32Array(buffer, byteOffset, length / 4);
    case -64:
      bytes.swap64();
      return new Float64Array(buffer, byteOffset, length / 8);
    default:
      throw new CaldpError(`\`${plane.path}\` holds pixels of BITPIX ${plane.bitpix}.`, {
        code: 'ACS_BITPIX_UNKNOWN',
        advice: 'Fetch the file again; BITPIX must be 8, 16, 32, -32 or -64.',
        exit: 'STAGE1_ERROR',
      });
  }
}

function readFully(
  descriptor: number,
  want: { readonly part: Buffer; readonly position: number; readonly path: string },
): void {
  for (let done = 0; done < want.part.length;) {
    const count = readSync(
      descriptor,
      want.part,
      done,
      want.part.length - done,
      want.position + done,
    );
    if (count === 0)
      throw new CaldpError(`\`${want.path}\` ends before its data do.`, {
        code: 'ACS_FILE_TRUNCATED',
        advice: 'Fetch the file again: it is shorter than its header says.',
        exit: 'STAGE1_ERROR',
      });
    done += count;
  }
}

function notFlags(plane: StoredPlane): CaldpError {
  return new CaldpError(
    `The data quality array at byte ${plane.offset} of \`${plane.path}\` is not of 16-bit integers: BITPIX is ${plane.bitpix}.`,
    {
      code: 'ACS_FLAGS_NOT_INTEGER',
      advice: 'Fetch the file again; a DQ extension has BITPIX 16 and no scaling.',
      exit: 'STAGE1_ERROR',
    },
  );
}
