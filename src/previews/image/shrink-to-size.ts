import type { FloatImage } from './float-image.ts';
import { blockMean } from './block-mean.ts';
import { nearestNeighbour } from './nearest-neighbour.ts';
import type { ShrunkImage } from './shrunk-image.ts';

/**
 * Brings the long axis of an image to `size` pixels by the rule of `fitscut --output-size`: means of whole blocks, then the
 * nearest neighbour. Smaller images are enlarged; a size of zero or less leaves the image as it is.
 *
 * @param options.missing - the value that counts as missing in the result as well.
 */
export function shrinkToSize(
  image: FloatImage,
  options: { readonly size: number; readonly missing: number },
): ShrunkImage {
  const { size, missing } = options;
  if (size <= 0) return { image, zoom: 1 };
  const factor = Math.floor(Math.max(image.width, image.height) / size);
  const blocks = factor > 1 ? blockMean(image, { factor, missing }) : image;
  const blockZoom = factor > 1 ? Math.fround(1 / factor) : 1;
  if (Math.max(blocks.width, blocks.height) === size) return { image: blocks, zoom: blockZoom };
  const nearest = nearestNeighbour(blocks, { size });
  return { image: nearest.image, zoom: Math.fround(blockZoom * nearest.zoom) };
}
