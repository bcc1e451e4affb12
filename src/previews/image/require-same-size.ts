import { previewError } from '../preview-error.ts';
import type { FloatImage } from './float-image.ts';

/**
 * Gives the images of a composite back.
 *
 * @throws CaldpError `PREVIEW_SIZES_DIFFER` where they do not all have the size of the first.
 */
export function requireSameSize<Value extends { readonly image: FloatImage }>(
  images: readonly [Value, ...Value[]],
): readonly [Value, ...Value[]] {
  const [{ image: first }] = images;
  const other = images.find(
    ({ image }) => image.width !== first.width || image.height !== first.height,
  );
  if (other === undefined) return images;
  throw previewError(
    `The images of a colour picture have different sizes: ${first.width} by ${first.height} and ${other.image.width} by ${other.image.height} pixels.`,
    {
      code: 'PREVIEW_SIZES_DIFFER',
      advice: 'Make the picture of images that were drizzled onto the same grid.',
    },
  );
}
