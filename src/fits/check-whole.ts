import { FitsError } from './fits-error.ts';
import { readHeaders } from './read-headers.ts';
import type { HduList } from './scan-hdus.ts';

/** Whether a file is a whole FITS file, and if not, why. */
export type WholeCheck =
  | { readonly status: 'whole'; readonly file: HduList }
  | { readonly status: 'damaged'; readonly error: FitsError };

/**
 * Tells whether a file is a whole FITS file: every header can be read, every HDU has its data and padding, and there are as many
 * extensions as NEXTEND says, or more (drizzling adds some). Reads headers only, so data may still be wrong: see
 * `verifyChecksums`. A file still being written is damaged until its last byte is there.
 * @throws the system's own error where the file cannot be read, and the reason of the signal.
 */
export async function checkWholeFits(
  path: string,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<WholeCheck> {
  try {
    const file = await readHeaders(path, options);
    checkLast(file, path);
    checkExtensions(file, path);
    return { status: 'whole', file };
  } catch (error) {
    if (error instanceof FitsError) return { status: 'damaged', error };
    throw error;
  }
}

function checkLast({ hdus, size }: HduList, path: string): void {
  const last = hdus.at(-1);
  if (last === undefined || last.end <= size) return;
  throw new FitsError(
    `expected ${last.end} bytes with the padding of the last block, found ${size}.`,
    {
      file: path,
      hdu: last.index,
      offset: last.dataOffset,
      code: 'TRUNCATED',
    },
  );
}

function checkExtensions({ hdus }: HduList, path: string): void {
  const expected = hdus[0]?.header.card('NEXTEND')?.value;
  if (expected?.kind !== 'integer' || hdus.length - 1 >= expected.value) return;
  throw new FitsError(
    `expected ${expected.value} extensions (NEXTEND), found ${hdus.length - 1}.`,
    {
      file: path,
      code: 'TRUNCATED',
    },
  );
}
