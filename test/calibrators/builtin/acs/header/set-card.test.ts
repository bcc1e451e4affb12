import test from 'ava';
import {
  addHistory,
  setFloat,
  setInteger,
  setLogical,
  setString,
} from '../../../../../src/calibrators/builtin/acs/header/set-card.ts';

const padded = (text: string): string => text.padEnd(80);

test('an existing number keeps its comment where it stands', (t) => {
  const cards = [padded('LTV1    =                 19.0 / offset in X')];
  setFloat(cards, 'LTV1', 0);
  t.deepEqual(cards, [padded('LTV1    =        0.0000000E+00 / offset in X')]);
});

test('an existing string gets a slash even without a comment', (t) => {
  const cards = [padded("DARKCORR= 'PERFORM '"), padded("PHOTMODE= ''   / mode")];
  setString(cards, 'DARKCORR', 'COMPLETE');
  setString(cards, 'PHOTMODE', 'ACS WFC1 F814W MJD#57700.0000', 'not used');
  t.deepEqual(cards, [
    padded("DARKCORR= 'COMPLETE'           /"),
    padded("PHOTMODE= 'ACS WFC1 F814W MJD#57700.0000' / mode"),
  ]);
});

test('a new card goes to the end, after HISTORY', (t) => {
  const cards = [padded('HISTORY before')];
  setInteger(cards, 'NCOMBINE', 2, 'number of imsets combined');
  setLogical(cards, 'ASN_PROD', true);
  t.deepEqual(cards.slice(1), [
    padded('NCOMBINE=                    2 / number of imsets combined'),
    padded('ASN_PROD=                    T /'),
  ]);
});

test('a quote in a text is doubled and a long HISTORY goes on in further cards', (t) => {
  const cards: string[] = [];
  setString(cards, 'TARGNAME', "O'NEIL");
  addHistory(cards, 'x'.repeat(100));
  t.deepEqual(cards, [
    padded("TARGNAME= 'O''NEIL '           /"),
    `HISTORY ${'x'.repeat(72)}`,
    padded(`HISTORY ${'x'.repeat(28)}`),
  ]);
});
