import { byteOf, stretchFactor } from './stretch.ts';
import { stretchTable } from './stretch-table.ts';

/** The positions of one pixel in the ranges of the three colours, and the index of its first byte. */
export interface ColorPosition {
  readonly target: number;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Further than this from a whole number, the level by the table has the same byte as the exact one. */
const margin = 1e-3;

/**
 * Makes the function that stretches one pixel and writes its three bytes. It works with a table and evaluates the formula
 * itself where the table could give another byte, about one pixel in two hundred.
 */
export function colorPixel(options: {
  readonly scale: number;
}): (bytes: Uint8Array, at: ColorPosition) => void {
  const { scale } = options;
  const tabled = stretchTable();
  return (bytes, { target, red, green, blue }) => {
    const sum = red + green + blue;
    const brightest = Math.max(0, red, green, blue);
    const free = tabled(sum);
    const factor = scale * (brightest * free > 1 ? 1 / brightest : free);
    const r = certainByte(red * factor);
    const g = certainByte(green * factor);
    const b = certainByte(blue * factor);
    if (r >= 0 && g >= 0 && b >= 0) {
      bytes[target] = r;
      bytes[target + 1] = g;
      bytes[target + 2] = b;
    } else {
      const exact = stretchFactor(sum, brightest);
      bytes[target] = byteOf(red * exact, scale);
      bytes[target + 1] = byteOf(green * exact, scale);
      bytes[target + 2] = byteOf(blue * exact, scale);
    }
  };
}

/** The byte of an approximate level, or -1 where it is too close to another byte or no number. */
function certainByte(level: number): number {
  if (level < 1 - margin) return 0;
  if (level > 255 + margin) return 255;
  const byte = level | 0;
  const rest = level - byte;
  return rest > margin && rest < 1 - margin ? byte : -1;
}
