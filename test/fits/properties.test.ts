import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import test from 'ava';
import fc from 'fast-check';
import { FitsError } from '../../src/fits/fits-error.ts';
import { fitsFromBytes, withFits, type FitsFile } from '../../src/fits/fits-file.ts';
import { writeFits } from '../../src/fits/fits-writer.ts';
import { setKeyword } from '../../src/fits/header-edit.ts';
import { imageHeader, primaryHeader } from '../../src/fits/image-header.ts';
import { openImage } from '../../src/fits/image-reader.ts';
import { newPixels, pixelTypeOf } from '../../src/fits/pixel-type.ts';
import { openTable } from '../../src/fits/table-reader.ts';
import { tableRows } from '../../src/fits/table-rows.ts';
import { writeTable } from '../../src/fits/table-writer.ts';
import { columnOf, headerText, pixelsOf } from '../helpers/arbitrary-fits.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const timeBox = { numRuns: 1_000, interruptAfterTimeLimit: 2_000 };

test('any header that is written reads back: values, comments, order', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  const value = fc.oneof(
    headerText.map((text) => text.trimEnd()),
    fc.boolean(),
    fc.integer(),
    fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((real) => ({ real })),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 80 }), (values) => {
      const header = primaryHeader();
      values.forEach((one, index) => {
        setKeyword(header, `K${index}`, { value: one, comment: 'a remark' });
      });
      writeFits(path, (writer) => {
        writer.addHdu(header);
      });
      const read = withFits(path, (file) => file.primary.header);
      t.deepEqual(read.cards, header.cards);
      values.forEach((one, index) => {
        const found = read.card(`K${index}`)?.value;
        const back = found !== undefined && 'value' in found ? found.value : undefined;
        const expected = typeof one === 'object' ? one.real : one;
        t.true(back === expected || (typeof expected === 'bigint' && back === Number(expected)));
      });
    }),
    timeBox,
  );
});

test('any image that is written reads back: whole, by rows, into an array of the caller', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  const image = fc
    .tuple(
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 3 }),
    )
    .chain((axes) => fc.tuple(fc.constant(axes), pixelsOf(axes[0] * axes[1] * axes[2])));
  fc.assert(
    fc.property(image, fc.integer({ min: 1, max: 4 }), ([axes, values], step) => {
      const type = pixelTypeOf(values);
      const [width] = axes;
      writeFits(path, (writer) => {
        writer.addHdu(primaryHeader());
        const target = writer.addHdu(imageHeader({ type, axes }));
        for (let at = 0; at < values.length; at += step * width) {
          target.writePixels(values.slice(at, at + step * width));
        }
      });
      withFits(path, (file) => {
        const read = openImage(file, file.hdus[1] ?? file.primary);
        t.deepEqual(read.read(), values);
        const row = newPixels(type, width);
        for (let from = 0; from < read.rows; from += 1) {
          read.readInto(row, { from });
          t.deepEqual(row, values.slice(from * width, (from + 1) * width));
        }
      });
    }),
    timeBox,
  );
});

test('any table that is written reads back: by column, by range, by row', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  const table = fc
    .integer({ min: 0, max: 12 })
    .chain((rows) =>
      fc.tuple(fc.constant(rows), fc.array(columnOf(rows), { minLength: 1, maxLength: 6 })),
    );
  fc.assert(
    fc.property(table, ([rows, some]) => {
      // A row must have at least one byte.
      const columns = [{ format: '1L', values: new Array<boolean>(rows).fill(true) }, ...some].map(
        (column, index) => ({ ...column, name: `C${index}` }),
      );
      writeFits(path, (writer) => {
        writer.addHdu(primaryHeader());
        writeTable(writer, { columns, rows });
      });
      withFits(path, (file) => {
        const read = openTable(file, file.hdus[1] ?? file.primary);
        t.is(read.rows, rows);
        for (const { name, values } of columns)
          t.deepEqual(read.values(name.toLowerCase()), values);
        t.is([...tableRows(read)].length, rows);
      });
    }),
    timeBox,
  );
});

