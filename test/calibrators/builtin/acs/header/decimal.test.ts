import test from 'ava';
import fc from 'fast-check';
import { parseDecimal } from '../../../../../src/calibrators/builtin/acs/header/decimal.ts';

test('what is no number is told from a number', (t) => {
  for (const text of ['', '.', 'T', '1.2.3', 'E5', '1e', '--1'])
    t.is(parseDecimal(text), undefined);
  t.is(parseDecimal(' -12.50 '), -12.5);
  t.is(parseDecimal('1.5D3'), 1500);
  t.is(parseDecimal('007'), 7);
});

test('a whole number of more than ten digits is cut to 32 bits', (t) => {
  t.is(parseDecimal('12345678901'), 2147483648);
  t.is(parseDecimal('-12345678901'), -2147483648);
  t.is(parseDecimal('12345678901.'), 12345678901);
});

test('a number is at most one unit of its last bit away from the correctly rounded one', (t) => {
  const property = fc.property(
    fc.double({ min: 1e-30, max: 1e30, noNaN: true }),
    (value) => Math.abs((parseDecimal(value.toExponential()) ?? 0) / value - 1) < 4e-16,
  );
  t.notThrows(() => {
    fc.assert(property, { interruptAfterTimeLimit: 3000 });
  });
});
