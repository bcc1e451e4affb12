import type { ByteSource } from './byte-source.ts';
import { fileSource } from './file-source.ts';
import { FitsError } from './fits-error.ts';
import { isGzip, unpackGzip } from './gzip-input.ts';
import type { Hdu } from './hdu.ts';
import { memorySource } from './memory-source.ts';
import { openRegularSync } from './open-regular.ts';
import { scanHdus, type HduList } from './scan-hdus.ts';

/** A file whose HDUs are known and whose data can be read. */
export interface FitsFile extends HduList {
  /** The primary HDU. */
  readonly primary: Hdu;
  readonly source: ByteSource;
}

/**
 * Opens a file and reads its headers, synchronously; close it with `closeFits`. Data are read when asked for.
 * A gzip file is unpacked into memory (see `unpackGzip`), any other is read through its descriptor.
 * @throws FitsError for what is not FITS; the system's own error where the file cannot be opened.
 */
export function openFits(path: string): FitsFile {
  const source = fileSource(openRegularSync(path), { path });
  try {
    return isGzip(source) ? fitsFrom(unpackGzip(source)) : fitsFrom(source);
  } catch (error) {
    source.close();
    throw error;
  }
}

/** Reads the headers of a source. */
export function fitsFrom(source: ByteSource): FitsFile {
  const scan = scanHdus(source);
  let step = scan.next();
  while (step.done !== true) {
    const bytes = new Uint8Array(step.value.length);
    source.read(bytes, { position: step.value.position });
    step = scan.next(bytes);
  }
  const list = step.value;
  return { ...list, primary: primaryOf(list, source), source };
}

/** A file in memory, as FITS. */
export function fitsFromBytes(bytes: Uint8Array, { path }: { readonly path: string }): FitsFile {
  const source = memorySource(bytes, { path });
  return fitsFrom(isGzip(source) ? unpackGzip(source) : source);
}

/** Closes the descriptor of a file; closing twice is harmless. */
export function closeFits(file: FitsFile): void {
  file.source.close();
}

/** Opens a file, hands it to a synchronous function and closes it in any case. */
export function withFits<Result>(path: string, use: (file: FitsFile) => Result): Result {
  const file = openFits(path);
  try {
    return use(file);
  } finally {
    closeFits(file);
  }
}

/** The first HDU with a name (EXTNAME, any case) and version (EXTVER, default: any). */
export function findHdu(
  file: HduList,
  options: { readonly name: string; readonly version?: number },
): Hdu | undefined {
  const name = options.name.toUpperCase();
  return file.hdus.find(
    (hdu) =>
      hdu.name.toUpperCase() === name &&
      (options.version === undefined || hdu.version === options.version),
  );
}

/**
 * The same, where it must be there.
 * @throws FitsError `NO_SUCH_HDU`.
 */
export function requireHdu(
  file: FitsFile,
  options: { readonly name: string; readonly version?: number },
): Hdu {
  const hdu = findHdu(file, options);
  if (hdu !== undefined) return hdu;
  const wanted = [options.name, options.version].filter((part) => part !== undefined).join(',');
  const found = file.hdus.map(({ name, version }) => `${name},${version}`).join(' ');
  throw new FitsError(`expected an HDU \`${wanted}\`, found ${found}.`, {
    file: file.source.path,
    code: 'NO_SUCH_HDU',
  });
}

function primaryOf(list: HduList, source: ByteSource): Hdu {
  const [primary] = list.hdus;
  if (primary !== undefined) return primary;
  throw new FitsError('expected a primary HDU.', { file: source.path, code: 'NOT_FITS' });
}
