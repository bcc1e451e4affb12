import { FitsError } from './fits-error.ts';
import type { Hdu } from './hdu.ts';

/**
 * Refuses data that the file does not have, before memory for them is asked for.
 * @param options.bytes how many of the HDU's data are needed, from their start
 * @throws FitsError `TRUNCATED`
 */
export function checkPresent(hdu: Hdu, { bytes }: { readonly bytes: number }): void {
  const present = hdu.shape.bytes - hdu.missingBytes;
  if (bytes <= present) return;
  throw new FitsError(`expected ${bytes} bytes of data, the file ends after ${present} of them.`, {
    ...hdu.header.place,
    offset: hdu.dataOffset,
    code: 'TRUNCATED',
  });
}
