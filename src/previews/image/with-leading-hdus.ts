import { openSync } from 'node:fs';
import { blockBytes } from '../../fits/block.ts';
import type { ByteSource } from '../../fits/byte-source.ts';
import { FitsError } from '../../fits/fits-error.ts';
import { closeFits, fitsFrom, openFits, type FitsFile } from '../../fits/fits-file.ts';
import { fileSource } from '../../fits/file-source.ts';

/**
 * Opens a file, hands it over and closes it in any case. Of a file whose later HDUs are damaged, those before are there, as for
 * `fitscut`, which never looks further than the image it draws.
 *
 * @param use - gets the file and what is wrong with it behind its last HDU.
 * @throws FitsError where not even the primary header can be read.
 */
export function withLeadingHdus<Result>(
  path: string,
  use: (file: FitsFile, damage: FitsError | undefined) => Result,
): Result {
  const { file, damage } = openLeading(path);
  try {
    return use(file, damage);
  } finally {
    closeFits(file);
  }
}

function openLeading(path: string): {
  readonly file: FitsFile;
  readonly damage: FitsError | undefined;
} {
  try {
    return { file: openFits(path), damage: undefined };
  } catch (error) {
    const end = damageAt(error);
    if (end === undefined || !(error instanceof FitsError)) throw error;
    return { file: openUpTo(fileSource(openSync(path, 'r'), { path }), end), damage: error };
  }
}

function openUpTo(source: ByteSource, size: number): FitsFile {
  try {
    return fitsFrom({ ...source, size });
  } catch (error) {
    // The damage can be blocks after the beginning of its header, which then is what ends too early.
    const end = damageAt(error);
    if (end !== undefined && end < size) return openUpTo(source, end);
    source.close();
    throw error;
  }
}

/** The block in which an extension is damaged; undefined where there is nothing readable before. */
function damageAt(error: unknown): number | undefined {
  if (!(error instanceof FitsError)) return undefined;
  const { hdu = 0, offset = 0 } = error;
  const block = offset - (offset % blockBytes);
  return hdu > 0 && block > 0 ? block : undefined;
}
