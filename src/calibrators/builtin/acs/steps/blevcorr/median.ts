/** The median of the first `count` numbers, which are sorted in place; of an even number the mean of the middle two. */
export function medianOf(values: Float64Array, count: number): number {
  const used = values.subarray(0, count).sort();
  const middle = Math.floor(count / 2);
  const upper = used[middle] ?? Number.NaN;
  return count % 2 === 1 ? upper : ((used[middle - 1] ?? Number.NaN) + upper) / 2;
}
