import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { verifyChecksums } from '../../src/fits/checksum.ts';
import { writeFits } from '../../src/fits/fits-writer.ts';
import { setKeyword } from '../../src/fits/header-edit.ts';
import { imageHeader, primaryHeader } from '../../src/fits/image-header.ts';
import type { PixelArray } from '../../src/fits/pixel-type.ts';
import { pixelTypeOf } from '../../src/fits/pixel-type.ts';
import { writeTable } from '../../src/fits/table-writer.ts';
import { updateHeader } from '../../src/fits/update-header.ts';
import { assertSameFile, runAstropy, type AstropyFile } from '../helpers/astropy.ts';
import { skip, testData } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const parseLines = (text: string): readonly AstropyFile[] =>
  text.split('\n').map((line) => JSON.parse(line) as AstropyFile);

async function filesUnder(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\.fits(\.gz)?$/.test(name)).map((name) => join(folder, name));
}

test('every real file reads as astropy reads it: cards, pixels, columns', async (t) => {
  t.timeout(300_000);
  if (testData === undefined) {
    skip(t, 'CALDP_TEST_DATA is not set');
    return;
  }
  // Its line ends were mangled; see `damaged-files.test.ts`.
  const paths = (await filesUnder(testData)).filter((path) => !path.includes('n4wl01xdq'));
  const described = await runAstropy(t, 'describe.py', { args: paths });
  if (described === undefined) return;
  const files = parseLines(described);
  const compared = files.map((file) => assertSameFile(t, file)).reduce((sum, one) => sum + one);
  t.log(`${files.length} files, ${compared} images and columns`);
  t.is(files.length, paths.length);
});

test('files that astropy made read as it reads them: every BITPIX and column format', async (t) => {
  const folder = await temporaryFolder(t);
  if ((await runAstropy(t, 'make.py', { args: [folder] })) === undefined) return;
  const described = await runAstropy(t, 'describe.py', { args: await filesUnder(folder) });
  if (described === undefined) return;
  const compared = parseLines(described).map((file) => assertSameFile(t, file));
  t.is(
    compared.reduce((sum, one) => sum + one),
    11 + 18 + 5,
  );
});

test('checksums that astropy made are right, and still are after a change of the header', async (t) => {
  const folder = await temporaryFolder(t);
  if ((await runAstropy(t, 'make.py', { args: [folder] })) === undefined) return;
  // Of tables with cells of variable length, astropy writes sums that it finds wrong itself.
  const paths = (await filesUnder(folder)).filter((path) => !path.endsWith('tables.fits'));
  for (const path of paths) {
    await updateHeader(path, {
      edit: (header) => {
        setKeyword(header, 'TARGNAME', { value: 'NGC 104', comment: 'a change' });
      },
    });
    for (const sums of await verifyChecksums(path)) {
      t.deepEqual([sums.datasum, sums.checksum], ['right', 'right'], `${path} ${sums.hdu}`);
    }
  }
  t.is(await runAstropy(t, 'verify.py', { args: paths }), '');
});

const pixels: readonly PixelArray[] = [
  Int8Array.of(-128, 127, 0, 1, 2, 3),
  Uint8Array.of(0, 255, 1, 2, 3, 4),
  Int16Array.of(-32768, 32767, 0, 1, 2, 3),
  Uint16Array.of(0, 65535, 32768, 1, 2, 3),
  Int32Array.of(-(2 ** 31), 2 ** 31 - 1, 0, 1, 2, 3),
  Uint32Array.of(0, 2 ** 32 - 1, 2 ** 31, 1, 2, 3),
  BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n, 0n, 1n, 2n, 3n),
  BigUint64Array.of(0n, 2n ** 64n - 1n, 2n ** 63n, 1n, 2n, 3n),
  Float32Array.of(1.1, -0, 3.4e38, Infinity, 0, NaN),
  Float64Array.of(1.1, -0, 5e-324, Infinity, 0, NaN),
];

const columns = [
  { name: 'FLAG', format: '1L', values: [true, false, true] },
  { name: 'BITS', format: '11X', values: new Uint8Array(33).fill(1, 3, 20) },
  { name: 'TEXT', format: '10A', values: ['', "it's", 'ten letter'] },
  { name: 'BYTE', format: '2B', values: Uint8Array.of(1, 2, 3, 4, 5, 6) },
  { name: 'SHORT', format: '1I', values: Int16Array.of(-32768, 0, 32767), unit: 'count' },
  { name: 'USHORT', format: '1I', values: Uint16Array.of(0, 32768, 65535) },
  { name: 'INT', format: '1J', values: Int32Array.of(1, 2, 3) },
  { name: 'UINT', format: '1J', values: Uint32Array.of(0, 2 ** 31, 2 ** 32 - 1) },
  { name: 'LONG', format: '1K', values: BigInt64Array.of(1n, 2n, -(2n ** 63n)) },
  { name: 'FLOAT', format: '1E', values: Float32Array.of(1.5, NaN, -0) },
  { name: 'DOUBLE', format: '1D', values: Float64Array.of(1.1, 2.2, 3.3) },
  { name: 'COMPLEX', format: '1C', values: Float32Array.of(1, 2, 3, 4, 5, 6) },
  {
    name: 'SOME',
    format: '1PE(3)',
    values: [Float32Array.of(1, 2, 3), Float32Array.of(), Float32Array.of(4)],
  },
  {
    name: 'MANY',
    format: '1QD(2)',
    values: [Float64Array.of(1), Float64Array.of(2, 3), Float64Array.of()],
  },
];

test('astropy reads what we write, and finds nothing to complain of', async (t) => {
  const path = join(await temporaryFolder(t), 'ours.fits');
  writeFits(path, (writer) => {
    writer.addHdu(primaryHeader());
    for (const values of pixels) {
      const type = pixelTypeOf(values);
      writer.addHdu(imageHeader({ type, axes: [3, 2], name: type })).writePixels(values);
    }
    writeTable(writer, { columns, rows: 3, name: 'TABLE', version: 2 });
  });
  const described = await runAstropy(t, 'describe.py', { args: [path] });
  if (described === undefined) return;
  const [file] = parseLines(described);
  if (file === undefined) throw new Error('no description');
  t.is(assertSameFile(t, file), pixels.length + columns.length);
  t.is(await runAstropy(t, 'verify.py', { args: [path] }), '');
});
