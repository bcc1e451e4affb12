import { isFlagged } from './flag-bits.ts';

/** The pixels of an image that have a say, in ascending order, without holding them. */
export interface OrderStatistics {
  /** How many there are. */
  readonly count: number;
  /** The value of a rank; 0 is the lowest. */
  valueAt(rank: number): number;
}

/** Cells of the first histogram: the upper half of the bits of a number. Those of negative numbers are the first half. */
const cells = 1 << 16;
const negative = cells / 2;
/** The cells of finite numbers; those of NaN and infinity lie outside. */
const firstFinite = 0x0080;
const lastFinite = 0xff7f;

/**
 * Finds pixels by their rank, exactly, in two passes: a histogram of the upper halves of their bits, then one of the lower halves
 * in the cells that hold the ranks. Much faster than sorting, and needs no division as a histogram of equal bins does.
 *
 * @param pixels - NaN and infinite ones do not count.
 * @param options.ranks - the ranks that will be asked for, of a number of pixels.
 * @param options.flagged - one bit a pixel: those do not count either.
 */
export function orderStatistics(
  pixels: Float32Array,
  options: {
    readonly ranks: (count: number) => readonly number[];
    readonly flagged: Uint8Array | undefined;
  },
): OrderStatistics {
  const bits = new Int32Array(pixels.buffer, pixels.byteOffset, pixels.length);
  const upper = countUpper(bits, options.flagged);
  const count = upper.subarray(firstFinite, lastFinite + 1).reduce((sum, cell) => sum + cell, 0);
  const ranks = count > 0 ? options.ranks(count) : [];
  const needed = new Set(ranks.map((rank) => findRank(upper, { rank, from: firstFinite }).cell));
  const lowers = countLower(bits, { needed: [...needed], flagged: options.flagged });
  return {
    count,
    valueAt(rank) {
      const { cell, before } = findRank(upper, { rank, from: firstFinite });
      const lower = lowers.get(cell);
      if (lower === undefined)
        throw new RangeError(`Expected a rank asked for before, got ${rank}.`);
      return valueOf(cell * cells + findRank(lower, { rank: rank - before, from: 0 }).cell);
    },
  };
}

/** The value of a number whose order as unsigned integer is that of the values: the sign bit turned, negative ones mirrored. */
function valueOf(key: number): number {
  const bits = key >= 0x80000000 ? key ^ 0x80000000 : ~key;
  return new Float32Array(Int32Array.of(bits).buffer)[0] ?? NaN;
}

function countUpper(bits: Int32Array, flagged: Uint8Array | undefined): Int32Array {
  const counts = new Int32Array(cells);
  if (flagged === undefined) {
    for (let index = 0; index < bits.length; index++) {
      const cell = ((bits[index] ?? 0) >> 16) + negative;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  } else {
    for (let index = 0; index < bits.length; index++) {
      if (isFlagged(flagged, index)) continue;
      const cell = ((bits[index] ?? 0) >> 16) + negative;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  // By their bits, negative numbers are in descending order.
  counts.subarray(0, negative).reverse();
  return counts;
}

function countLower(
  bits: Int32Array,
  options: { readonly needed: readonly number[]; readonly flagged: Uint8Array | undefined },
): ReadonlyMap<number, Int32Array> {
  const { needed, flagged } = options;
  // Which of the needed cells a cell is, from 1; 0 for none: a look-up in a map for every pixel would be slow.
  const number = new Uint8Array(cells);
  needed.forEach((cell, index) => {
    number[cell < negative ? negative - 1 - cell : cell] = index + 1;
  });
  const all = new Int32Array((needed.length + 1) * cells);
  for (let index = 0; index < bits.length; index++) {
    const pixel = bits[index] ?? 0;
    const which = number[(pixel >> 16) + negative] ?? 0;
    if (which === 0 || (flagged !== undefined && isFlagged(flagged, index))) continue;
    const place = which * cells + (pixel & 0xffff);
    all[place] = (all[place] ?? 0) + 1;
  }
  const lowers = needed.map((cell, index) => {
    const lower = all.subarray((index + 1) * cells, (index + 2) * cells);
    return [cell, cell < negative ? lower.reverse() : lower] as const;
  });
  return new Map(lowers);
}

function findRank(
  counts: Int32Array,
  options: { readonly rank: number; readonly from: number },
): { readonly cell: number; readonly before: number } {
  let before = 0;
  let cell = options.from;
  while (cell < cells - 1 && before + (counts[cell] ?? 0) <= options.rank) {
    before += counts[cell] ?? 0;
    cell++;
  }
  return { cell, before };
}
