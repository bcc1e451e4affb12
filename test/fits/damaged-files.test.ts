import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import { checkWholeFits } from '../../src/fits/check-whole.ts';
import { readDataBytes } from '../../src/fits/data-bytes.ts';
import { FitsError } from '../../src/fits/fits-error.ts';
import { fitsFromBytes, openFits } from '../../src/fits/fits-file.ts';
import { openImage } from '../../src/fits/image-reader.ts';
import { loadFits, readHeaders } from '../../src/fits/read-headers.ts';
import { openTable } from '../../src/fits/table-reader.ts';
import { fileOf, hduBytes } from '../helpers/fits-bytes.ts';
import { needsData } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const primary = ['SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 0'];
const image = (bitpix: number, ...axes: readonly (number | string)[]): readonly string[] => [
  'SIMPLE  = T',
  `BITPIX  = ${bitpix}`,
  `NAXIS   = ${axes.length}`,
  ...axes.map((length, axis) => `NAXIS${axis + 1}  = ${length}`),
];

/** Asserts that reading fails as it should, with the place of the failure. */
function refuses(
  t: ExecutionContext,
  bytes: Uint8Array,
  expected: { readonly code: string; readonly message?: RegExp; readonly offset?: number },
): void {
  const error = t.throws(() => fitsFromBytes(bytes, { path: 'd.fits' }), { instanceOf: FitsError });
  t.like(error, { file: 'd.fits', code: expected.code });
  if (expected.message !== undefined) t.regex(error.message, expected.message);
  if (expected.offset !== undefined) t.is(error.offset, expected.offset);
}

test('what is no FITS file is refused', (t) => {
  refuses(t, new Uint8Array(0), { code: 'NOT_FITS', message: /empty/ });
  refuses(t, Buffer.alloc(2880), { code: 'NOT_FITS', message: /expected `SIMPLE {2}=`/ });
  refuses(t, Buffer.alloc(2880, '<html>'), { code: 'NOT_FITS', message: /<html>/ });
  refuses(t, Buffer.from('SIMPLE  = T'), { code: 'TRUNCATED' });
});

test('a header that does not end is refused: cut short, or without END', (t) => {
  const whole = hduBytes(primary);
  refuses(t, whole.subarray(0, 2879), { code: 'TRUNCATED', message: /ends at byte 2879/ });
  refuses(t, Buffer.from(whole.toString().replace('END', 'ENT')), { code: 'TRUNCATED' });
  const endless = Buffer.alloc(2880 * 6000, ' ');
  whole.copy(endless, 0, 0, 240);
  refuses(t, endless, { code: 'BAD_HEADER', message: /expected END within/ });
});

test('line ends in a header are refused with their place', (t) => {
  const mangled = hduBytes(primary);
  mangled[160] = 0x0a;
  refuses(t, mangled, { code: 'BAD_HEADER', message: /"\\n"/, offset: 160 });
});

for (const [what, cards, message] of [
  ['BITPIX', image(17), /expected 8, 16, 32, 64, -32 or -64, found 17/],
  ['a missing BITPIX', ['SIMPLE  = T', 'NAXIS   = 0'], /no `BITPIX`/],
  ['a negative NAXIS1', image(8, -1), /`NAXIS1`: expected a number from 0/],
  ['an absurd NAXIS', ['SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 1000'], /`NAXIS`: expected/],
  ['a missing NAXIS2', ['SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 2', 'NAXIS1  = 2'], /no `NAXIS2`/],
  ['a size beyond any file', image(64, 2 ** 40, 2 ** 40), /larger than any file/],
  ['a number of axis values beyond 2^53', image(8, '9007199254740993'), /expected an integer/],
  ['a negative PCOUNT', [...image(8, 1), 'PCOUNT  = -1'], /`PCOUNT`/],
] as const) {
  test(`a header with ${what} is refused`, (t) => {
    const error = t.throws(() => fitsFromBytes(hduBytes(cards), { path: 'd.fits' }), {
      instanceOf: FitsError,
    });
    t.regex(error.message, message);
    t.regex(error.message, /`d\.fits`, HDU 0/);
  });
}

test('data cut short: headers read, what is there reads, the rest is refused before memory is asked for', async (t) => {
  const file = fitsFromBytes(hduBytes(image(8, 1000, 2 ** 30), Buffer.alloc(4000, 7)), {
    path: 'd.fits',
  });
  const pixels = openImage(file, file.primary);
  t.is(pixels.read({ count: 2 })[1999], 7);
  t.throws(() => pixels.read(), { instanceOf: FitsError, code: 'TRUNCATED' });
  t.throws(() => readDataBytes(file, file.primary), { code: 'TRUNCATED' });
  t.throws(() => pixels.read({ from: 1, count: 2 ** 30 }), { instanceOf: RangeError });
  const path = join(await temporaryFolder(t), 'cut.fits');
  await writeFile(path, hduBytes(image(8, 1000, 10), Buffer.alloc(1000)).subarray(0, 4000));
  t.like(await checkWholeFits(path), { status: 'damaged', error: { code: 'TRUNCATED', hdu: 0 } });
});

