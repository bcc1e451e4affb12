import { formatCard, type WritableValue } from '../../src/fits/format-card.ts';
import { writeFits } from '../../src/fits/fits-writer.ts';
import { imageHeader, primaryHeader } from '../../src/fits/image-header.ts';
import { pixelTypeOf, type PixelArray } from '../../src/fits/pixel-type.ts';

/** Keywords and their values. */
export type Cards = Readonly<Record<string, WritableValue>>;

/** An image extension of a simulated file. */
export interface SimulatedImage {
  readonly name: string;
  readonly version?: number;
  /** NAXIS1, NAXIS2, ... */
  readonly axes: readonly number[];
  readonly pixels: PixelArray;
  readonly cards?: Cards;
}

/** Writes a FITS file with an empty primary and image extensions. */
export function writeImages(
  path: string,
  options: { readonly cards?: Cards; readonly images: readonly SimulatedImage[] },
): void {
  writeFits(path, (writer) => {
    writer.addHdu(primaryHeader({ cards: format(options.cards ?? {}) }));
    for (const { name, version, axes, pixels, cards = {} } of options.images) {
      const header = imageHeader({
        type: pixelTypeOf(pixels),
        axes,
        name,
        version: version ?? 1,
        cards: format(cards),
      });
      writer.addHdu(header).writePixels(pixels);
    }
  });
}

function format(cards: Cards): readonly string[] {
  return Object.entries(cards).flatMap(([keyword, value]) => formatCard(keyword, { value }));
}

/** A simulated sky: noise and stars, the same for the same seed. */
export function simulatedSky(options: {
  readonly width: number;
  readonly height: number;
  readonly seed?: number;
}): Float32Array {
  const { width, height } = options;
  const random = randomNumbers(options.seed ?? 1);
  const pixels = Float32Array.from(
    { length: width * height },
    () => 60 + 8 * (random() + random() + random() + random() - 2),
  );
  for (let star = 0; star < pixels.length / 2000; star++) {
    const at = Math.floor(random() * (pixels.length - width - 1));
    const flux = 50 * 10 ** (3 * random());
    for (const neighbour of [at, at + 1, at + width, at + width + 1]) {
      pixels[neighbour] = (pixels[neighbour] ?? 0) + flux;
    }
  }
  return pixels;
}

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}
