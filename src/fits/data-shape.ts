import { wholeBlocks } from './block.ts';
import { FitsError } from './fits-error.ts';
import type { Header } from './header.ts';

/** How values are stored: the number of their bits, negative for floating-point ones. */
export type Bitpix = 8 | 16 | 32 | 64 | -32 | -64;

/** What the structural keywords of a header say about the data that follow it. */
export interface DataShape {
  readonly bitpix: Bitpix;
  /** NAXIS1, NAXIS2, ...: the first one runs fastest. */
  readonly axes: readonly number[];
  /** PCOUNT: bytes after a table (heap and gap), or parameters of a random group. */
  readonly parameters: number;
  /** Without padding. */
  readonly bytes: number;
}

/**
 * Reads BITPIX, NAXIS, NAXISn, PCOUNT and GCOUNT (FITS 4.0, equations 1, 2 and 4).
 * @throws FitsError for values outside the standard and for sizes that a number cannot hold exactly.
 */
export function readDataShape(header: Header): DataShape {
  const bitpix = readBitpix(header, 'BITPIX');
  const naxis = readCount(header, 'NAXIS', { largest: 999 });
  const axes = Array.from({ length: naxis }, (_, axis) =>
    readCount(header, `NAXIS${axis + 1}`, { largest: Number.MAX_SAFE_INTEGER }),
  );
  const extra = { largest: Number.MAX_SAFE_INTEGER };
  const parameters = readCount(header, 'PCOUNT', { ...extra, default: 0 });
  const groups = readCount(header, 'GCOUNT', { ...extra, default: 1 });
  const bytes = dataBytes({ bitpix, axes, parameters, groups });
  if (!Number.isSafeInteger(wholeBlocks(bytes))) {
    throw bad(header, 'NAXIS', `data of ${axes.join(' x ')} values are larger than any file`);
  }
  return { bitpix, axes, parameters, bytes };
}

function dataBytes(shape: Omit<DataShape, 'bytes'> & { readonly groups: number }): number {
  const { bitpix, axes, parameters, groups } = shape;
  if (axes.length === 0) return 0;
  // Random groups are told by NAXIS1 = 0 with further axes.
  const counted = axes[0] === 0 && axes.length > 1 && parameters > 0 ? axes.slice(1) : axes;
  const values = counted.reduce((product, length) => product * length, 1);
  return (Math.abs(bitpix) / 8) * groups * (parameters + values);
}

/**
 * Reads BITPIX, or the keyword that holds it where a table stands for an image.
 * @throws FitsError for values outside the standard.
 */
export function readBitpix(header: Header, keyword: 'BITPIX' | 'ZBITPIX'): Bitpix {
  const bitpix = header.integer(keyword);
  switch (bitpix) {
    case 8:
    case 16:
    case 32:
    case 64:
    case -32:
    case -64:
      return bitpix;
    default:
      throw bad(header, keyword, `expected 8, 16, 32, 64, -32 or -64, found ${bitpix}`);
  }
}

function readCount(
  header: Header,
  keyword: string,
  options: { readonly largest: number; readonly default?: number },
): number {
  const count = header.integer(keyword, options);
  if (count >= 0 && count <= options.largest) return count;
  throw bad(header, keyword, `expected a number from 0 to ${options.largest}, found ${count}`);
}

function bad(header: Header, keyword: string, reason: string): FitsError {
  const offset = (header.place.offset ?? 0) + Math.max(0, header.indexOf(keyword)) * 80;
  return new FitsError(`\`${keyword}\`: ${reason}.`, {
    ...header.place,
    offset,
    code: 'BAD_HEADER',
  });
}