/** Reads everything there is in a file; whatever is wrong with it must come as a FitsError. */
function readAll(file: FitsFile): void {
  for (const hdu of file.hdus) {
    for (const read of [readPixels, readTable]) {
      try {
        read(file, hdu);
      } catch (error) {
        if (!(error instanceof FitsError)) throw error;
      }
    }
  }
}

const readPixels = (file: FitsFile, hdu: FitsFile['primary']): void => {
  const image = openImage(file, hdu);
  // A constant array may be large without the file being so; it is read by rows.
  if (image.rows > 0) image.read({ count: image.kind === 'constant' ? 1 : image.rows });
};

const readTable = (file: FitsFile, hdu: FitsFile['primary']): void => {
  const table = openTable(file, hdu);
  for (const column of table.columns) table.values(column.name);
  for (const row of tableRows(table)) Object.keys(row);
};

test('a file with bytes changed, cut or doubled reads, or fails with a FitsError, in little time and memory', async (t) => {
  t.timeout(60_000);
  const path = join(await temporaryFolder(t), 'seed.fits');
  writeFits(path, (writer) => {
    writer.addHdu(primaryHeader());
    writer
      .addHdu(imageHeader({ type: 'uint16', axes: [5, 4], name: 'SCI' }))
      .writePixels(new Uint16Array(20));
    const columns = [
      { name: 'A', format: '5A', values: ['a', 'b'] },
      { name: 'V', format: '1PE(3)', values: [Float32Array.of(1, 2, 3), Float32Array.of(4)] },
      { name: 'J', format: '2J', values: Int32Array.of(1, 2, 3, 4) },
      { name: 'X', format: '9X', values: new Uint8Array(18) },
    ];
    writeTable(writer, { columns, rows: 2 });
  });
  const seed = await readFile(path);
  const headerBytes = fc.constantFrom(...Buffer.from("0123456789-+.'/=TFED AJPQX"));
  const change = fc.record({
    at: fc.nat(seed.length - 1),
    byte: fc.oneof(headerBytes, fc.nat(255)),
  });
  // Most of the file is blank or zero: aim at the first cards of each header, too.
  const aimed = fc.record({
    at: fc.tuple(fc.constantFrom(0, 2880, 8640), fc.nat(1600)).map(([start, at]) => start + at),
    byte: headerBytes,
  });
  const numbers = fc.record({
    card: fc.nat(seed.length / 80 - 1),
    number: fc.oneof(fc.integer({ min: -3, max: 40 }), fc.integer(), fc.maxSafeInteger()),
  });
  let slowest = 0;
  let largest = 0;
  const run = fc.check(
    fc.property(
      fc.array(fc.oneof(change, aimed, aimed), { maxLength: 6 }),
      fc.array(numbers, { maxLength: 3 }),
      fc.option(fc.nat(seed.length), { freq: 4 }),
      fc.boolean(),
      (changes, values, length, packed) => {
        const bytes = Buffer.from(seed);
        for (const { at, byte } of changes) bytes[at] = byte;
        for (const { card, number } of values) {
          bytes.write(String(number).padStart(20), card * 80 + 10, 'latin1');
        }
        const cut = length === null ? bytes : bytes.subarray(0, length);
        const before = process.memoryUsage();
        const start = performance.now();
        try {
          readAll(fitsFromBytes(packed ? gzipSync(cut, { level: 1 }) : cut, { path: 'm.fits' }));
        } catch (error) {
          if (!(error instanceof FitsError)) throw error;
        }
        slowest = Math.max(slowest, performance.now() - start);
        const after = process.memoryUsage();
        largest = Math.max(largest, after.arrayBuffers - before.arrayBuffers);
      },
    ),
    { numRuns: 20_000, interruptAfterTimeLimit: 4_000 },
  );
  t.log(
    `seed ${run.seed}, ${run.numRuns} files, slowest ${slowest.toFixed(1)} ms, most memory ${largest} bytes`,
  );
  t.false(run.failed && !run.interrupted, fc.defaultReportMessage(run));
  t.true(largest < 64 * 1024 * 1024);
  t.true(slowest < 2_000);
});
