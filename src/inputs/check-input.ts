import { CaldpError } from '../errors/caldp-error.ts';
import { checkWholeFits } from '../fits/check-whole-fits.ts';
import { FitsError } from '../fits/fits-error.ts';

/**
 * Makes sure that a FITS file that was brought is whole; files of other kinds are not looked at.
 *
 * @param path - the copy
 * @param options.origin - what it was made from, for messages
 * @throws CaldpError `FITS_INVALID`.
 */
export async function checkInput(
  path: string,
  options: { readonly origin: string; readonly signal: AbortSignal },
): Promise<void> {
  const { origin, signal } = options;
  signal.throwIfAborted();
  if (!path.endsWith('.fits')) return;
  try {
    await checkWholeFits(path);
  } catch (error) {
    if (!(error instanceof FitsError)) throw error;
    throw new CaldpError(`The input \`${origin}\` is not a whole FITS file: ${error.message}`, {
      code: 'FITS_INVALID',
      advice: 'Get the file again from the archive.',
      cause: error,
    });
  }
}
