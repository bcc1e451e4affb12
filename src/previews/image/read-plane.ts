import { previewError } from '../preview-error.ts';
import type { GoodValues } from './good-values.ts';
import { maskBadValues } from './mask-bad-values.ts';
import type { PixelMemory } from './pixel-memory.ts';
import type { PlaneRows } from '../../fits/plane-rows.ts';

/** Pixels decoded at a time: a megabyte of the largest type beside the image itself. */
const chunkPixels = 1 << 17;

/**
 * Reads rows into their place in an image, in portions, and makes the pixels that do not count NaN.
 *
 * @param options.pixels - the whole image; `offset` counts its pixels.
 */
export function readPlane(
  rows: PlaneRows,
  options: { readonly pixels: Float32Array; readonly offset: number; readonly good: GoodValues },
): void {
  const { pixels, offset, good } = options;
  const step = Math.max(1, Math.floor(chunkPixels / rows.width));
  for (let from = 0; from < rows.height; from += step) {
    const count = Math.min(step, rows.height - from);
    const start = offset + from * rows.width;
    const portion = pixels.subarray(start, start + count * rows.width);
    rows.readInto(portion, { from });
    maskBadValues(portion, good);
  }
}

/** Most pixels of an image that is drawn: four gigabytes as single precision. */
const mostPixels = 2 ** 30;

/**
 * Makes room for an image, with whatever was there before.
 *
 * @throws CaldpError `PREVIEW_TOO_LARGE` for more than 2^30 pixels or more than there is memory for.
 */
export function newPlane(
  size: { readonly width: number; readonly height: number },
  { memory }: { readonly memory: PixelMemory },
): Float32Array {
  const { width, height } = size;
  try {
    if (width * height <= mostPixels) return memory.lend(width * height);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw tooLarge(size, error);
  }
  throw tooLarge(size);
}

function tooLarge(
  { width, height }: { readonly width: number; readonly height: number },
  cause?: unknown,
): Error {
  return previewError(`The image has ${width} by ${height} pixels, more than can be drawn.`, {
    code: 'PREVIEW_TOO_LARGE',
    advice: `Draw a part of it, or, where it has fewer than ${mostPixels} pixels, give the process more memory.`,
    cause,
  });
}
