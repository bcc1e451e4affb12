import { stretchFactor } from './stretch.ts';

const reach = 16;
const stepsPerUnit = 2048;

/**
 * Makes a fast approximation of the stretch factor of a pixel that is not clipped: right to 10⁻⁷, NaN for sums beyond ±16.
 */
export function stretchTable(): (sum: number) => number {
  const factors = Float64Array.from({ length: 2 * reach * stepsPerUnit + 2 }, (_, index) =>
    stretchFactor(index / stepsPerUnit - reach, 0),
  );
  return (sum) => {
    const place = (sum + reach) * stepsPerUnit;
    if (!(place >= 0 && place <= 2 * reach * stepsPerUnit)) return NaN;
    const index = place | 0;
    const below = factors[index] ?? NaN;
    return below + (place - index) * ((factors[index + 1] ?? NaN) - below);
  };
}
