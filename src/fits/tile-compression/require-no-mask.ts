import { FitsError } from '../fits-error.ts';
import type { Hdu } from '../hdu.ts';

/**
 * Refuses a tile-compressed image whose missing pixels stand in a mask of its own (FITS 4.0, section 10.2.2). The mask is not read,
 * nor by cfitsio: without it, missing pixels have values.
 *
 * @throws FitsError `NOT_SUPPORTED`.
 */
export function requireNoMask({ header }: Hdu): void {
  if (!header.has('ZMASKCMP')) return;
  throw new FitsError(
    `expected no mask of missing pixels, found one compressed with \`${header.string('ZMASKCMP', { default: '' }).trim()}\`; it cannot be read, and without it missing pixels would count as values.`,
    { ...header.place, code: 'NOT_SUPPORTED' },
  );
}
