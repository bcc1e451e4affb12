import { bytesOf, swapBytes } from './byte-order.ts';
import type { PixelCoding } from './decode-pixels.ts';
import { newPixels, type PixelArray } from './pixel-type.ts';
import { flipSignBits } from './sign-bit.ts';

/**
 * The bytes of values as FITS stores them. The array is left as it is: the bytes are a copy.
 * @throws TypeError where the values are not of the coding's natural type, or the coding scales them, which nothing here writes.
 */
export function encodePixels(
  values: PixelArray,
  { coding }: { readonly coding: PixelCoding },
): Buffer {
  const { stored, scaling } = coding;
  const natural = newPixels(scaling.type, 0);
  if (scaling.kind === 'linear' || values.constructor !== natural.constructor) {
    const expected = scaling.kind === 'linear' ? `unscaled ${stored}` : natural.constructor.name;
    throw new TypeError(`Expected values as ${expected}, got a ${values.constructor.name}.`);
  }
  const copy = values.slice();
  if (scaling.kind === 'flip-sign') flipSignBits(copy);
  swapBytes(copy, { width: copy.BYTES_PER_ELEMENT });
  return bytesOf(copy);
}
