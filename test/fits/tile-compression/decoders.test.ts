import test from 'ava';
import { hcompressDecode } from '../../../src/fits/tile-compression/hcompress/hcompress-decode.ts';
import { plioDecode } from '../../../src/fits/tile-compression/plio-decode.ts';
import { tileMemory } from '../../../src/fits/tile-compression/tile-memory.ts';

/** Used again by every decoding, as by a reader of tiles. */
const memory = tileMemory();

/** A tile of 5 rows of 7 simulated values, as cfitsio stored it. */
const packed = Buffer.from(
  '3ZkAAAAFAAAABwAAAAD/////////8AcIB/sj9tUCqkf+mv0/eH/3w0EVAf972H1Ae9hFQH/f8EeEKEeD0DgHr/wOAOH/f8Dh/wOAAIpgyFA=',
  'base64',
);
const values = Int32Array.from({ length: 35 }, (_, index) => ((index * 37) % 101) - 50);

test('a tile compressed with HCOMPRESS has its values again, odd sides and negative values too', (t) => {
  t.deepEqual(hcompressDecode(packed, { count: 35, smooth: false, memory }), values);
});

test('a tile of HCOMPRESS that is cut off, has another size or another beginning is damaged', (t) => {
  for (let length = 0; length < packed.length - 1; length++) {
    const cut = packed.subarray(0, length);
    t.is(hcompressDecode(cut, { count: 35, smooth: false, memory }), undefined, String(length));
  }
  t.is(hcompressDecode(packed, { count: 36, smooth: false, memory }), undefined);
  const other = Buffer.from(packed);
  other[0] = 0;
  t.is(hcompressDecode(other, { count: 35, smooth: false, memory }), undefined);
});

test('instructions of PLIO put zeros, runs, single values and changes of the value', (t) => {
  const body = [0x0002, 0x1005, 0x0001, 0x4003, 0x2002, 0x5002, 0x3001, 0x6004, 0x7001];
  const words = Int16Array.of(0, 7, -100, 7 + body.length, 0, 0, 0, ...body);
  const expected = [0, 0, 4101, 4101, 4101, 0, 4103, 4106, 4105, 0];
  t.deepEqual([...(plioDecode(words, { count: 10, memory }) ?? [])], expected);
  t.is(plioDecode(words.subarray(0, 9), { count: 10, memory }), undefined);
});
