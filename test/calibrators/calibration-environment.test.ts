import test from 'ava';
import fc from 'fast-check';
import { parseCalEnv } from '../../src/calibrators/calibration-environment.ts';

const file = 'j8cb010b0_cal_env.txt';

test('a line that is not KEY=VALUE is reported with its number and left out', (t) => {
  const { variables, warnings } = parseCalEnv('BadKey|ValuePair\nGoodKey=ValuePair\n', { file });
  t.deepEqual(variables, { GoodKey: 'ValuePair' });
  t.deepEqual(warnings, [
    {
      code: 'CAL_ENV_LINE',
      message:
        'Line 1 of `j8cb010b0_cal_env.txt` was left out because it is not `KEY=VALUE`: `BadKey|ValuePair`.',
    },
  ]);
});

test('white space, CRLF, comments, empty lines and a value with = are understood', (t) => {
  const text = '\r\n# comment\r\n  A = b c \r\nURL=https://x/?a=b\r\nEMPTY=\r\n';
  const { variables, warnings } = parseCalEnv(text, { file });
  t.deepEqual(variables, { A: 'b c', URL: 'https://x/?a=b', EMPTY: '' });
  t.deepEqual(warnings, []);
});

test('whatever the text, every line becomes a variable or a warning or is blank', (t) => {
  fc.assert(
    fc.property(fc.array(fc.string()), (lines) => {
      const plain = lines.map((line) => line.replace(/[\r\n]/g, ''));
      const { variables, warnings } = parseCalEnv(plain.join('\n'), { file });
      const counted = plain.filter((line) => !/^\s*(#|$)/.test(line)).length;
      return Object.keys(variables).length + warnings.length <= counted;
    }),
    { interruptAfterTimeLimit: 2000 },
  );
  t.pass();
});
