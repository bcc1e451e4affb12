import sharp from 'sharp';
import { CaldpError } from '../../errors/caldp-error.ts';
import { withJpegComment } from './jpeg-comment.ts';
import type { Picture } from './picture.ts';
import { withPngComment } from './png-comment.ts';

/** How a picture is stored: `jpg` small, `png` with its 8-bit samples unchanged. */
export type PictureFormat = 'jpg' | 'png';

/** The longest side that a JPEG file can have, in pixels. */
export const longestJpegSide = 65_500;

/**
 * Encodes a picture. JPEG: baseline, quality 75, 4:2:0, standard Huffman tables. The comment goes into the COM segment or
 * the `Comment` text of a PNG. Memory: the encoded file beside the picture.
 *
 * @throws CaldpError `PREVIEW_TOO_LARGE` for a JPEG with a side of more than 65,500 pixels.
 */
export async function encodePicture(
  picture: Picture,
  options: { readonly format: PictureFormat; readonly comment: string },
): Promise<Buffer> {
  const { width, height, channels, bytes } = picture;
  const { format, comment } = options;
  if (format === 'jpg' && Math.max(width, height) > longestJpegSide) throw tooLarge(picture);
  const raw = sharp(bytes, { raw: { width, height, channels }, limitInputPixels: false });
  // Without this a grey picture would be stored in three colours.
  const image = channels === 1 ? raw.toColourspace('b-w') : raw;
  switch (format) {
    case 'jpg':
      return withJpegComment(
        await image.jpeg({ quality: 75, optimiseCoding: false }).toBuffer(),
        comment,
      );
    case 'png':
      return withPngComment(await image.png().toBuffer(), comment);
  }
}

function tooLarge(picture: Picture): CaldpError {
  return new CaldpError(
    `The picture has ${picture.width} by ${picture.height} pixels; a JPEG file cannot have a side of more than ${longestJpegSide}.`,
    {
      code: 'PREVIEW_TOO_LARGE',
      advice: 'Ask for PNG with `--format png`.',
      exit: 'CREATE_PREVIEWS_ERROR',
    },
  );
}
