import test from 'ava';
import { FitsError } from '../../../src/fits/fits-error.ts';
import { fitsFrom } from '../../../src/fits/fits-file.ts';
import { memorySource } from '../../../src/fits/memory-source.ts';
import { openCompressedRows } from '../../../src/fits/tile-compression/open-compressed-rows.ts';
import { fileOf, hduBytes } from '../../helpers/fits-bytes.ts';

interface Tile {
  readonly algorithm: string;
  readonly width: number;
  readonly height: number;
  readonly packed: Buffer;
  readonly cards?: readonly string[];
}

const card = (name: string, value: number | string): string =>
  `${name.padEnd(8)}= ${String(value).padStart(20)}`;

/** A file whose first extension is an image of 16 bits in one tile. */
function fileOfTile({ algorithm, width, height, packed, cards = [] }: Tile): Buffer {
  const words = algorithm === 'PLIO_1';
  const descriptor = Buffer.alloc(8);
  descriptor.writeInt32BE(words ? packed.length / 2 : packed.length);
  const table = [
    ...["XTENSION= 'BINTABLE'", card('BITPIX', 8), card('NAXIS', 2), card('NAXIS1', 8)],
    ...[card('NAXIS2', 1), card('PCOUNT', packed.length), card('GCOUNT', 1), card('TFIELDS', 1)],
    ...["TTYPE1  = 'COMPRESSED_DATA'", `TFORM1  = '1P${words ? 'I' : 'B'}'`, card('ZIMAGE', 'T')],
    ...[`ZCMPTYPE= '${algorithm}'`, card('ZBITPIX', 16), card('ZNAXIS', 2)],
    ...[card('ZNAXIS1', width), card('ZNAXIS2', height)],
    ...[card('ZTILE1', width), card('ZTILE2', height), ...cards],
  ];
  const primary = [card('SIMPLE', 'T'), card('BITPIX', 8), card('NAXIS', 0), card('EXTEND', 'T')];
  return fileOf(hduBytes(primary), hduBytes(table, Buffer.concat([descriptor, packed])));
}

function pixelsOf(bytes: Buffer): Float32Array {
  const file = fitsFrom(memorySource(bytes, { path: 'tile.fits' }));
  const rows = openCompressedRows(file, file.hdus[1] ?? file.primary);
  if (rows === undefined) throw new Error('no image');
  const pixels = new Float32Array(rows.width * rows.height);
  rows.readInto(pixels, { from: 0 });
  return pixels;
}

/** 400 by 300 zeros, as cfitsio packs them. */
const zeros = Buffer.from('dd990000012c00000190', 'hex');
const manyZeros = Buffer.concat([zeros, Buffer.alloc(16)]);

test('an image of zeros is read, though a tile of many thousands of them has a few bytes', (t) => {
  const tile = { algorithm: 'HCOMPRESS_1', width: 400, height: 300, packed: manyZeros };
  const pixels = pixelsOf(fileOfTile(tile));
  t.is(pixels.length, 120_000);
  t.true(pixels.every((value) => value === 0));
});

test('a header that asks for more pixels than its tiles can have is refused before memory is taken', (t) => {
  const size = { width: 400, height: 300, packed: manyZeros };
  const gzip = fileOfTile({ ...size, algorithm: 'GZIP_1' });
  t.throws(() => pixelsOf(gzip), {
    instanceOf: FitsError,
    message: /400 by 300 pixels in 1 tiles/,
  });
  const large = { algorithm: 'HCOMPRESS_1', width: 2 ** 14, height: 2 ** 14, packed: manyZeros };
  t.throws(() => pixelsOf(fileOfTile(large)), { instanceOf: FitsError, message: /in 34 bytes/ });
});

test('unsigned integers packed with PLIO have their values: cfitsio adds BZERO before, not after', (t) => {
  // What fpack -p makes of 0 1 5 100 0 77 9 3 in unsigned integers of 16 bits.
  const words = [0, 7, -100, 14, 0, 0, 0, 20482, 24580, 24671, 12311, 20482, 28740, 28678];
  const packed = Buffer.from(Int16Array.from(words).buffer).swap16();
  const tile = { algorithm: 'PLIO_1', width: 8, height: 1, packed };
  const values = [0, 1, 5, 100, 0, 77, 9, 3];
  t.deepEqual([...pixelsOf(fileOfTile({ ...tile, cards: [card('BZERO', 32768)] }))], values);
  t.deepEqual([...pixelsOf(fileOfTile(tile))], values);
  const other = fileOfTile({ ...tile, cards: [card('BZERO', 100)] });
  t.deepEqual(
    [...pixelsOf(other)],
    values.map((value) => value + 100),
  );
});
