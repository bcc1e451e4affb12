/** More stretches than any spectrum has orders, exposures or segments: merging takes the square of their count. */
const mostStretches = 1000;

/**
 * The indices of some numbers in ascending order of these. Stretches that ascend already, as segments and orders do, are put behind
 * each other and merged where they overlap; numbers in disorder, as in a damaged file, are sorted.
 *
 * @returns undefined where the numbers are in that order already.
 */
export function ascendingOrder(numbers: Float64Array): Uint32Array | undefined {
  const stretches = ascendingStretches(numbers);
  if (stretches.length <= 1) return undefined;
  if (stretches.length > mostStretches) return sortedIndices(numbers);
  stretches.sort((one, other) => (numbers[one.from] ?? NaN) - (numbers[other.from] ?? NaN));
  const order = new Uint32Array(numbers.length);
  let filled = 0;
  for (const { from, to } of stretches) {
    mergeBehind(order, { numbers, filled, from, to });
    filled += to - from;
  }
  return order;
}

function sortedIndices(numbers: Float64Array): Uint32Array {
  return Uint32Array.from(numbers.keys()).sort(
    (one, other) => (numbers[one] ?? NaN) - (numbers[other] ?? NaN),
  );
}

/** Some consecutive indices: the first, and the first behind them. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

function ascendingStretches(numbers: Float64Array): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (let to = 1; to <= numbers.length; to++) {
    if ((numbers[to] ?? NaN) >= (numbers[to - 1] ?? NaN)) continue;
    stretches.push({ from, to });
    from = to;
  }
  return stretches;
}

/** Merges a stretch into the first `filled` indices from the back, until those in front of it are smaller. */
function mergeBehind(
  order: Uint32Array,
  options: Stretch & { readonly numbers: Float64Array; readonly filled: number },
): void {
  const { numbers, filled, from, to } = options;
  let before = filled - 1;
  let place = filled + to - from - 1;
  for (let index = to - 1; index >= from; place--) {
    const last = order[before] ?? 0;
    if (before >= 0 && (numbers[last] ?? NaN) > (numbers[index] ?? NaN)) {
      order[place] = last;
      before--;
    } else {
      order[place] = index;
      index--;
    }
  }
}
