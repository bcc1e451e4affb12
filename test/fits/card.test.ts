import test from 'ava';
import { parseCard } from '../../src/fits/card.ts';
import type { CardValue } from '../../src/fits/card-value.ts';
import { FitsError } from '../../src/fits/fits-error.ts';
import { formatCard } from '../../src/fits/format-card.ts';
import { Header } from '../../src/fits/header.ts';

const valueOf = (text: string): CardValue => parseCard(text.padEnd(80)).value;
const headerOf = (...cards: readonly string[]): Header =>
  new Header(
    cards.map((text) => text.padEnd(80)),
    { file: 'x_raw.fits', hdu: 1, offset: 2880 },
  );

const readings: readonly (readonly [text: string, kind: CardValue['kind'], value: unknown])[] = [
  ["A       = 'it''s   ' / c", 'string', "it's"],
  ["A       = ''", 'string', ''],
  ["A       = '        '", 'string', ''],
  ["A       = 'a/b' / c", 'string', 'a/b'],
  ["A       =     'free'", 'string', 'free'],
  ['A       =                    T', 'logical', true],
  ['A       = F/no blank', 'logical', false],
  ['A       =                   42', 'integer', 42],
  ['A       = -0', 'integer', 0],
  ['A       = +007', 'integer', 7],
  ['A       =     9007199254740993', 'integer', 9007199254740993n],
  ['A       = -9007199254740993', 'integer', -9007199254740993n],
  ['A       = 1.5D+02', 'real', 150],
  ['A       = 1.e-7', 'real', 1e-7],
  ['A       = .5', 'real', 0.5],
  ['A       = 2.', 'real', 2],
  ['A       = (1.0, -2.5)', 'complex', { real: 1, imaginary: -2.5 }],
  ['A= 1', 'integer', 1],
];
for (const [text, kind, value] of readings) {
  test(`the value of \`${text}\` is ${kind}`, (t) => {
    const read = valueOf(text);
    t.is(read.kind, kind);
    t.deepEqual('value' in read ? read.value : undefined, value);
  });
}

test('a value that is not there, cannot be read or has no indicator is told apart', (t) => {
  t.is(valueOf('A       =').kind, 'undefined');
  t.is(valueOf('A       =      / only a comment').kind, 'undefined');
  t.is(valueOf("A       = 'never closed").kind, 'unreadable');
  t.is(valueOf('A       = 12abc').kind, 'unreadable');
  t.is(valueOf("FILTER  ='F606W'").kind, 'none');
  t.is(valueOf('HISTORY = 5').kind, 'none');
});

test('a string keeps its trailing blanks and its text beside its value', (t) => {
  t.like(valueOf("A       = 'x  '"), { value: 'x', padded: 'x  ', text: "'x  '" });
});

test('HIERARCH keywords are found by their own name', (t) => {
  const header = headerOf('HIERARCH some long keyword = 3 / c');
  t.is(header.integer('SOME LONG KEYWORD'), 3);
  t.is(header.card('some long keyword')?.comment, 'c');
});

test('a string is continued with or without LONGSTRN', (t) => {
  const header = headerOf(
    "A       = 'one &'",
    "CONTINUE  'two&' / first",
    "CONTINUE  ' three' / last",
  );
  t.is(header.string('A'), 'one two three');
  t.is(header.card('A')?.comment, 'first last');
});

test('look-up finds the first card of a name, in any case', (t) => {
  const header = headerOf('A       = 1', 'A       = 2', 'b       = 3');
  t.is(header.integer('a'), 1);
  t.is(header.integer('B'), 3);
});

test('a value of another type is an error that names file, HDU, byte, keyword and what was there', (t) => {
  const header = headerOf(
    "EXPTIME = 'long'",
    'NAXIS1  = 1.5',
    'OPEN    =',
    'HUGE    = 9007199254740993',
  );
  const error = t.throws(() => header.number('EXPTIME'), { instanceOf: FitsError });
  t.is(
    error.message,
    "`x_raw.fits`, HDU 1, byte 2880: expected a number for `EXPTIME`, found `'long'`.",
  );
  t.like(error, { code: 'BAD_VALUE', file: 'x_raw.fits', hdu: 1, offset: 2880 });
  t.throws(() => header.integer('NAXIS1'), { message: /byte 2960: expected an integer/ });
  t.throws(() => header.integer('HUGE'), { message: /expected an integer.*9007199254740993/ });
  t.throws(() => header.string('OPEN'), { message: /found no value/ });
  t.throws(() => header.logical('EXPTIME'), { message: /expected T or F/ });
});

test('a keyword that is absent is an error unless there is a default', (t) => {
  const header = headerOf('A       = 1');
  t.throws(() => header.string('B'), { message: /the header has no `B`/, code: 'MISSING_KEYWORD' });
  t.is(header.number('B', { default: 0 }), 0);
  t.throws(() => header.string('A', { default: '' }), { code: 'BAD_VALUE' });
});

test('numbers are written so that they read back the same', (t) => {
  t.deepEqual(formatCard('A', { value: 1.5e-7, comment: 'c' }), [
    'A       =              1.5E-07 / c'.padEnd(80),
  ]);
  t.deepEqual(formatCard('A', { value: { real: 3 } }), [
    'A       =                  3.0'.padEnd(80),
  ]);
  for (const value of [
    0.1 + 0.2,
    5e-324,
    1.7976931348623157e308,
    -1 / 3,
    2 ** 60,
    123456789012345680000,
  ]) {
    const [card = ''] = formatCard('A', { value });
    const read = valueOf(card);
    t.is('value' in read ? Number(read.value) : undefined, value);
  }
});
