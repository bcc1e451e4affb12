import type { ByteSource } from './byte-source.ts';
import { checkPresent } from './check-present.ts';
import { decodePixels } from './decode-pixels.ts';
import type { FitsFile } from './fits-file.ts';
import type { Hdu } from './hdu.ts';
import { readImageLayout, type ImageLayout } from './image-layout.ts';
import { newPixels, type PixelArray, type PixelType } from './pixel-type.ts';
import { reusedMemory, type ReusedMemory } from './reused-memory.ts';

/** An image whose rows can be read. Holds no pixels itself but those that `readInto` converted last. */
export interface Image {
  readonly hdu: Hdu;
  /** `empty` images have no pixels; `constant` ones have one value and no data in the file. */
  readonly kind: ImageLayout['kind'];
  /** NAXIS1, NAXIS2, ...; empty for an image without pixels. */
  readonly axes: readonly number[];
  /** NAXIS1: pixels of a row. */
  readonly width: number;
  /** The product of the other axes: rows of a 2-dimensional image, those of all planes of a cube. */
  readonly rows: number;
  /** The type that the values have after BSCALE, BZERO and BLANK. */
  readonly type: PixelType;
  /** The value of a constant array, else undefined. */
  readonly constant: number | undefined;
  /**
   * Fills the target with whole rows, from row `from` on, as physical values. A target of the image's type, Float32Array or
   * Float64Array can be used again for the next rows; what was converted stays in memory until then, too.
   * @throws RangeError where the target is no whole number of rows within the image; FitsError `TRUNCATED`.
   */
  readInto(target: PixelArray, options: { readonly from: number }): void;
  /** The same into a new array of the image's type; `from` and `count` in rows, default all. */
  read(options?: { readonly from?: number; readonly count?: number }): PixelArray;
}

/**
 * Opens the image of an HDU.
 * @throws FitsError as `readImageLayout`.
 */
export function openImage(file: FitsFile, hdu: Hdu): Image {
  const layout = readImageLayout(hdu);
  const axes = layout.kind === 'empty' ? [] : layout.axes;
  const [width = 0, ...others] = axes;
  const rows = axes.length === 0 ? 0 : others.reduce((product, length) => product * length, 1);
  const type = layout.kind === 'empty' ? 'uint8' : layout.coding.scaling.type;
  const fill = filler(layout, { hdu, source: file.source });
  const memory = reusedMemory();
  const readInto: Image['readInto'] = (target, { from }) => {
    checkRows({ from, count: width === 0 ? 0 : target.length / width, rows });
    fill(target, { first: from * width, memory });
  };
  const read: Image['read'] = ({ from = 0, count = rows - from } = {}) => {
    checkRows({ from, count, rows });
    if (layout.kind === 'stored')
      checkPresent(hdu, { bytes: (from + count) * width * pixelBytes(hdu) });
    const target = newPixels(type, count * width);
    fill(target, { first: from * width, memory: reusedMemory() });
    return target;
  };
  const constant = layout.kind === 'constant' ? layout.value : undefined;
  return { hdu, kind: layout.kind, axes, width, rows, type, constant, readInto, read };
}

type Filler = (
  target: PixelArray,
  options: { readonly first: number; readonly memory: ReusedMemory },
) => void;

function filler(
  layout: ImageLayout,
  { hdu, source }: { readonly hdu: Hdu; readonly source: ByteSource },
): Filler {
  switch (layout.kind) {
    case 'empty':
      return () => undefined;
    case 'constant': {
      const { value } = layout;
      return (target) => {
        if (target instanceof BigInt64Array || target instanceof BigUint64Array) {
          target.fill(BigInt(value));
        } else target.fill(value);
      };
    }
    case 'stored': {
      const { coding } = layout;
      return (target, { first, memory }) => {
        const position = hdu.dataOffset + first * pixelBytes(hdu);
        decodePixels(target, {
          coding,
          memory,
          read: (bytes) => {
            source.read(bytes, { position });
          },
        });
      };
    }
  }
}

function pixelBytes(hdu: Hdu): number {
  return Math.abs(hdu.shape.bitpix) / 8;
}

function checkRows({
  from,
  count,
  rows,
}: {
  readonly from: number;
  readonly count: number;
  readonly rows: number;
}): void {
  const valid =
    Number.isSafeInteger(from) && Number.isSafeInteger(count) && from >= 0 && count >= 0;
  if (!valid || from + count > rows) {
    throw new RangeError(`Expected whole rows within ${rows}, got ${from} and ${count} more.`);
  }
}
