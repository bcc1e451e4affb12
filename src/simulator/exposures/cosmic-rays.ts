import type { RandomStream } from '../random/random-stream.ts';

/** What cosmic rays leave in one line: columns and electrons. */
export type LineOfHits = ReadonlyMap<number, number>;

/**
 * The tracks of cosmic rays in an image: straight, 1 to 15 pixels long, of 300 to 20,000
 * electrons a pixel, the small ones more often. Answers what each line got; holds one entry for each pixel hit.
 */
export function cosmicRayHits(
  random: RandomStream,
  options: { readonly width: number; readonly height: number; readonly mean: number },
): ReadonlyMap<number, LineOfHits> {
  const { width, height, mean } = options;
  const lines = new Map<number, Map<number, number>>();
  for (let rays = random.poisson(mean); rays > 0; rays -= 1) {
    const [x, y] = [width * random.uniform(), height * random.uniform()];
    const [across, up] = direction(random);
    const length = 1 + random.integer(15);
    const charge = 300 / (1 - random.uniform() * (1 - 300 / 20_000));
    for (let step = 0; step < length; step += 1) {
      const column = Math.floor(x + step * across);
      const line = Math.floor(y + step * up);
      if (column < 0 || column >= width || line < 0 || line >= height) break;
      const hits = lines.get(line) ?? new Map<number, number>();
      hits.set(column, (hits.get(column) ?? 0) + charge);
      lines.set(line, hits);
    }
  }
  return lines;
}

/** A direction, by rejection: it needs no functions of angles, which differ among machines in the last bit. */
function direction(random: RandomStream): readonly [number, number] {
  for (;;) {
    const [across, up] = [2 * random.uniform() - 1, 2 * random.uniform() - 1];
    const length = Math.sqrt(across * across + up * up);
    if (length > 0.1 && length <= 1) return [across / length, up / length];
  }
}
