import type { Detector } from '../detectors/detector.ts';
import type { RandomStream } from '../random/random-stream.ts';

/** A point source on a chip. */
export interface Star {
  /** Pixels of the light-sensitive part of the chip, from the centre of its lower left pixel. */
  readonly x: number;
  readonly y: number;
  /** Electrons for each second. */
  readonly flux: number;
}

/**
 * The stars on one chip: half of them spread evenly, half in a cluster about its middle, with fluxes
 * distributed as the inverse square (dN/dF as F^-2).
 */
export function starsOf(
  { stars, chips }: Detector,
  { random }: { readonly random: RandomStream },
): readonly Star[] {
  const { width, height } = chips[0]?.light ?? { width: 0, height: 0 };
  const { count, faintest, brightest } = stars;
  return Array.from({ length: count }, (_, index) => {
    const inCluster = index % 2 === 0;
    const x = inCluster ? width * (0.5 + 0.11 * random.normal()) : width * random.uniform();
    const y = inCluster ? height * (0.5 + 0.16 * random.normal()) : height * random.uniform();
    return { x, y, flux: faintest / (1 - random.uniform() * (1 - faintest / brightest)) };
  });
}
