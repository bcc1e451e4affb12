import { join } from 'node:path';
import test from 'ava';
import { fitsFromBytes, openFits, requireHdu, withFits } from '../../src/fits/fits-file.ts';
import { FitsError } from '../../src/fits/fits-error.ts';
import { writeFits } from '../../src/fits/fits-writer.ts';
import { formatCard } from '../../src/fits/format-card.ts';
import { primaryHeader } from '../../src/fits/image-header.ts';
import { openTable, type Table } from '../../src/fits/table-reader.ts';
import { numbersOf, stringsOf, tableRows } from '../../src/fits/table-rows.ts';
import { writeTable, type NewTable } from '../../src/fits/table-writer.ts';
import { fileOf, hduBytes } from '../helpers/fits-bytes.ts';
import { needsData } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** Writes a table and opens it; its file is gone with the test. */
async function written(folder: Promise<string>, table: NewTable): Promise<Table> {
  const path = join(await folder, 'x.fits');
  writeFits(path, (writer) => {
    writer.addHdu(primaryHeader());
    writeTable(writer, table);
  });
  const file = openFits(path);
  return openTable(file, requireHdu(file, { name: 'T' }));
}

/** An ASCII table of one column of 8 characters and its cells. */
function asciiColumn(format: string, cells: readonly string[], ...cards: readonly string[]): Table {
  const header = ["XTENSION= 'TABLE'", 'BITPIX  = 8', 'NAXIS   = 2', 'NAXIS1  = 10'];
  const rest = [
    `NAXIS2  = ${cells.length}`,
    'PCOUNT  = 0',
    'GCOUNT  = 1',
    'TFIELDS = 1',
    'TBCOL1  = 3',
  ];
  const data = Buffer.from(cells.map((cell) => `  ${cell.padEnd(8)}`).join(''));
  const table = hduBytes(
    [...header, ...rest, "TTYPE1  = 'A'", `TFORM1  = '${format}'`, ...cards],
    data,
  );
  const bytes = fileOf(hduBytes(['SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 0']), table);
  const file = fitsFromBytes(bytes, { path: 'a.fits' });
  return openTable(file, file.hdus[1] ?? file.primary);
}

test('the value of TNULL is null in a row and NaN among numbers, with unsigned columns too', async (t) => {
  const table = await written(temporaryFolder(t), {
    name: 'T',
    rows: 3,
    columns: [
      { name: 'I', format: '1I', values: Int16Array.of(5, -99, 7) },
      { name: 'U', format: '1I', values: Uint16Array.of(5, 99, 40_000) },
      { name: 'K', format: '1K', values: BigInt64Array.of(1n, 2n, -1n) },
    ],
    cards: [
      ...formatCard('TNULL1', { value: -99 }),
      ...formatCard('TNULL2', { value: 99 - 32_768 }),
      ...formatCard('TNULL3', { value: -1 }),
    ],
  });
  t.deepEqual(
    [...tableRows(table)],
    [
      { I: 5, U: 5, K: 1n },
      { I: null, U: null, K: 2n },
      { I: 7, U: 40_000, K: null },
    ],
  );
  t.deepEqual(numbersOf(table, 'i'), Float64Array.of(5, NaN, 7));
  t.deepEqual(numbersOf(table, 'u'), Float64Array.of(5, NaN, 40_000));
  t.deepEqual(numbersOf(table, 'k'), Float64Array.of(1, 2, NaN));
});

test('scaled columns are real numbers, and what is null among them is NaN', (t) => {
  const cards = [
    "XTENSION= 'BINTABLE'",
    'BITPIX  = 8',
    'NAXIS   = 2',
    'NAXIS1  = 2',
    'NAXIS2  = 2',
  ];
  const rest = ['PCOUNT  = 0', 'GCOUNT  = 1', 'TFIELDS = 1', "TFORM1  = '1I'", 'TNULL1  = -1'];
  const scale = ['TSCAL1  = 0.5', 'TZERO1  = 10'];
  const table = hduBytes([...cards, ...rest, ...scale], Buffer.from([0, 4, 255, 255]));
  const bytes = fileOf(hduBytes(['SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 0']), table);
  const file = fitsFromBytes(bytes, { path: 's.fits' });
  const opened = openTable(file, file.hdus[1] ?? file.primary);
  t.deepEqual(opened.values('COL1'), Float64Array.of(12, NaN));
  t.deepEqual(numbersOf(opened, 'COL1'), Float64Array.of(12, NaN));
});

