// Measures FITS reading, writing and header updates on files made here. Run: node --import=tsx/esm bench/fits.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource } from '../src/fits/byte-source.ts';
import { checkWholeFits } from '../src/fits/check-whole.ts';
import { verifyChecksums } from '../src/fits/checksum.ts';
import { fitsFrom, openFits, withFits } from '../src/fits/fits-file.ts';
import { writeFits } from '../src/fits/fits-writer.ts';
import { setKeyword } from '../src/fits/header-edit.ts';
import { imageHeader, primaryHeader } from '../src/fits/image-header.ts';
import { openImage } from '../src/fits/image-reader.ts';
import { newPixels, type PixelArray, type PixelType } from '../src/fits/pixel-type.ts';
import { readHeaders } from '../src/fits/read-headers.ts';
import { openTable } from '../src/fits/table-reader.ts';
import { writeTable } from '../src/fits/table-writer.ts';
import { updateHeader } from '../src/fits/update-header.ts';

const folder = mkdtempSync(join(tmpdir(), 'caldp-bench-'));
const path = join(folder, 'frame.fits');
const [width, height] = [4096, 2048];

async function median(work: () => unknown, { times = 7 } = {}): Promise<number> {
  const durations: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    await work();
    durations.push(performance.now() - start);
  }
  return durations.sort((one, other) => one - other)[Math.floor(times / 2)] ?? NaN;
}

function report(what: string, milliseconds: number, bytes?: number): void {
  const rate = bytes === undefined ? '' : `${(bytes / 1e3 / milliseconds).toFixed(0)} MB/s`;
  console.log(`${what.padEnd(52)}${milliseconds.toFixed(2).padStart(9)} ms  ${rate.padStart(10)}`);
}

/** A file as large as a drizzled one: two imsets of three float images, and one of each other type. */
function makeFrame(): void {
  const cards = Array.from({ length: 250 }, (_, index) => `HISTORY line ${index}`.padEnd(80));
  writeFits(path, (writer) => {
    writer.addHdu(primaryHeader({ cards }));
    const types: readonly PixelType[] = [
      'float32',
      'float32',
      'float32',
      'float32',
      'int16',
      'uint16',
      'uint16',
    ];
    for (const [index, type] of types.entries()) {
      const image = writer.addHdu(
        imageHeader({ type, axes: [width, height], name: type, version: index, cards }),
      );
      const row = newPixels(type, width).fill(1 as never);
      for (let count = 0; count < height; count += 1) image.writePixels(row);
    }
  });
}

function readRows(
  name: string,
  options: { readonly rows: number; readonly into: PixelArray },
): number {
  return withFits(path, (file) => {
    const hdu = file.hdus.find((one) => one.name === name) ?? file.primary;
    const image = openImage(file, hdu);
    const target = options.into.subarray(0, options.rows * width);
    for (let from = 0; from < image.rows; from += options.rows) image.readInto(target, { from });
    return hdu.shape.bytes;
  });
}

function countScan(): { readonly reads: number; readonly bytes: number } {
  let [reads, bytes] = [0, 0];
  withFits(path, ({ source }) => {
    const counting: ByteSource = {
      ...source,
      read: (target, options) => {
        reads += 1;
        bytes += target.length;
        source.read(target, options);
      },
    };
    fitsFrom(counting);
  });
  return { reads, bytes };
}

try {
  makeFrame();
  const file = openFits(path);
  const { size } = file.source;
  console.log(
    `file of ${(size / 1e6).toFixed(0)} MB, ${file.hdus.length} HDUs; Node ${process.version}`,
  );
  const scan = countScan();
  console.log(`a scan makes ${scan.reads} reads of ${scan.bytes} bytes together`);
  report(
    'scan, synchronous',
    await median(() => {
      openFits(path).source.close();
    }),
  );
  report('scan, asynchronous', await median(() => readHeaders(path)));
  report('check whole', await median(() => checkWholeFits(path)));
  for (const [name, into] of [
    ['int16', new Int16Array(16 * width)],
    ['uint16', new Uint16Array(16 * width)],
    ['float32', new Float32Array(16 * width)],
    ['uint16', new Float32Array(16 * width)],
  ] as const) {
    for (const rows of [1, 16]) {
      const bytes = readRows(name, { rows, into });
      const what = `${name} into ${into.constructor.name}, ${rows} rows a read`;
      report(what, await median(() => readRows(name, { rows, into })), bytes);
    }
  }
  report('write whole file by rows, synced', await median(makeFrame, { times: 3 }), size);
  let count = 0;
  report(
    'update header in place',
    await median(() =>
      updateHeader(path, {
        edit: (header) => {
          setKeyword(header, 'COUNT', { value: (count += 1) });
        },
      }),
    ),
  );
  report(
    'update header, new file',
    await median(
      () =>
        updateHeader(path, {
          inPlace: false,
          edit: (header) => {
            setKeyword(header, 'COUNT', { value: (count += 1) });
          },
        }),
      { times: 3 },
    ),
    size,
  );
  await updateHeader(path, {
    hdu: 1,
    edit: (header) => {
      setKeyword(header, 'CHECKSUM', { value: '0' });
    },
  });
  report(
    'verify checksum of one float image',
    await median(() => verifyChecksums(path), { times: 3 }),
    width * height * 4,
  );

  const rows = 500_000;
  const table = join(folder, 'events.fits');
  writeFits(table, (writer) => {
    writer.addHdu(primaryHeader());
    writeTable(writer, {
      rows,
      columns: [
        { name: 'TIME', format: '1E', values: new Float32Array(rows) },
        { name: 'RAWX', format: '1I', values: new Int16Array(rows) },
        { name: 'PHA', format: '1B', values: new Uint8Array(rows) },
      ],
    });
  });
  report(
    'one column of 500,000 rows',
    await median(() =>
      withFits(table, (one) => openTable(one, one.hdus[1] ?? one.primary).values('RAWX')),
    ),
    rows * 7,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