test('something that is no extension after the last HDU is refused, fill is not', (t) => {
  const whole = hduBytes(primary);
  const garbage = Buffer.concat([whole, Buffer.from('garbage '.repeat(360))]);
  refuses(t, garbage, { code: 'BAD_HEADER', offset: 2880 });
  refuses(t, Buffer.concat([whole, Buffer.from('XTEN')]), { code: 'TRUNCATED', offset: 2880 });
  for (const fill of [Buffer.alloc(100, 'x'), Buffer.alloc(2880)]) {
    t.is(fitsFromBytes(Buffer.concat([whole, fill]), { path: 'd' }).trailingBytes, fill.length);
  }
});

test('a table that contradicts itself is refused', (t) => {
  const table = (...cards: readonly string[]): (() => unknown) => {
    const header = [
      "XTENSION= 'BINTABLE'",
      'BITPIX  = 8',
      'NAXIS   = 2',
      'NAXIS1  = 8',
      'NAXIS2  = 2',
    ];
    const bytes = hduBytes([...header, 'GCOUNT  = 1', ...cards], Buffer.alloc(16));
    const file = fitsFromBytes(fileOf(hduBytes(primary), bytes), { path: 'd.fits' });
    const hdu = file.hdus[1] ?? file.primary;
    return () => openTable(file, hdu).values('COL1');
  };
  const one = 'TFIELDS = 1';
  const bad = { instanceOf: FitsError, code: 'BAD_TABLE' };
  t.throws(table(one, "TFORM1  = '2D'"), { ...bad, message: /need 16 bytes or more, a row has 8/ });
  t.throws(table(one, "TFORM1  = '1Z'"), { ...bad, message: /`1Z` is no column format/ });
  t.throws(table(one, "TFORM1  = '99999999999999999999J'"), bad);
  t.throws(table(one, "TFORM1  = '2PE(1)'"), bad);
  t.throws(table('TFIELDS = 1000'), { ...bad, message: /0 to 999/ });
  t.throws(table(one), { code: 'MISSING_KEYWORD', message: /TFORM1/ });
  t.throws(table(one, "TTYPE1  = 'X'", "TFORM1  = '1D'"), { ...bad, message: /found X/ });
  t.throws(table(one, "TFORM1  = '1D'", 'THEAP   = 3'), { ...bad, message: /THEAP/ });
  t.notThrows(table(one, "TFORM1  = '1PD(9)'", 'PCOUNT  = 0'), 'empty cells are no error');
});

test('cells of variable length cannot ask for more than the heap has', (t) => {
  const rows = Buffer.alloc(16);
  rows.writeInt32BE(4, 0);
  rows.writeInt32BE(4, 8);
  rows.writeInt32BE(1, 12);
  const header = [
    "XTENSION= 'BINTABLE'",
    'BITPIX  = 8',
    'NAXIS   = 2',
    'NAXIS1  = 8',
    'NAXIS2  = 2',
  ];
  const cards = [...header, 'PCOUNT  = 5', 'GCOUNT  = 1', 'TFIELDS = 1', "TFORM1  = '1PB(4)'"];
  const bytes = fileOf(hduBytes(primary), hduBytes(cards, Buffer.concat([rows, Buffer.alloc(5)])));
  const file = fitsFromBytes(bytes, { path: 'd.fits' });
  const table = openTable(file, file.hdus[1] ?? file.primary);
  t.notThrows(() => table.values('col1', { count: 1 }));
  t.throws(() => table.values('col1'), { instanceOf: FitsError, message: /heap of 5 bytes/ });
});

test('an image is not a table, a table is no image, and a compressed image is not supported yet', (t) => {
  const file = fitsFromBytes(hduBytes(primary), { path: 'd.fits' });
  t.throws(() => openTable(file, file.primary), { code: 'WRONG_KIND' });
  const cards = [
    "XTENSION= 'BINTABLE'",
    'BITPIX  = 8',
    'NAXIS   = 2',
    'NAXIS1  = 0',
    'NAXIS2  = 0',
  ];
  const end = ['PCOUNT  = 0', 'GCOUNT  = 1', 'TFIELDS = 0'];
  for (const [extra, code] of [
    [[], 'WRONG_KIND'],
    [['ZIMAGE  = T'], 'NOT_SUPPORTED'],
  ] as const) {
    const bytes = fileOf(hduBytes(primary), hduBytes([...cards, ...end, ...extra]));
    const other = fitsFromBytes(bytes, { path: 'd.fits' });
    t.throws(() => openImage(other, other.hdus[1] ?? other.primary), {
      instanceOf: FitsError,
      code,
    });
  }
});

