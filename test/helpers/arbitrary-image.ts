import fc from 'fast-check';
import { bytesOf, swapBytes } from '../../src/fits/byte-order.ts';
import type { Bitpix } from '../../src/fits/data-shape.ts';
import { formatCard, type WritableValue } from '../../src/fits/format-card.ts';
import { newPixels, storedType } from '../../src/fits/pixel-type.ts';
import { fileOf, hduBytes } from './fits-bytes.ts';

/** An image as it is stored: any BITPIX, any size, any of the keywords that change what a stored value means. */
export interface StoredImage {
  readonly bitpix: Bitpix;
  readonly axes: readonly number[];
  readonly cards: Readonly<Record<string, WritableValue>>;
  readonly place: 'primary' | 'extension' | 'after a table' | 'after an empty image';
  readonly values: StoredValues;
}

/** How the stored values come about; small, so that a failing case can be read. */
interface StoredValues {
  readonly seed: number;
  readonly center: number;
  readonly spread: number;
  readonly levels: number;
  readonly outliers: readonly number[];
  readonly special: readonly number[];
}

/** Lengths around those at which the thumbnail of 128 pixels changes its rule, and others. */
const length = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 140 }) },
  { weight: 2, arbitrary: fc.constantFrom(1, 2, 127, 128, 129, 255, 256, 257, 383, 384, 385, 512) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 900 }) },
);

const axes = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(length, length) },
  { weight: 1, arbitrary: fc.tuple(length, length, fc.integer({ min: 0, max: 3 })) },
  { weight: 1, arbitrary: fc.tuple(length, length, fc.constantFrom(1, 2), fc.constantFrom(1, 2)) },
  { weight: 1, arbitrary: fc.tuple(fc.integer({ min: 0, max: 300 })) },
  { weight: 1, arbitrary: fc.constantFrom<[number, number]>([0, 5], [5, 0], [3000, 2], [1, 3000]) },
);

const magnitude = fc.oneof(
  fc.constantFrom(0, 1, -1, 0.5, 100, -100, 30_000, -30_000, 1e6, 1e9, 1e-9, -1e12, 1e30),
  fc.double({ min: -1e5, max: 1e5, noNaN: true }),
);

const special = [
  ...[NaN, Infinity, -Infinity, 0, -0, 1e-45, -1e-40, 1.1754944e-38, 3.4028234663852886e38],
  ...[-3.4028234663852886e38, 1e300, 255, 128, -32768, 32767, -2147483648, 2147483647],
];

const values: fc.Arbitrary<StoredValues> = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 30 }),
  center: magnitude,
  spread: fc.oneof(fc.constantFrom(0, 0, 1, 5, 100), magnitude.map(Math.abs)),
  levels: fc.constantFrom(0, 0, 0, 1, 2, 3, 10),
  outliers: fc.array(magnitude, { maxLength: 3 }),
  special: fc.oneof(fc.constant([]), fc.array(fc.constantFrom(...special), { maxLength: 4 })),
});

const keyword = (...choices: readonly WritableValue[]): fc.Arbitrary<WritableValue | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.constantFrom(...choices));

const cards = fc
  .record({
    BSCALE: keyword({ real: 1 }, { real: 0.01 }, { real: -2 }, { real: 1e10 }, 2),
    BZERO: keyword(
      0,
      { real: 0 },
      128,
      -128,
      { real: 32_768 },
      { real: 2_147_483_648 },
      { real: -3.7 },
    ),
    BLANK: keyword(0, 1, 100, 255, -32_768, -1),
    BADPIX: keyword(0, 1, -1, { real: 0.5 }, { real: 100 }, -32_768),
    GOODMIN: keyword({ real: -60 }, { real: 0 }, { real: 1.5 }, { real: -1e30 }, -100, -1),
    GOODMAX: keyword({ real: 120 }, { real: 0 }, { real: 1e30 }, 100, 30_000),
  })
  .map((found): StoredImage['cards'] =>
    Object.fromEntries(
      Object.entries(found).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
  );

/** Any image that a FITS file can hold, within reason. */
export const storedImage: fc.Arbitrary<StoredImage> = fc.record({
  bitpix: fc.constantFrom<Bitpix[]>(8, 16, 32, 64, -32, -32, -32, -64),
  axes,
  cards: fc.oneof(fc.constant({}), cards),
  place: fc.constantFrom<StoredImage['place'][]>(
    ...(['primary', 'extension', 'extension', 'after a table', 'after an empty image'] as const),
  ),
  values,
});

/** The bytes of a file that holds an image. */
export function fileOfImage(image: StoredImage): Buffer {
  const data = storedBytes(image);
  const described = [
    card('BITPIX', image.bitpix),
    card('NAXIS', image.axes.length),
    ...image.axes.map((one, axis) => card(`NAXIS${axis + 1}`, one)),
  ];
  const others = Object.entries(image.cards).map(([name, value]) => card(name, value));
  if (image.place === 'primary') return fileOf(hduBytes([simple, ...described, ...others], data));
  const extension = [
    ...["XTENSION= 'IMAGE   '", ...described, card('PCOUNT', 0), card('GCOUNT', 1)],
    ...[card('EXTNAME', 'SCI'), ...others],
  ];
  const primary = hduBytes([simple, card('BITPIX', 8), card('NAXIS', 0), card('EXTEND', true)]);
  return fileOf(primary, ...before(image.place), hduBytes(extension, data));
}

const simple = 'SIMPLE  =                    T';

function before(place: Exclude<StoredImage['place'], 'primary'>): readonly Buffer[] {
  const structure = [card('BITPIX', 8), card('NAXIS', 0), card('PCOUNT', 0), card('GCOUNT', 1)];
  switch (place) {
    case 'extension':
      return [];
    case 'after an empty image':
      return [hduBytes(["XTENSION= 'IMAGE   '", ...structure, card('EXTNAME', 'ERR')])];
    case 'after a table': {
      const shape = [card('BITPIX', 8), card('NAXIS', 2), card('NAXIS1', 2), card('NAXIS2', 3)];
      const column = [card('TFIELDS', 1), card('TTYPE1', 'A'), card('TFORM1', '1I')];
      const table = [
        "XTENSION= 'BINTABLE'",
        ...shape,
        card('PCOUNT', 0),
        card('GCOUNT', 1),
        ...column,
      ];
      return [hduBytes(table, new Uint8Array(6))];
    }
  }
}

function card(name: string, value: WritableValue): string {
  return formatCard(name, { value })[0] ?? '';
}

function storedBytes({ bitpix, axes: lengths, values: how }: StoredImage): Uint8Array {
  const count = lengths.reduce((product, one) => product * one, 1);
  const stored = newPixels(storedType(bitpix), lengths.length === 0 ? 0 : count);
  const random = randomNumbers(how.seed);
  const write = (index: number, value: number): void => {
    if (stored instanceof BigInt64Array || stored instanceof BigUint64Array) {
      stored[index] = Number.isFinite(value) ? BigInt.asIntN(64, BigInt(Math.trunc(value))) : 0n;
    } else stored[index] = value;
  };
  for (let index = 0; index < stored.length; index++) {
    const noise = random() + random() + random() - 1.5;
    const level = how.levels === 0 ? noise : Math.trunc(noise * how.levels) / how.levels;
    write(index, how.center + how.spread * level);
  }
  for (const value of [...how.outliers, ...how.special]) {
    for (let often = 0; often < 3; often++) write(Math.floor(random() * stored.length), value);
  }
  swapBytes(stored, { width: stored.BYTES_PER_ELEMENT });
  return bytesOf(stored);
}

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}
