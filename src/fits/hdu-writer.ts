import { wholeBlocks } from './block.ts';
import { readDataShape } from './data-shape.ts';
import { encodePixels } from './encode-pixels.ts';
import { FitsError, type FitsPlace } from './fits-error.ts';
import { hduKind } from './hdu.ts';
import type { Header } from './header.ts';
import { readImageLayout } from './image-layout.ts';
import type { NewFile } from './new-file.ts';
import type { PixelArray } from './pixel-type.ts';

/** Takes the data of one HDU, in order. Every HDU must get as many bytes as its header says. */
export interface HduWriter {
  /** Appends values of an image, of the type that the header's BITPIX and BZERO mean; best some rows at a time. */
  writePixels(values: PixelArray): void;
  /** Appends bytes as they are to stand in the file. */
  writeBytes(bytes: Uint8Array): void;
}

interface HduStart {
  /** The file that comes into being, for messages. */
  readonly path: string;
  readonly index: number;
  readonly header: Header;
}

/**
 * Begins an HDU: writes its header, and takes its data until `finish` pads them.
 * @throws FitsError `BAD_HEADER` for a header that does not begin as the HDU of this index must.
 */
export function startHdu(
  file: NewFile,
  options: HduStart,
): HduWriter & { readonly finish: () => void } {
  const { path, index } = options;
  const place = { file: path, hdu: index };
  const header = options.header.copy(place);
  checkBeginning(header, { index });
  const shape = readDataShape(header);
  const kind = hduKind(header, { index });
  file.write(header.toBytes());
  let written = 0;
  const writeBytes = (bytes: Uint8Array): void => {
    written += bytes.length;
    if (written > shape.bytes) throw wrongLength(place, { expected: shape.bytes, written });
    file.write(bytes);
  };
  const layout = kind === 'image' ? readImageLayout({ header, shape, kind }) : undefined;
  const coding = layout?.kind === 'stored' ? layout.coding : undefined;
  return {
    writeBytes,
    writePixels(values) {
      if (coding === undefined) throw wrongLength(place, { expected: 0, written: values.length });
      writeBytes(encodePixels(values, { coding }));
    },
    finish() {
      if (written !== shape.bytes) throw wrongLength(place, { expected: shape.bytes, written });
      const fill = kind === 'ascii-table' ? 0x20 : 0;
      file.write(Buffer.alloc(wholeBlocks(written) - written, fill));
    },
  };
}

function checkBeginning(header: Header, { index }: { readonly index: number }): void {
  const expected = index === 0 ? 'SIMPLE' : 'XTENSION';
  if (header.indexOf(expected) === 0) return;
  throw new FitsError(`expected a header that begins with \`${expected}\`.`, {
    ...header.place,
    code: 'BAD_HEADER',
  });
}

function wrongLength(
  place: FitsPlace,
  { expected, written }: { readonly expected: number; readonly written: number },
): FitsError {
  return new FitsError(`expected ${expected} bytes of data, got ${written}.`, {
    ...place,
    code: 'WRONG_DATA',
  });
}
