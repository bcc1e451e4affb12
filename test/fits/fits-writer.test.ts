import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { checkWholeFits } from '../../src/fits/check-whole.ts';
import { readDataBytes } from '../../src/fits/data-bytes.ts';
import { FitsError } from '../../src/fits/fits-error.ts';
import { closeFits, findHdu, openFits, requireHdu, withFits } from '../../src/fits/fits-file.ts';
import { writeFits } from '../../src/fits/fits-writer.ts';
import { setKeyword } from '../../src/fits/header-edit.ts';
import { imageHeader, primaryHeader } from '../../src/fits/image-header.ts';
import { openImage } from '../../src/fits/image-reader.ts';
import { writeTable } from '../../src/fits/table-writer.ts';
import { needsData } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test('a body that throws leaves the old file and nothing else', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'x.fits');
  await writeFile(path, 'old');
  t.throws(
    () => {
      writeFits(path, (writer) => {
        writer.addHdu(primaryHeader());
        throw new Error('on purpose');
      });
    },
    { message: 'on purpose' },
  );
  t.is(await readFile(path, 'utf8'), 'old');
  t.deepEqual(await readdir(folder), ['x.fits']);
});

test('an HDU with too few or too many data is refused', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'x.fits');
  const header = primaryHeader({ type: 'int16', axes: [4, 2] });
  for (const length of [0, 4, 12]) {
    const error = t.throws(
      () => {
        writeFits(path, (writer) => {
          writer.addHdu(header).writePixels(new Int16Array(length));
        });
      },
      { instanceOf: FitsError, code: 'WRONG_DATA' },
    );
    t.regex(error.message, /x\.fits`, HDU 0: expected 16 bytes of data, got/);
  }
  t.deepEqual(await readdir(folder), []);
});

test('an empty file, a wrong first keyword and values of another type are refused', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  const attempt = (write: Parameters<typeof writeFits>[1]) => () => {
    writeFits(path, write);
  };
  t.throws(
    attempt(() => undefined),
    { code: 'WRONG_DATA' },
  );
  t.throws(
    attempt((writer) => writer.addHdu(imageHeader({ type: 'int16', axes: [] }))),
    { code: 'BAD_HEADER' },
  );
  const header = primaryHeader({ type: 'uint16', axes: [2] });
  t.throws(
    attempt((writer) => {
      writer.addHdu(header).writePixels(new Int16Array(2));
    }),
    { instanceOf: TypeError, message: /Expected values as Uint16Array/ },
  );
});

test('an image written by rows, of several types, reads back; the values given stay as they are', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  const row = Uint16Array.of(0, 40_000, 65_535);
  writeFits(path, (writer) => {
    writer.addHdu(primaryHeader());
    const image = writer.addHdu(
      imageHeader({ type: 'uint16', axes: [3, 2], name: 'SCI', version: 2 }),
    );
    image.writePixels(row);
    image.writePixels(row);
  });
  t.deepEqual([...row], [0, 40_000, 65_535]);
  const read = withFits(path, (file) =>
    openImage(file, requireHdu(file, { name: 'sci', version: 2 })).read(),
  );
  t.deepEqual(read, Uint16Array.of(0, 40_000, 65_535, 0, 40_000, 65_535));
  t.like(await checkWholeFits(path), { status: 'whole' });
});

test('rows are read into arrays of the caller, of the image type or real', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  writeFits(path, (writer) => {
    writer
      .addHdu(primaryHeader({ type: 'uint16', axes: [2, 3] }))
      .writePixels(Uint16Array.of(1, 2, 3, 4, 5, 65_535));
  });
  const file = openFits(path);
  const image = openImage(file, file.primary);
  const floats = new Float32Array(2);
  image.readInto(floats, { from: 2 });
  t.deepEqual(floats, Float32Array.of(5, 65_535));
  const doubles = new Float64Array(10).subarray(3, 7);
  image.readInto(doubles, { from: 1 });
  t.deepEqual([...doubles], [3, 4, 5, 65_535]);
  t.throws(
    () => {
      image.readInto(new Int16Array(2), { from: 0 });
    },
    { instanceOf: TypeError },
  );
  t.throws(
    () => {
      image.readInto(new Uint16Array(3), { from: 0 });
    },
    { instanceOf: RangeError },
  );
  t.throws(
    () => {
      image.readInto(new Uint16Array(2), { from: 3 });
    },
    { instanceOf: RangeError },
  );
  t.deepEqual([...readDataBytes(file, file.primary, { from: 10, count: 2 })], [0x7f, 0xff]);
  closeFits(file);
  closeFits(file);
});

test('a constant array has the size and value its header says', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  const header = primaryHeader({ type: 'int16' });
  setKeyword(header, 'NPIX1', { value: 3 });
  setKeyword(header, 'NPIX2', { value: 2 });
  setKeyword(header, 'PIXVALUE', { value: -7 });
  writeFits(path, (writer) => {
    writer.addHdu(header);
  });
  const image = withFits(path, (file) => openImage(file, file.primary));
  t.like(image, { kind: 'constant', width: 3, rows: 2, constant: -7 });
  t.deepEqual(image.read(), new Int16Array(6).fill(-7));
  t.deepEqual(image.read({ from: 1 }), new Int16Array(3).fill(-7));
});

test('an HDU that is not there is an error that names those that are', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  writeFits(path, (writer) => {
    writer.addHdu(primaryHeader());
    writer.addHdu(imageHeader({ type: 'uint8', axes: [], name: 'SCI' }));
  });
  withFits(path, (file) => {
    t.is(findHdu(file, { name: 'DQ' }), undefined);
    t.throws(() => requireHdu(file, { name: 'SCI', version: 2 }), {
      code: 'NO_SUCH_HDU',
      message: /expected an HDU `SCI,2`, found PRIMARY,1 SCI,1/,
    });
  });
});

test('a table whose columns do not have the rows it says is refused', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  const attempt = (values: Parameters<typeof writeTable>[1]['columns'][number]['values']) => () => {
    writeFits(path, (writer) => {
      writer.addHdu(primaryHeader());
      writeTable(writer, { rows: 2, columns: [{ name: 'A', format: '3A', values }] });
    });
  };
  t.throws(attempt(['a']), { instanceOf: RangeError, message: /2 rows of `A`/ });
  t.throws(attempt(['a', 'long']), { instanceOf: RangeError, message: /at most 3/ });
  t.throws(attempt(['a', 'é']), { instanceOf: TypeError });
  t.throws(attempt(Int16Array.of(1, 2)), { instanceOf: TypeError });
  t.notThrows(attempt(['a', 'abc']));
});

test('a real file copied HDU by HDU has the same bytes', async (t) => {
  const real = needsData(t, 'lab', 'hst', 'previews', 'ibxy01z8q_ima.fits');
  if (real === undefined) return;
  const path = join(await temporaryFolder(t), 'copy.fits');
  withFits(real, (file) => {
    writeFits(path, (writer) => {
      for (const hdu of file.hdus) writer.copyHdu(file, hdu);
    });
  });
  t.true((await readFile(path)).equals(await readFile(real)));
});
