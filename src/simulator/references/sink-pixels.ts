import type { Chip } from '../detectors/detector.ts';
import { RandomStream } from '../random/random-stream.ts';

/** A pixel that traps charge; `x`, `y` in the frame of a whole readout. */
export interface SinkPixel {
  readonly x: number;
  readonly y: number;
  /** Electrons it takes, more than 1. */
  readonly depth: number;
}

/** How many lines behind a sink pixel its reference names. */
const trail = 8;

/** The sink pixels of a chip. */
export function sinkPixelsOf(
  { light }: Chip,
  { name, count }: { readonly name: string; readonly count: number },
): readonly SinkPixel[] {
  const random = new RandomStream(`${name} sink pixels`);
  return Array.from({ length: count }, () => ({
    x: light.x + random.integer(light.width),
    y: light.y + trail + 1 + random.integer(light.height - 2 * trail - 2),
    depth: 20 + 100 * random.uniform(),
  }));
}

/**
 * The sink pixel image of a chip, line by line of its frame: minus the depth at a sink pixel, and behind it, away from the amplifier,
 * the signal up to which each pixel is affected.
 */
export function sinkImage(
  sinks: readonly SinkPixel[],
  { chip }: { readonly chip: Chip },
): Float32Array {
  const { width, height } = chip.frame;
  const image = new Float32Array(width * height);
  const away = chip.number === 1 ? -1 : 1;
  for (const { x, y, depth } of sinks) {
    for (let step = 1; step <= trail; step += 1) {
      image[(y + away * step) * width + x] = 2000 / step;
    }
    image[y * width + x] = -depth;
  }
  return image;
}
