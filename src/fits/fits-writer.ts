import { wholeBlocks } from './block.ts';
import { readDataShape } from './data-shape.ts';
import { encodePixels } from './encode-pixels.ts';
import { FitsError, type FitsPlace } from './fits-error.ts';
import type { FitsFile } from './fits-file.ts';
import { hduKind, type Hdu } from './hdu.ts';
import type { Header } from './header.ts';
import { readImageLayout } from './image-layout.ts';
import { createFile, type NewFile } from './new-file.ts';
import type { PixelArray } from './pixel-type.ts';

/** Takes the data of one HDU, in order. Every HDU must get as many bytes as its header says. */
export interface HduWriter {
  /** Appends values of an image, of the type that the header's BITPIX and BZERO mean; best some rows at a time. */
  writePixels(values: PixelArray): void;
  /** Appends bytes as they are to stand in the file. */
  writeBytes(bytes: Uint8Array): void;
}

/** Makes a file of HDUs, one after another. */
export interface FitsWriter {
  /**
   * Ends the HDU before and begins one with this header, written card by card as it is. The first must begin with SIMPLE, others
   * with XTENSION (see `imageHeader`).
   */
  addHdu(header: Header): HduWriter;
  /** Adds an HDU of another file, its data byte for byte; with `header` in place of its own, which must tell the same size. */
  copyHdu(file: FitsFile, hdu: Hdu, options?: { readonly header?: Header }): void;
}

/** What `copyHdu` reads at a time. */
const copyBytes = 1 << 20;

/**
 * Writes a file synchronously, under a temporary name beside the target; when the function returns, the file is synced and takes
 * the place of the target, with another file of that name replaced whole. When it throws, nothing is left of the new file.
 * @throws FitsError `WRONG_DATA` where an HDU did not get the data its header tells; the system's own errors.
 */
export function writeFits(path: string, write: (writer: FitsWriter) => void): void {
  const file = createFile(path);
  try {
    const state = startWriting(file, path);
    write(state.writer);
    state.finish();
    file.commit();
  } catch (error) {
    file.abandon();
    throw error;
  }
}

function startWriting(
  file: NewFile,
  path: string,
): { readonly writer: FitsWriter; readonly finish: () => void } {
  let index = -1;
  let finishHdu = (): void => {
    throw new FitsError('expected at least one HDU.', { file: path, code: 'WRONG_DATA' });
  };
  const addHdu = (header: Header): HduWriter => {
    if (index >= 0) finishHdu();
    index += 1;
    const data = startHdu(file, { path, index, header });
    finishHdu = data.finish;
    return data;
  };
  const copyHdu: FitsWriter['copyHdu'] = (from, hdu, { header = hdu.header } = {}) => {
    const target = addHdu(header);
    for (let position = 0; position < hdu.shape.bytes; position += copyBytes) {
      const bytes = new Uint8Array(Math.min(copyBytes, hdu.shape.bytes - position));
      from.source.read(bytes, { position: hdu.dataOffset + position });
      target.writeBytes(bytes);
    }
  };
  return {
    writer: { addHdu, copyHdu },
    finish: () => {
      finishHdu();
    },
  };
}

function startHdu(
  file: NewFile,
  options: { readonly path: string; readonly index: number; readonly header: Header },
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
  return {
    writeBytes,
    writePixels(values) {
      if (layout?.kind !== 'stored')
        throw wrongLength(place, { expected: 0, written: values.length });
      writeBytes(encodePixels(values, { coding: layout.coding }));
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
