import { byteOf, positionInRange, stretchFactor } from './stretch.ts';
import { tableReach, tableSteps } from './stretch-table.ts';
import type { ValueRange } from './value-range.ts';

/** One row of one colour. */
export interface ColorRow {
  readonly pixels: Float32Array;
  readonly range: ValueRange;
}

/** The rows of the three colours. */
export interface ColorRows {
  readonly red: ColorRow;
  readonly green: ColorRow;
  readonly blue: ColorRow;
}

interface RowTarget {
  readonly bytes: Uint8Array;
  /** Where the first byte of the row goes. */
  readonly target: number;
  readonly scale: number;
  /** Of `stretchTable`. */
  readonly table: Float64Array;
}

/** Positions up to this are approximated by a multiplication; with larger ones the errors below would not hold. */
const near = 2;
/**
 * Further than this from a whole number, an approximate level has the same byte as the exact one: positions are right to 10⁻⁷, factors
 * to 3·10⁻⁷, and the scale is below 800.
 */
const margin = 1e-3;

/**
 * Draws one row in colour. Levels are approximated by multiplications and a table; the formula itself is evaluated only where the approximation
 * could give another byte, for one pixel in a hundred or so.
 */
export function drawColorRow(rows: ColorRows, options: RowTarget): void {
  const { bytes, scale, table } = options;
  const [red, green, blue] = [rows.red.pixels, rows.green.pixels, rows.blue.pixels];
  const [redLow, greenLow, blueLow] = [
    rows.red.range.low,
    rows.green.range.low,
    rows.blue.range.low,
  ];
  const [perRed, perGreen, perBlue] = [perUnit(rows.red), perUnit(rows.green), perUnit(rows.blue)];
  let target = options.target;
  for (let x = 0; x < red.length; x++, target += 3) {
    const redValue = red[x] ?? NaN;
    const greenValue = green[x] ?? NaN;
    const blueValue = blue[x] ?? NaN;
    const r = redValue === redValue ? (redValue - redLow) * perRed : 0;
    const g = greenValue === greenValue ? (greenValue - greenLow) * perGreen : 0;
    const b = blueValue === blueValue ? (blueValue - blueLow) * perBlue : 0;
    // Of noise, a processor guesses wrong which colour is the brightest; this has no branch, and an error of 10⁻¹⁵ at most.
    const warm = (r + g + Math.abs(r - g)) / 2;
    const brightest = (warm + b + Math.abs(warm - b)) / 2;
    const isMissing = redValue !== redValue && greenValue !== greenValue && blueValue !== blueValue;
    if (r * r + g * g + b * b < near * near && !isMissing) {
      const place = (r + g + b + tableReach) * tableSteps;
      const index = place | 0;
      const below = table[index] ?? NaN;
      const free = below + (place - index) * ((table[index + 1] ?? NaN) - below);
      const factor = scale * (brightest * free > 1 ? 1 / brightest : free);
      const redByte = certainByte(r * factor);
      const greenByte = certainByte(g * factor);
      const blueByte = certainByte(b * factor);
      if ((redByte | greenByte | blueByte) >= 0) {
        bytes[target] = redByte;
        bytes[target + 1] = greenByte;
        bytes[target + 2] = blueByte;
        continue;
      }
    }
    if (isMissing) bytes.fill(255, target, target + 3);
    else drawExactly(rows, { bytes, target, scale, table, x });
  }
}

function perUnit({ range }: ColorRow): number {
  return 1 / (range.high - range.low);
}

/** The byte of an approximate level, or -1 where it is too close to another byte. */
function certainByte(level: number): number {
  const byte = level | 0;
  if (level < 255 && Math.abs(level - byte - 0.5) < 0.5 - margin) return byte;
  if (level < 1 - margin) return 0;
  return level > 255 + margin ? 255 : -1;
}

function drawExactly(rows: ColorRows, options: RowTarget & { readonly x: number }): void {
  const { bytes, target, scale, x } = options;
  const r = exactPosition(rows.red, x);
  const g = exactPosition(rows.green, x);
  const b = exactPosition(rows.blue, x);
  const factor = stretchFactor(r + g + b, Math.max(0, r, g, b));
  bytes[target] = byteOf(r * factor, scale);
  bytes[target + 1] = byteOf(g * factor, scale);
  bytes[target + 2] = byteOf(b * factor, scale);
}

function exactPosition({ pixels, range }: ColorRow, x: number): number {
  const value = pixels[x] ?? NaN;
  return value === value ? positionInRange(value, range) : 0;
}
