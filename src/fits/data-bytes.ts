import { checkPresent } from './check-present.ts';
import type { FitsFile } from './fits-file.ts';
import type { Hdu } from './hdu.ts';

/**
 * The data of an HDU as they stand in the file, without padding; `from` and `count` in bytes, default all.
 * @throws FitsError `TRUNCATED`; RangeError outside the data.
 */
export function readDataBytes(
  file: FitsFile,
  hdu: Hdu,
  {
    from = 0,
    count = hdu.shape.bytes - from,
  }: { readonly from?: number; readonly count?: number } = {},
): Buffer {
  if (from < 0 || count < 0 || from + count > hdu.shape.bytes) {
    throw new RangeError(
      `Expected bytes within ${hdu.shape.bytes}, got ${from} and ${count} more.`,
    );
  }
  checkPresent(hdu, { bytes: from + count });
  const bytes = Buffer.allocUnsafe(count);
  file.source.read(bytes, { position: hdu.dataOffset + from });
  return bytes;
}
