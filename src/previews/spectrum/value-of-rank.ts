/**
 * The number that stands at a place when some are sorted, NaN last; found without sorting them all (Hoare's selection), but they
 * change their places.
 *
 * @returns NaN where there is no such place.
 */
export function valueOfRank(numbers: Float64Array, rank: number): number {
  let [from, to] = [0, withoutNan(numbers) - 1];
  if (rank < 0 || rank > to) return NaN;
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
  return numbers[rank] ?? NaN;
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
