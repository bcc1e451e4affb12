import test from 'ava';
import {
  formatExponential,
  formatFixed,
  formatGeneral,
} from '../../../../../src/calibrators/builtin/acs/header/c-number.ts';

test('exact halves are rounded to the even digit, as C does and JavaScript does not', (t) => {
  t.is(formatExponential(1234567.25, 7), '1.2345672E+06');
  t.is(formatExponential(1234567.75, 7), '1.2345678E+06');
  t.is(formatFixed(0.5, 0), '0');
  t.is(formatFixed(2.5, 0), '2');
  t.is(formatGeneral(2.5, 1), '2');
});

test('numbers in headers have the digits of calacs', (t) => {
  t.is(formatExponential(Math.fround(501.35), 7), '5.0135001E+02');
  t.is(formatExponential(0, 7), '0.0000000E+00');
  t.is(formatExponential(512, 12), '5.120000000000E+02');
  t.is(formatExponential(-7.0073061e-20, 7), '-7.0073061E-20');
});

test('numbers in trailers lose trailing zeros and change to exponents as in C', (t) => {
  t.is(formatGeneral(5539.99613, 6), '5540');
  t.is(formatGeneral(-0.00898806, 6), '-0.00898806');
  t.is(formatGeneral(0.00001234, 6), '1.234e-05');
  t.is(formatGeneral(1234567, 6), '1.23457e+06');
  t.is(formatFixed(501.350006, 6), '501.350006');
});
