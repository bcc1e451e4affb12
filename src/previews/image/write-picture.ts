import { open, rename, rm, stat } from 'node:fs/promises';
import sharp from 'sharp';
import type { CaldpError } from '../../errors/caldp-error.ts';
import { previewError } from '../preview-error.ts';
import { insertComment } from './insert-comment.ts';
import type { Picture } from './picture.ts';
import type { PictureFormat } from './picture-format.ts';

/** The longest side that a JPEG file can have, in pixels. */
const longestJpegSide = 65_500;
/** In bytes; one buffer is used again, because the memory of thrown away ones is only reclaimed at some time. */
const copiedAtOnce = 1 << 18;

/**
 * Writes a picture with a comment. JPEG: baseline, quality 75, 4:2:0, standard Huffman tables, the bytes that libjpeg makes.
 * The file appears whole under its name, or not at all. Memory: nothing beside the picture, since it is encoded into a file.
 *
 * @returns the size of the file in bytes.
 * @throws CaldpError `PREVIEW_TOO_LARGE` for a JPEG with a side of more than 65,500 pixels, `PREVIEW_NOT_WRITTEN` where the
 * encoder cannot write; the system's errors.
 */
export async function writePicture(
  picture: Picture,
  options: { readonly path: string; readonly format: PictureFormat; readonly comment: string },
): Promise<number> {
  const { path, format, comment } = options;
  if (format === 'jpg' && Math.max(picture.width, picture.height) > longestJpegSide) {
    throw tooLarge(picture);
  }
  const encoded = `${path}.encoded.part`;
  const whole = `${path}.part`;
  try {
    await encode(picture, { path: encoded, format }).catch((error: unknown) => {
      throw notWritten(path, error);
    });
    await copyWithComment(encoded, { to: whole, format, comment });
    const { size } = await stat(whole);
    await rename(whole, path);
    return size;
  } finally {
    await rm(encoded, { force: true });
    await rm(whole, { force: true });
  }
}

async function encode(
  picture: Picture,
  options: { readonly path: string; readonly format: PictureFormat },
): Promise<void> {
  const { width, height, channels, bytes } = picture;
  const raw = sharp(bytes, { raw: { width, height, channels }, limitInputPixels: false });
  // Without this a grey picture would be stored in three colours.
  const image = channels === 1 ? raw.toColourspace('b-w') : raw;
  switch (options.format) {
    case 'jpg':
      await image.jpeg({ quality: 75, optimiseCoding: false }).toFile(options.path);
      return;
    case 'png':
      await image.png().toFile(options.path);
  }
}

async function copyWithComment(
  from: string,
  options: { readonly to: string; readonly format: PictureFormat; readonly comment: string },
): Promise<void> {
  const { to, format, comment } = options;
  const source = await open(from);
  const target = await open(to, 'w');
  try {
    const buffer = Buffer.alloc(copiedAtOnce);
    const { bytesRead } = await source.read(buffer, 0, buffer.length, 0);
    const head = buffer.subarray(0, bytesRead);
    const { beginning, skip } = insertComment(comment, { head, format });
    await target.writeFile(beginning);
    for (let position = skip; ;) {
      const part = await source.read(buffer, 0, buffer.length, position);
      if (part.bytesRead === 0) break;
      await target.writeFile(buffer.subarray(0, part.bytesRead));
      position += part.bytesRead;
    }
  } finally {
    await source.close();
    await target.close();
  }
}

function tooLarge(picture: Picture): CaldpError {
  return previewError(
    `The picture has ${picture.width} by ${picture.height} pixels; a JPEG file cannot have a side of more than ${longestJpegSide}.`,
    { code: 'PREVIEW_TOO_LARGE', advice: 'Ask for PNG with `--format png`.' },
  );
}

/** The encoder gives no error of the system, only a sentence. */
function notWritten(path: string, cause: unknown): CaldpError {
  const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1);
  return previewError(`The preview \`${path}\` was not written: ${reason}.`, {
    code: 'PREVIEW_NOT_WRITTEN',
    advice: 'Check that the folder is there and can be written to, and that the disk is not full.',
    cause,
  });
}