test('a constant array of absurd size is refused', (t) => {
  const cards = [...primary, 'NPIX1   = 1000000', 'NPIX2   = 1000000', 'PIXVALUE= 0'];
  const file = fitsFromBytes(hduBytes(cards), { path: 'd.fits' });
  t.throws(() => openImage(file, file.primary), { code: 'TOO_LARGE' });
});

test('folders, pipes and files that are not there are told without waiting', async (t) => {
  const folder = await temporaryFolder(t);
  const pipe = join(folder, 'pipe.fits');
  execFileSync('mkfifo', [pipe]);
  await mkdir(join(folder, 'd.fits'));
  for (const path of [pipe, join(folder, 'd.fits')]) {
    t.throws(() => openFits(path), { code: 'NOT_FITS', message: /regular file/ });
    t.like(await checkWholeFits(path), { status: 'damaged' });
  }
  await t.throwsAsync(readHeaders(join(folder, 'none.fits')), { code: 'ENOENT' });
  await t.throwsAsync(checkWholeFits(join(folder, 'none.fits')), { code: 'ENOENT' });
});

test('gzip is read, whatever the name; cut, damaged and oversized gzip is refused', async (t) => {
  const folder = await temporaryFolder(t);
  const bytes = hduBytes(image(8, 5000), Buffer.alloc(5000, 3));
  const packed = gzipSync(bytes);
  const path = join(folder, 'x.fits');
  await writeFile(path, packed);
  const file = openFits(path);
  t.is(openImage(file, file.primary).read()[4999], 3);
  t.is((await readHeaders(path)).hdus.length, 1);
  t.like(await checkWholeFits(path), { status: 'whole' });
  // The size at the end is that of the last of several streams.
  const parts = [bytes.subarray(0, 4000), bytes.subarray(4000, -10), bytes.subarray(-10)];
  const several = fitsFromBytes(Buffer.concat(parts.map((part) => gzipSync(part))), { path });
  t.is(several.size, bytes.length);
  t.is(openImage(several, several.primary).read()[4999], 3);
  await writeFile(path, packed.subarray(0, -20));
  t.throws(() => openFits(path), { instanceOf: FitsError, code: 'TRUNCATED' });
  await writeFile(path, Buffer.concat([packed.subarray(0, 30), Buffer.alloc(60, 1)]));
  t.throws(() => openFits(path), { instanceOf: FitsError, code: 'NOT_FITS' });
  await writeFile(path, gzipSync(Buffer.alloc(600 * 1024 * 1024), { level: 1 }));
  t.throws(() => openFits(path), { code: 'TOO_LARGE' });
  await t.throwsAsync(loadFits(path, { limit: 100 }), { code: 'TOO_LARGE' });
});

test('a file with fewer extensions than NEXTEND says is not whole', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  await writeFile(path, hduBytes([...primary, 'NEXTEND = 3']));
  t.like(await checkWholeFits(path), { status: 'damaged', error: { code: 'TRUNCATED' } });
});

test('every beginning of a real file is not whole, the file is', async (t) => {
  const real = needsData(t, 'lab', 'hst', 'stis_acq', 'ocmv0lw6q_raw.fits');
  if (real === undefined) return;
  const bytes = await readFile(real);
  const path = join(await temporaryFolder(t), 'part.fits');
  for (let length = 0; length < bytes.length; length += 2880 * 3 + 960) {
    await writeFile(path, bytes.subarray(0, length));
    t.is((await checkWholeFits(path)).status, 'damaged', `${length} bytes`);
  }
  t.is((await checkWholeFits(real)).status, 'whole');
});

for (const [name, status, message] of [
  // Its line ends were changed, so that its data are longer than its headers say.
  ['n4wl01xdq_raw.fits', 'damaged', /HDU 2, byte 167040: expected `XTENSION=`/],
  // It ends within the padding of its last block; all of its data are there.
  [
    'truncated.fits',
    'damaged',
    /expected 8640 bytes with the padding of the last block, found 7000/,
  ],
  // These are damaged in what they mean, not in their form.
  ['j8bt05njq_raw_broke.fits', 'whole', undefined],
  ['j8btxxx_raw_bad.fits', 'whole', undefined],
  ['j8btyyy_raw_bad.fits', 'whole', undefined],
  ['missing_keyword.fits', 'whole', undefined],
  ['s7g1700gl_dead_bad_xsum.fits', 'whole', undefined],
] as const) {
  test(`the damaged file ${name} is ${status}`, async (t) => {
    const path = needsData(t, 'lab', 'hst', 'damaged', name);
    if (path === undefined) return;
    const check = await checkWholeFits(path);
    t.is(check.status, status);
    if (check.status === 'damaged' && message !== undefined) t.regex(check.error.message, message);
  });
}
