import type { Channels } from './channels.ts';
import { drawColor, type ColorChannel } from './draw-color.ts';
import { drawGrey } from './draw-grey.ts';
import type { Picture } from './picture.ts';

/** Draws one image in grey, or two or three in colour. */
export function drawChannels(channels: Channels<ColorChannel>): Picture {
  switch (channels.kind) {
    case 'grey':
      return drawGrey(channels.grey.image, { range: channels.grey.range });
    case 'two-colors':
    case 'three-colors':
      return drawColor(channels);
  }
}
