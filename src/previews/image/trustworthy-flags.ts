import { isFlagged } from './flag-bits.ts';

const leastShare = 0.1;

/**
 * The flags, or undefined where they would leave less than a tenth of the pixels to find the range by: then all have a say.
 */
export function trustworthyFlags(flags: Uint8Array, pixels: Float32Array): Uint8Array | undefined {
  if (!isAnySet(flags)) return undefined;
  let good = 0;
  let trusted = 0;
  for (let index = 0; index < pixels.length; index++) {
    const value = pixels[index] ?? NaN;
    if (value !== value) continue;
    good++;
    if (!isFlagged(flags, index)) trusted++;
  }
  return trusted >= leastShare * good ? flags : undefined;
}

function isAnySet(flags: Uint8Array): boolean {
  for (let index = 0; index < flags.length; index++) {
    if (flags[index] !== 0) return true;
  }
  return false;
}
