import { blockBytes, wholeBlocks } from './block.ts';
import { readDataShape } from './data-shape.ts';
import { FitsError } from './fits-error.ts';
import { hduKind, hduName, hduVersion, type Hdu } from './hdu.ts';
import type { Header } from './header.ts';
import { scanHeader, type ReadRequest } from './scan-header.ts';

/** The HDUs of a file and what follows them. */
export interface HduList {
  readonly hdus: readonly Hdu[];
  /** The size of the (unpacked) file in bytes; less than the `end` of the last HDU where its padding is missing. */
  readonly size: number;
  /** Bytes after the last HDU that belong to none; 0 in a file that keeps to the standard. */
  readonly trailingBytes: number;
}

/**
 * Finds the HDUs of a file by its headers alone, as requests for bytes, so that the same scan runs synchronously and not.
 * A last HDU with data missing is told by `missingBytes`, not by an error, since its header can be read.
 * @throws FitsError for a file that is not FITS, and for a header that cannot be read.
 */
export function* scanHdus(file: {
  readonly path: string;
  readonly size: number;
}): Generator<ReadRequest, HduList, Uint8Array> {
  if (file.size === 0) {
    throw new FitsError('the file is empty.', { file: file.path, offset: 0, code: 'NOT_FITS' });
  }
  const hdus: Hdu[] = [];
  let offset = 0;
  do {
    const start = { file: file.path, hdu: hdus.length, offset, size: file.size };
    const header = yield* scanHeader(start);
    const hdu = describe(header, { index: hdus.length, offset, size: file.size });
    hdus.push(hdu);
    offset = hdu.end;
  } while (offset < file.size && (yield* nextIsHdu(file, offset)));
  return { hdus, size: file.size, trailingBytes: Math.max(0, file.size - offset) };
}

function describe(
  header: Header,
  {
    index,
    offset,
    size,
  }: { readonly index: number; readonly offset: number; readonly size: number },
): Hdu {
  const shape = readDataShape(header);
  const dataOffset = offset + header.bytes;
  return {
    index,
    kind: hduKind(header, { index }),
    name: hduName(header, { index }),
    version: hduVersion(header),
    header,
    shape,
    headerOffset: offset,
    dataOffset,
    end: dataOffset + wholeBlocks(shape.bytes),
    missingBytes: Math.max(0, dataOffset + shape.bytes - size),
  };
}

/**
 * Whether another HDU begins here. Less than a block, or a block of one repeated byte, is fill that some programs leave;
 * anything else that is no header makes `scanHeader` say so.
 */
function* nextIsHdu(
  file: { readonly size: number },
  position: number,
): Generator<ReadRequest, boolean, Uint8Array> {
  const length = Math.min(blockBytes, file.size - position);
  const bytes = yield { position, length };
  const text = Buffer.from(bytes.subarray(0, 9)).toString('latin1');
  if (text.startsWith('XTENSION'.slice(0, length))) return true;
  return length === blockBytes && bytes.some((byte) => byte !== bytes[0]);
}
