import { drawColorRow, type ColorRow } from './draw-color-row.ts';
import type { FloatImage } from './float-image.ts';
import type { Picture } from './picture.ts';
import { whiteLevel } from './stretch.ts';
import { stretchTable } from './stretch-table.ts';
import type { ValueRange } from './value-range.ts';

/** One colour of a composite: an image and the range it is stretched over. */
export interface ColorChannel {
  readonly image: FloatImage;
  readonly range: ValueRange;
}

/** Images of the same size, one a colour; without green, green is the mean of the others. */
export interface ColorChannels {
  readonly red: ColorChannel;
  readonly green?: ColorChannel;
  readonly blue: ColorChannel;
}

/**
 * Draws two or three images as one in colour. All colours of a pixel are stretched by the same factor, so that the hue stays.
 * A pixel missing in some images has none of their colours; one missing in all is white.
 */
export function drawColor(channels: ColorChannels): Picture {
  const { width, height } = channels.red.image;
  const bytes = new Uint8Array(3 * width * height);
  drawPixels(bytes, { width, ...channels });
  if (channels.green === undefined) meanIntoGreen(bytes);
  return { width, height, channels: 3, bytes };
}

function drawPixels(bytes: Uint8Array, options: ColorChannels & { readonly width: number }): void {
  const { width, red, green, blue } = options;
  const scale = Math.fround(255 / whiteLevel[green === undefined ? 2 : 3]);
  const empty: ColorChannel = {
    image: { width, height: 1, pixels: new Float32Array(width).fill(NaN) },
    range: { low: 0, high: 1 },
  };
  const height = bytes.length / 3 / width;
  const table = stretchTable();
  for (let y = 0; y < height; y++) {
    const row = (channel: ColorChannel): ColorRow => ({
      pixels: channel.image.pixels.subarray(y * width, (y + 1) * width),
      range: channel.range,
    });
    drawColorRow(
      {
        red: row(red),
        green: green === undefined ? row({ ...empty }) : row(green),
        blue: row(blue),
      },
      // A FITS image begins at the bottom, a picture at the top.
      { bytes, target: 3 * width * (height - 1 - y), scale, table },
    );
  }
}

function meanIntoGreen(bytes: Uint8Array): void {
  for (let index = 0; index < bytes.length; index += 3) {
    bytes[index + 1] = ((bytes[index] ?? 0) + (bytes[index + 2] ?? 0)) >> 1;
  }
}