test('a table whose values would have to be scaled is not written', async (t) => {
  const table = {
    name: 'T',
    rows: 1,
    columns: [{ name: 'S', format: '1I', values: Int16Array.of(4) }],
    cards: formatCard('TSCAL1', { value: 0.5 }),
  };
  await t.throwsAsync(written(temporaryFolder(t), table), { instanceOf: TypeError });
});

test('texts end at a NUL, lose trailing blanks, and several may be in a cell', async (t) => {
  const table = await written(temporaryFolder(t), {
    name: 'T',
    rows: 2,
    columns: [
      { name: 'A', format: '6A', values: ['ab  ', ''] },
      { name: 'B', format: '6A2', values: ['a', 'b', 'c', 'd', 'e', 'f'] },
    ],
  });
  t.deepEqual(stringsOf(table, 'A'), ['ab', '']);
  t.deepEqual(table.cellBytes('A', { row: 0 }), Buffer.from('ab  \0\0'));
  t.deepEqual([...tableRows(table, { columns: ['b'], from: 1 })], [{ B: ['d', 'e', 'f'] }]);
});

test('a helper for numbers or texts refuses the other', async (t) => {
  const table = await written(temporaryFolder(t), {
    name: 'T',
    rows: 1,
    columns: [
      { name: 'A', format: '3A', values: ['abc'] },
      { name: 'N', format: '1J', values: Int32Array.of(1) },
    ],
  });
  t.throws(() => numbersOf(table, 'A'), { instanceOf: TypeError, message: /column of numbers/ });
  t.throws(() => stringsOf(table, 'N'), { instanceOf: TypeError, message: /column of texts/ });
  t.throws(() => table.values('N', { from: 1, count: 1 }), { instanceOf: RangeError });
  t.throws(() => table.column('none'), { instanceOf: FitsError, message: /found A, N/ });
  t.false(table.hasColumn('none'));
});

for (const [format, cells, cards, expected] of [
  ['I8', ['12', '-7', '', '+5'], [], Int32Array.of(12, -7, 0, 5)],
  ['I8', ['12', 'INDEF'], ["TNULL1  = 'INDEF'"], Float64Array.of(12, NaN)],
  ['F8.2', ['1.5', '150', '-.5', ''], [], Float64Array.of(1.5, 1.5, -0.5, 0)],
  ['E8.1', ['1.5E+3', '1.5-3', '2'], [], Float64Array.of(1500, 0.0015, 0.2)],
  [
    'D8.0',
    ['1.D2', '****'],
    ["TNULL1  = '****'", 'TSCAL1  = 2.', 'TZERO1  = 1'],
    Float64Array.of(201, NaN),
  ],
  ['A8', ["it's", '', 'eight ch'], [], ["it's", '', 'eight ch']],
] as const) {
  test(`cells of an ASCII table in ${format}: ${cells.join(', ')}`, (t) => {
    t.deepEqual(asciiColumn(format, cells, ...cards).values('a'), expected);
  });
}

test('a cell of an ASCII table that is no number is an error', (t) => {
  for (const [format, cell] of [
    ['I8', '1.5'],
    ['F8.2', 'abc'],
    ['E8.2', '+'],
  ] as const) {
    t.throws(() => asciiColumn(format, [cell]).values('A'), {
      instanceOf: FitsError,
      code: 'BAD_VALUE',
    });
  }
  t.throws(() => asciiColumn('I9', ['1']), { code: 'BAD_TABLE', message: /does not fit/ });
  t.throws(() => asciiColumn('8I', ['1']), { code: 'BAD_TABLE' });
});

test('members of a real association are read row by row', (t) => {
  const path = needsData(t, 'lab', 'hst', 'jbz504010', 'jbz504010_asn.fits');
  if (path === undefined) return;
  withFits(path, (file) => {
    const rows = [...tableRows(openTable(file, requireHdu(file, { name: 'ASN' })))];
    t.deepEqual(rows[0], { MEMNAME: 'JBZ504EJQ', MEMTYPE: 'EXP-RPT', MEMPRSNT: true });
    t.is(rows.length, 3);
  });
});
