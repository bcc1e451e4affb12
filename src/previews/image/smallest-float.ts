/** The largest finite number of single precision. */
export const maxFloat32 = 3.4028234663852886e38;

/**
 * Finds the smallest number of single precision for which a condition holds, by bisection over all of them.
 *
 * @param holds - once true for a number, true for every greater one up to the largest.
 * @param options.from - where to begin.
 * @returns Infinity where it holds for no finite number.
 */
export function smallestFloat(
  holds: (value: number) => boolean,
  options: { readonly from: number },
): number {
  if (!holds(maxFloat32)) return Infinity;
  const order = floatOrder();
  let low = order.rank(options.from);
  let high = order.rank(maxFloat32);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(order.value(middle))) high = middle;
    else low = middle + 1;
  }
  return order.value(low);
}

/** Numbers every finite single in ascending order: the bit pattern as an integer, mirrored for negative ones. */
function floatOrder(): { rank(value: number): number; value(rank: number): number } {
  const bits = new Int32Array(1);
  const floats = new Float32Array(bits.buffer);
  const mirror = (pattern: number): number => (pattern < 0 ? pattern ^ 0x7fffffff : pattern);
  return {
    rank: (value) => {
      floats[0] = value;
      return mirror(bits[0] ?? 0);
    },
    value: (rank) => {
      bits[0] = mirror(rank);
      return floats[0] ?? 0;
    },
  };
}
