/** The percentile of sorted numbers, linearly interpolated between the two nearest. */
export function percentile(sorted: Float64Array, percent: number): number {
  const place = (percent / 100) * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  const part = place - below;
  // Interpolating from the nearer side is what NumPy does; it decides the last bit.
  return part >= 0.5 ? high - (high - low) * (1 - part) : low + (high - low) * part;
}
