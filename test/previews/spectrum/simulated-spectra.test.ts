import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import test, { type ExecutionContext } from 'ava';
import sharp from 'sharp';
import { withFits } from '../../../src/fits/fits-file.ts';
import { openTable } from '../../../src/fits/table-reader.ts';
import { drawSpectrum } from '../../../src/previews/jobs/draw-spectrum.ts';
import { drawOrderNames } from '../../../src/previews/spectrum/draw-order-names.ts';
import { readSpectrumProduct } from '../../../src/previews/spectrum/read-spectrum-product.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { writeCosSpectrum, writeStisSpectrum } from '../../helpers/write-spectra.ts';

async function sizeOf(path: string): Promise<string> {
  const { width, height, channels } = await sharp(await readFile(path)).metadata();
  return `${width} by ${height}, ${channels}`;
}

const drawn = test.macro({
  title: (what = '') => `${what} gets a page and a thumbnail, COS a table too`,
  exec: async (t: ExecutionContext, write: (path: string) => void, titles: readonly string[]) => {
    const folder = await temporaryFolder(t);
    const path = join(folder, 'simulated_x1d.fits');
    write(path);
    const product = withFits(path, readSpectrumProduct);
    t.deepEqual(
      product.panels.map(({ title }) => title),
      titles,
    );
    const { made, problems } = await drawSpectrum(path, { folder, base: 'x' });
    t.deepEqual(problems, []);
    const [thumb, page, table] = made.map((preview) => preview.path);
    t.is(await sizeOf(thumb ?? ''), '128 by 128, 3');
    t.is(await sizeOf(page ?? ''), '1024 by 1024, 3');
    t.is(table !== undefined, product.segments !== undefined);
    if (table === undefined) return;
    const rows = withFits(table, (file) => openTable(file, file.hdus[1] ?? file.primary).rows);
    t.is(
      rows,
      product.panels.reduce((sum, { parts }) => sum + (parts[0]?.flux.length ?? 0), 0),
    );
  },
});

const cos = (detector: 'FUV' | 'NUV') => (path: string) => {
  writeCosSpectrum(path, detector);
};
const stis = (exposures: number, orders: 'one' | 'echelle') => (path: string) => {
  writeStisSpectrum(path, { exposures, orders });
};

test('a COS FUV spectrum', drawn, cos('FUV'), ['FUVB', 'FUVA']);
test('a COS NUV spectrum', drawn, cos('NUV'), ['NUVA', 'NUVB', 'NUVC']);
test('a STIS spectrum of five exposures', drawn, stis(5, 'one'), [
  'Exposure 1 of 5, order 1',
  'Exposure 3 of 5, order 1',
  'Exposure 5 of 5, order 1',
]);
test('a STIS echelle spectrum', drawn, stis(1, 'echelle'), ['Orders 86 to 127']);

test('a picture that cannot be written takes no other with it', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'simulated_x1d.fits');
  cos('NUV')(path);
  const { made, problems } = await drawSpectrum(path, { folder: join(folder, 'none'), base: 'x' });
  t.deepEqual(made, []);
  t.deepEqual(
    problems.map((problem) => problem.code),
    Array.from({ length: 3 }, () => 'PREVIEW_NOT_WRITTEN'),
  );
});

test('orders are named where their names find room', (t) => {
  const orderAt = (name: string, middle: number) => ({
    name,
    wavelength: Float64Array.of(middle - 1, middle + 1),
    flux: new Float64Array(2),
    error: new Float64Array(2),
    bad: new Uint8Array(2),
  });
  const orders = [orderAt('3', 500), orderAt('2', 501), orderAt('1', 502), orderAt('0', 900)];
  const place = { left: 0, top: 0, width: 1000, height: 100, flux: { low: 0, high: 1 } };
  const named = (low: number, high: number): number =>
    drawOrderNames(orders, { ...place, wavelength: { low, high } }).length;
  t.is(named(0, 1000), 3, 'the second in its row touches the first');
  t.is(named(498, 510), 3, 'the last is outside');
  t.is(named(0, 1e6), 0, 'all would leave the plot');
});
