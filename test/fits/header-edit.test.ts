import { copyFile, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { Card } from '../../src/fits/card.ts';
import { formatCard, formatCommentary } from '../../src/fits/format-card.ts';
import {
  appendCard,
  insertCardAfter,
  removeCard,
  replaceCard,
  setKeyword,
} from '../../src/fits/header-edit.ts';
import { Header } from '../../src/fits/header.ts';
import { primaryHeader } from '../../src/fits/image-header.ts';
import { readHeaders } from '../../src/fits/read-headers.ts';
import { updateHeader } from '../../src/fits/update-header.ts';
import { needsData, skip, testData } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const card = (text: string): string => text.padEnd(80);
const headerOf = (...cards: readonly string[]): Header =>
  new Header(cards.map(card), { file: 'test' });

/** Keyword and text of every string card, the first of each name, as the Python client left them. */
function stringsOf(cards: Iterable<Card>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { keyword, value } of cards) {
    if (value.kind === 'string' && !found.has(keyword)) found.set(keyword, value.value);
  }
  return found;
}

async function repeatPythonClient(t: ExecutionContext, name: string): Promise<void> {
  const before = needsData(t, 'crds', 'fits', name);
  const after = needsData(t, 'crds', 'fits-after', name);
  if (before === undefined || after === undefined) return;
  const copy = join(await temporaryFolder(t), name);
  await copyFile(before, copy);
  const [wanted] = (await readHeaders(after)).hdus;
  if (wanted === undefined) throw new Error('no primary');
  await updateHeader(copy, {
    checksums: 'keep',
    edit: (header) => {
      for (const [keyword, value] of stringsOf(wanted.header.parsedCards())) {
        setKeyword(header, keyword, { value });
      }
    },
  });
  t.true((await readFile(copy)).equals(await readFile(after)));
}

const pairs = testData === undefined ? [] : await readdir(join(testData, 'crds', 'fits'));
if (pairs.length === 0) {
  test('setting what the Python client set gives its bytes', (t) => {
    skip(t, 'CALDP_TEST_DATA is not set');
  });
}
for (const name of pairs) {
  test(`setting what the Python client set gives its bytes: ${name}`, repeatPythonClient, name);
}

test('a card with an equal value stays as it is, whatever its layout', (t) => {
  const header = headerOf("A= 'x   ' /c", 'N =  1.50D0', 'L       =      T');
  const cards = [...header.cards];
  setKeyword(header, 'A', { value: 'x' });
  setKeyword(header, 'N', { value: 1.5 });
  setKeyword(header, 'L', { value: true });
  t.deepEqual(header.cards, cards);
});

test('a new comment replaces the old one, no comment keeps it', (t) => {
  const header = headerOf("A       = 'x       '           / old");
  setKeyword(header, 'A', { value: 'y' });
  t.is(header.cards[0], card("A       = 'y       '           / old"));
  setKeyword(header, 'A', { value: 'y', comment: 'new' });
  t.is(header.cards[0], card("A       = 'y       '           / new"));
});

test('a comment that does not fit is cut, a value never', (t) => {
  t.is(formatCard('A', { value: 'x'.repeat(60), comment: 'comment' })[0]?.slice(70), "x' / comme");
  const long = formatCard('A', { value: "it's ".repeat(40), comment: 'c' });
  t.true(long.length > 2 && long.every((text) => text.length === 80));
  const header = new Header(long, { file: 'test' });
  t.is(header.string('A'), "it's ".repeat(40).trimEnd());
  t.is(header.card('A')?.comment, 'c');
});

test('a new keyword goes before HISTORY and takes the place of a last blank card', (t) => {
  const header = headerOf('A       = 1', 'HISTORY one', '', '');
  setKeyword(header, 'B', { value: 2 });
  t.deepEqual(header.cards, [
    card('A       = 1'),
    card('B       =                    2'),
    card('HISTORY one'),
    card(''),
  ]);
});

test('ready cards are put in place, at the end, after a keyword, and taken out', (t) => {
  const header = headerOf('A       = 1', 'HISTORY one');
  appendCard(header, card('B       = 2'));
  replaceCard(header, card('A       = 3'));
  replaceCard(header, card('C       = 4'));
  insertCardAfter(header, card('D       = 5'), { keyword: 'A' });
  t.true(removeCard(header, 'B'));
  t.false(removeCard(header, 'B'));
  t.deepEqual(
    header.cards.map((text) => text.trimEnd()),
    ['A       = 3', 'D       = 5', 'HISTORY one', 'C       = 4'],
  );
});

test('long commentary takes several cards', (t) => {
  const cards = formatCommentary('HISTORY', { text: 'x'.repeat(73) });
  t.deepEqual(cards, [`HISTORY ${'x'.repeat(72)}`, card('HISTORY x')]);
  t.deepEqual(formatCommentary('', { text: '' }), [card('')]);
});

test('what is no card is refused: too short, END, a line end', (t) => {
  const header = headerOf('A       = 1');
  for (const bad of ['A = 1', card('END'), card('A = 1\n')]) {
    t.throws(
      () => {
        appendCard(header, bad);
      },
      { instanceOf: RangeError },
    );
  }
  t.throws(() => primaryHeader({ cards: ['A = 1'] }), { instanceOf: RangeError });
  t.throws(() => formatCard('TOOLONGNAME', { value: 1 }), { instanceOf: RangeError });
  t.throws(() => formatCard('A', { value: NaN }), { instanceOf: RangeError });
  t.throws(() => formatCard('A', { value: 'é' }), { instanceOf: RangeError });
  t.is(header.cards.length, 1);
});
