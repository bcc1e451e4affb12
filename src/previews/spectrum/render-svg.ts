import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';

/** The font of all labels. */
export const labelFont = 'DejaVu Sans';

const regular = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/**
 * Renders an SVG to PNG in its own size, with the bundled font and nothing that happens to be on the machine.
 * The PNG is written by sharp: smaller than the renderer's own, in a third of the time.
 */
export async function renderSvg(svg: string): Promise<Buffer> {
  const font = { fontFiles: [regular], loadSystemFonts: false, defaultFontFamily: labelFont };
  const { width, height, pixels } = new Resvg(svg, { font, background: 'white' }).render();
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png({ compressionLevel: 2 })
    .toBuffer();
}
