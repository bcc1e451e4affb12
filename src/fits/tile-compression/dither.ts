import type { ReusedMemory } from '../reused-memory.ts';

const count = 10_000;
const zeroValue = -2_147_483_646;

/**
 * The 10,000 random numbers of the FITS standard (4.0, appendix I): a linear congruential generator with seed 1, in single precision.
 */
export function ditherNumbers(): Float32Array {
  const multiplier = 16_807;
  const modulus = 2_147_483_647;
  const numbers = new Float32Array(count);
  let seed = 1;
  for (let index = 0; index < count; index++) {
    seed = (multiplier * seed) % modulus;
    numbers[index] = seed / modulus;
  }
  return numbers;
}

/** What the integers of a tile of a floating-point image stand for. */
export interface Quantization {
  readonly scale: number;
  readonly zero: number;
  readonly blank: number | undefined;
  readonly method: 'none' | 1 | 2;
  /** ZDITHER0 plus the number of the tile, counted from 0. */
  readonly seed: number;
}

/**
 * Turns the integers of a tile back into the floating-point values that they stand for: NaN for the blank one, and with
 * dithering less a random number that was added before rounding.
 *
 * @param options.numbers - of `ditherNumbers`.
 * @param options.memory - for the result.
 */
export function unquantize(
  integers: ArrayLike<number>,
  options: Quantization & { readonly numbers: Float32Array; readonly memory: ReusedMemory },
): Float32Array {
  const { scale, zero, blank, method, numbers, memory } = options;
  const values = new Float32Array(memory(4 * integers.length), 0, integers.length);
  let row = (options.seed - 1) % count;
  let place = startOf(numbers, row);
  for (let index = 0; index < integers.length; index++) {
    const integer = integers[index] ?? 0;
    const random = method === 'none' ? 0.5 : (numbers[place] ?? 0);
    if (integer === blank) values[index] = NaN;
    else if (method === 2 && integer === zeroValue) values[index] = 0;
    else values[index] = (integer - random + 0.5) * scale + zero;
    place++;
    if (place === count) {
      row = (row + 1) % count;
      place = startOf(numbers, row);
    }
  }
  return values;
}

function startOf(numbers: Float32Array, row: number): number {
  return Math.trunc((numbers[row] ?? 0) * 500);
}
