/** The median of some numbers, the mean of the middle two where their count is even; NaN for none. The numbers get sorted. */
export function median(numbers: Float64Array): number {
  numbers.sort();
  const middle = numbers.length / 2;
  if (Number.isInteger(middle)) {
    return ((numbers[middle - 1] ?? NaN) + (numbers[middle] ?? NaN)) / 2;
  }
  return numbers[Math.floor(middle)] ?? NaN;
}
