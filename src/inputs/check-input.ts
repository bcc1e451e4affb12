import { CaldpError } from '../errors/caldp-error.ts';
import { checkWholeFits } from '../fits/check-whole.ts';
import type { Header } from '../fits/header.ts';
import type { DatasetName } from '../hst/dataset-name.ts';

/**
 * Makes sure that a FITS file that was brought is whole and of the instrument that the dataset's name tells; files of other kinds
 * are not looked at. Reads headers only.
 *
 * @param path - the copy
 * @param options.origin - what it was made from, for messages
 * @throws CaldpError `FITS_INVALID`, `INSTRUMENT_MISMATCH`.
 */
export async function checkInput(
  path: string,
  options: { readonly dataset: DatasetName; readonly origin: string; readonly signal: AbortSignal },
): Promise<void> {
  const { origin, signal } = options;
  if (!path.endsWith('.fits')) return;
  const check = await checkWholeFits(path, { signal });
  if (check.status === 'damaged') {
    throw new CaldpError(
      `The input \`${origin}\` is not a whole FITS file: ${check.error.message}`,
      {
        code: 'FITS_INVALID',
        advice: 'Get the file again from the archive.',
        cause: check.error,
      },
    );
  }
  checkInstrument(check.file.hdus[0]?.header, options);
}

/** A file without the keyword passes: support files of some eras lack it. */
function checkInstrument(
  header: Header | undefined,
  { dataset, origin }: { readonly dataset: DatasetName; readonly origin: string },
): void {
  const value = header?.card('INSTRUME')?.value;
  if (value?.kind !== 'string' || dataset.kind === 'mvm') return;
  const found = value.value.trim();
  if (found.toLowerCase() === dataset.instrument) return;
  const expected = dataset.instrument.toUpperCase();
  throw new CaldpError(
    `The input \`${origin}\` is of the instrument \`${found}\` (INSTRUME); expected \`${expected}\`, which the name of \`${dataset.id}\` tells.`,
    {
      code: 'INSTRUMENT_MISMATCH',
      advice: 'Put the file of this dataset there, or process the file under its own name.',
    },
  );
}
