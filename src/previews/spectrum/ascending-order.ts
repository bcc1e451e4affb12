/**
 * The indices of some numbers in ascending order of these; of equal ones the first stays first. A natural merge sort: stretches
 * that ascend already, as orders and segments do, are merged, not sorted.
 *
 * @returns undefined where the numbers are in that order already.
 */
export function ascendingOrder(numbers: Float64Array): Uint32Array | undefined {
  let ends = endsOfStretches(numbers);
  if (ends.length === 1) return undefined;
  let order = new Uint32Array(numbers.length).map((_, index) => index);
  let merged = new Uint32Array(numbers.length);
  while (ends.length > 1) {
    let from = 0;
    for (let pair = 0; pair < ends.length; pair += 2) {
      const middle = ends[pair] ?? 0;
      const to = ends[pair + 1] ?? middle;
      merge(order, { numbers, merged, from, middle, to });
      from = to;
    }
    [order, merged] = [merged, order];
    ends = ends.filter((_, pair) => pair % 2 === 1 || pair === ends.length - 1);
  }
  return order;
}

/** Where stretches that do not descend end, each the first index behind one. */
function endsOfStretches(numbers: Float64Array): readonly number[] {
  const ends: number[] = [];
  for (let index = 1; index < numbers.length; index++) {
    if (!((numbers[index] ?? NaN) >= (numbers[index - 1] ?? NaN))) ends.push(index);
  }
  return [...ends, numbers.length];
}

function merge(
  order: Uint32Array,
  options: {
    readonly numbers: Float64Array;
    readonly merged: Uint32Array;
    readonly from: number;
    readonly middle: number;
    readonly to: number;
  },
): void {
  const { numbers, merged, from, middle, to } = options;
  let [left, right] = [from, middle];
  for (let place = from; place < to; place++) {
    const one = order[left] ?? 0;
    const other = order[right] ?? 0;
    const takeLeft =
      left < middle && !(right < to && (numbers[other] ?? NaN) < (numbers[one] ?? NaN));
    merged[place] = takeLeft ? one : other;
    if (takeLeft) left++;
    else right++;
  }
}
