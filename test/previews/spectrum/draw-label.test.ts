import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import sharp from 'sharp';
import { drawLabel, labelWidth } from '../../../src/previews/spectrum/draw-label.ts';
import { renderSvg } from '../../../src/previews/spectrum/render-svg.ts';
import { element } from '../../../src/previews/spectrum/svg.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

test('the outlines of letters are those that the font package gives', async (t) => {
  const made = join(await temporaryFolder(t), 'glyphs.json');
  execFileSync(process.execPath, ['build/label-glyphs.js', made]);
  const kept = readFileSync('src/previews/spectrum/label-glyphs.json', 'utf8');
  t.is(readFileSync(made, 'utf8'), kept);
});

/** Where the dark pixels of a picture of 200 by 100 with this label lie. */
async function darkBox(
  label: string,
): Promise<Record<'left' | 'right' | 'top' | 'bottom', number>> {
  const [width, height] = [200, 100];
  const xmlns = 'http://www.w3.org/2000/svg';
  const png = await renderSvg(element('svg', { xmlns, width, height }, [label]));
  const pixels = await sharp(png).greyscale().raw().toBuffer();
  const dark = Array.from(pixels.keys()).filter((index) => (pixels[index] ?? 255) < 128);
  const columns = dark.map((index) => index % width);
  const rows = dark.map((index) => Math.floor(index / width));
  return {
    left: Math.min(...columns),
    right: Math.max(...columns),
    top: Math.min(...rows),
    bottom: Math.max(...rows),
  };
}

test('a label stands on its base line and begins, ends or has its middle where it should', async (t) => {
  const place = { x: 100, y: 50, size: 20 };
  const width = labelWidth('HEH', { size: 20 });
  t.true(width > 40 && width < 45);
  const start = await darkBox(drawLabel('HEH', place));
  t.is(start.bottom, 49);
  t.true(start.top >= 34 && start.top <= 36);
  t.true(start.left >= 100 && start.right <= 100 + width);
  const end = await darkBox(drawLabel('HEH', { ...place, anchor: 'end' }));
  t.true(end.left >= 100 - width && end.right <= 100);
  const middle = await darkBox(drawLabel('HEH', { ...place, anchor: 'middle' }));
  t.true(Math.abs((middle.left + middle.right) / 2 - 100) < 1.5);
});

test('an upright label is read from below', async (t) => {
  const place = { x: 100, y: 50, size: 20, anchor: 'middle', isUpright: true } as const;
  const box = await darkBox(drawLabel('HEHEH', place));
  t.true(box.bottom - box.top > 2 * (box.right - box.left));
  t.is(box.right, 99);
});

test('letters are kerned, composed where they came in parts, and never left out', (t) => {
  const width = (text: string): number => labelWidth(text, { size: 100 });
  t.true(width('AV') < width('A') + width('V') - 5);
  t.is(width('A\u030a'), width('Å'));
  t.is(width('星'), width('\ufffd'));
  t.is(width(''), 0);
});
