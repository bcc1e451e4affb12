import { FitsError } from '../fits-error.ts';
import type { Header } from '../header.ts';

/** A way of compressing tiles, with what its parameters say (FITS 4.0, section 10.4). */
export type TileAlgorithm =
  | {
      readonly name: 'RICE_1';
      /** Values with the same number of low bits. */
      readonly blockSize: number;
      /** Bytes of a value. */
      readonly bytes: 1 | 2 | 4;
    }
  | { readonly name: 'GZIP_1' | 'GZIP_2' | 'PLIO_1' | 'NOCOMPRESS' }
  | {
      readonly name: 'HCOMPRESS_1';
      /** Whether coefficients that were rounded are to be smoothed. */
      readonly smooth: boolean;
    };

/**
 * Reads ZCMPTYPE and its parameters.
 *
 * @throws FitsError `NOT_SUPPORTED` for other algorithms, `BAD_HEADER` for parameters that make no sense.
 */
export function readTileAlgorithm(header: Header): TileAlgorithm {
  const name = header.string('ZCMPTYPE').trim();
  switch (name) {
    case 'RICE_1':
    case 'RICE_ONE':
      return readRice(header);
    case 'GZIP_1':
    case 'GZIP_2':
    case 'PLIO_1':
    case 'NOCOMPRESS':
      return { name };
    case 'HCOMPRESS_1':
      return { name, smooth: (parameter(header, 'SMOOTH') ?? 0) !== 0 };
    default:
      throw new FitsError(
        `tiles compressed with \`${name}\` are not supported; RICE_1, GZIP_1, GZIP_2, PLIO_1, HCOMPRESS_1 and NOCOMPRESS are.`,
        { ...header.place, code: 'NOT_SUPPORTED' },
      );
  }
}

function readRice(header: Header): TileAlgorithm {
  const blockSize = parameter(header, 'BLOCKSIZE') ?? 32;
  const bytes = parameter(header, 'BYTEPIX') ?? 4;
  if ((bytes === 1 || bytes === 2 || bytes === 4) && blockSize > 0) {
    return { name: 'RICE_1', blockSize, bytes };
  }
  throw new FitsError(
    `expected Rice values of 1, 2 or 4 bytes in blocks, found ${bytes} bytes in blocks of ${blockSize}.`,
    { ...header.place, code: 'BAD_HEADER' },
  );
}

/** A parameter of the algorithm: the ZVALn beside the ZNAMEn with its name. */
function parameter(header: Header, name: string): number | undefined {
  for (let index = 1; header.has(`ZNAME${index}`); index++) {
    if (header.string(`ZNAME${index}`).trim() === name) return header.integer(`ZVAL${index}`);
  }
  return undefined;
}
