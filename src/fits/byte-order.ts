import { endianness } from 'node:os';

/** The same bytes as another view sees them. */
export function bytesOf(array: ArrayBufferView): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

/**
 * Turns values from the byte order of FITS (big-endian) to that of this machine, or back, in place.
 * @param options.width bytes of one value: 1, 2, 4 or 8
 */
export function swapBytes(array: ArrayBufferView, { width }: { readonly width: number }): void {
  if (endianness() === 'BE' || width === 1) return;
  const bytes = bytesOf(array);
  if (width === 2) bytes.swap16();
  else if (width === 4) bytes.swap32();
  else bytes.swap64();
}
