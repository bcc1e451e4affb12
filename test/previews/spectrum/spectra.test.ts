import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import sharp from 'sharp';
import { z } from 'zod';
import { withFits } from '../../../src/fits/fits-file.ts';
import { openTable } from '../../../src/fits/table-reader.ts';
import { drawSpectrum } from '../../../src/previews/jobs/draw-spectrum.ts';
import { readSpectrumProduct } from '../../../src/previews/spectrum/read-spectrum-product.ts';
import type { SpectrumPanel } from '../../../src/previews/spectrum/spectrum-panel.ts';
import { needsData } from '../../helpers/needs.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const ranges = z.object({ x: z.array(z.number()), y: z.array(z.number()) });
const recorded = z.record(
  z.string(),
  z.object({ panels: z.array(ranges), thumb: ranges, samples: z.array(z.number()) }),
);

const rangesOf = (panel: SpectrumPanel) => ({
  x: [panel.scaledWithin?.low, panel.scaledWithin?.high],
  y: [panel.flux?.low, panel.flux?.high],
});

test('real and simulated spectra have the ranges that spec_plots gave them, to the bit', (t) => {
  const record = needsData(t, 'previews', 'spectra.json');
  if (record === undefined) return;
  const expected = Object.entries(recorded.parse(JSON.parse(readFileSync(record, 'utf8'))));
  for (const [name, { panels, thumb, samples }] of expected) {
    const simulated = join(record, '..', 'spectra', `${name}.gz`);
    const real = join(record, '..', '..', 'lab', 'hst', 'ldfd01010', name);
    const product = withFits(existsSync(real) ? real : simulated, readSpectrumProduct);
    t.deepEqual(product.panels.map(rangesOf), panels, name);
    t.deepEqual(rangesOf(product.thumb), thumb, name);
    const counts = product.panels.map(({ parts }) =>
      parts.reduce((sum, { flux }) => sum + flux.length, 0),
    );
    t.deepEqual(counts, samples, name);
  }
  t.is(expected.length, 9);
});

test('a COS spectrum gets a page, a thumbnail and a table of the size that CALDP expects', async (t) => {
  const path = needsData(t, 'previews', 'spectra', 'ltest02_x1d.fits.gz');
  if (path === undefined) return;
  const folder = await temporaryFolder(t);
  const { made, problems } = await drawSpectrum(path, { folder, base: 'x' });
  t.deepEqual(problems, []);
  t.deepEqual(
    made.map((preview) => preview.path),
    ['x_thumb.png', 'x.png', 'x_prev.fits'].map((name) => join(folder, name)),
  );
  t.is(made[2]?.size, 115_200);
  const table = withFits(join(folder, 'x_prev.fits'), (file) => {
    t.is(file.primary.header.string('ORIGFILE'), 'ltest02_x1d.fits.gz');
    const hdu = file.hdus[1] ?? file.primary;
    t.is(hdu.header.number('NUVAYMIN'), 8.376503391571254e-15);
    return openTable(file, hdu).columns.map(({ name, format }) => `${name} ${format}`);
  });
  t.deepEqual(table, ['wls E', 'fls D', 'flerrs D', 'dq_wgts I', 'segment 4A', 'masked I']);
});

test('pages have 1024 pixels a side, thumbnails 128, and neither is blank', async (t) => {
  const path = needsData(t, 'lab', 'hst', 'ldfd01010', 'ldfd01010_x1dsum.fits');
  if (path === undefined) return;
  const folder = await temporaryFolder(t);
  const { made } = await drawSpectrum(path, { folder, base: 'x' });
  const [thumb, page] = await Promise.all(
    made.slice(0, 2).map(async (preview) => sharp(await readFile(preview.path))),
  );
  t.is((await page?.metadata())?.width, 1024);
  t.is((await thumb?.metadata())?.width, 128);
  const dark = (await thumb?.greyscale().raw().toBuffer())?.filter((value) => value < 128).length;
  t.true((dark ?? 0) > 200);
});
