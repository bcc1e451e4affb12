import { FitsError } from './fits-error.ts';
import type { FitsFile } from './fits-file.ts';
import type { Hdu } from './hdu.ts';
import { startHdu, type HduWriter } from './hdu-writer.ts';
import type { Header } from './header.ts';
import { createFile, type NewFile } from './new-file.ts';

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
