/** The number that stands at a place when some are sorted. */
export interface RankedValue {
  readonly value: number;
  /** The one behind it, or itself where there is none. */
  readonly next: number;
}

/**
 * Finds the number that stands at a place when some are sorted, NaN last, without sorting them all (Hoare's selection); but they
 * change their places.
 *
 * @returns NaN where there is no such place.
 */
export function valueOfRank(numbers: Float64Array, rank: number): RankedValue {
  const last = withoutNan(numbers) - 1;
  if (rank < 0 || rank > last) return { value: NaN, next: NaN };
  let [from, to] = [0, last];
  while (from < to) {
    const pivot = numbers[(from + to) >> 1] ?? NaN;
    let [left, right] = [from, to];
    while (left <= right) {
      while ((numbers[left] ?? NaN) < pivot) left++;
      while ((numbers[right] ?? NaN) > pivot) right--;
      if (left <= right) swap(numbers, left++, right--);
    }
    if (rank <= right) to = right;
    else if (rank >= left) from = left;
    else break;
  }
  const value = numbers[rank] ?? NaN;
  if (rank === numbers.length - 1) return { value, next: value };
  return { value, next: rank === last ? NaN : least(numbers.subarray(rank + 1, last + 1)) };
}

/** The smallest of some numbers. */
function least(numbers: Float64Array): number {
  let smallest = Infinity;
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] ?? NaN;
    if (number < smallest) smallest = number;
  }
  return smallest;
}

/** Puts NaN behind all others and tells how many these are. */
function withoutNan(numbers: Float64Array): number {
  let count = numbers.length;
  for (let index = 0; index < count;) {
    if (Number.isNaN(numbers[index])) swap(numbers, index, --count);
    else index++;
  }
  return count;
}

function swap(numbers: Float64Array, one: number, other: number): void {
  const kept = numbers[one] ?? NaN;
  numbers[one] = numbers[other] ?? NaN;
  numbers[other] = kept;
}
