import { formatCard } from './format-card.ts';
import { Header } from './header.ts';
import type { PixelType } from './pixel-type.ts';
import { storedZero } from './stored-zero.ts';

/** What a new image is to be. */
export interface ImageDescription {
  /** The type of the values; unsigned ones are stored with BZERO. */
  readonly type: PixelType;
  /** NAXIS1, NAXIS2, ...; none for a header without data. */
  readonly axes: readonly number[];
  /** EXTNAME; with `extension` only. */
  readonly name?: string;
  /** EXTVER. */
  readonly version?: number;
  /** Cards to follow, each of 80 characters. */
  readonly cards?: readonly string[];
}

const bitpix: Readonly<Record<PixelType, number>> = {
  ...{ int8: 8, uint8: 8, int16: 16, uint16: 16, int32: 32, uint32: 32, int64: 64, uint64: 64 },
  ...{ float32: -32, float64: -64 },
};

/** A header for a primary image, or for a primary HDU without data. */
export function primaryHeader(image: Partial<ImageDescription> = {}): Header {
  const { type = 'uint8', axes = [], cards = [] } = image;
  return build([
    ...formatCard('SIMPLE', { value: true, comment: 'conforms to FITS standard' }),
    ...axesCards(type, axes),
    ...formatCard('EXTEND', { value: true }),
    ...zeroCards(type),
    ...cards,
  ]);
}

/** A header for an image extension. */
export function imageHeader(image: ImageDescription): Header {
  const { type, axes, name, version, cards = [] } = image;
  return build([
    ...formatCard('XTENSION', { value: 'IMAGE', comment: 'Image extension' }),
    ...axesCards(type, axes),
    ...formatCard('PCOUNT', { value: 0, comment: 'number of parameters' }),
    ...formatCard('GCOUNT', { value: 1, comment: 'number of groups' }),
    ...zeroCards(type),
    ...(name === undefined ? [] : formatCard('EXTNAME', { value: name })),
    ...(version === undefined ? [] : formatCard('EXTVER', { value: version })),
    ...cards,
  ]);
}

function axesCards(type: PixelType, axes: readonly number[]): readonly string[] {
  return [
    ...formatCard('BITPIX', { value: bitpix[type] }),
    ...formatCard('NAXIS', { value: axes.length, comment: 'number of array dimensions' }),
    ...axes.flatMap((length, axis) => formatCard(`NAXIS${axis + 1}`, { value: length })),
  ];
}

function zeroCards(type: PixelType): readonly string[] {
  const zero = storedZero(type);
  if (zero === undefined) return [];
  return [...formatCard('BSCALE', { value: 1 }), ...formatCard('BZERO', { value: zero })];
}

function build(cards: readonly string[]): Header {
  return new Header(cards, { file: 'a new header' });
}
