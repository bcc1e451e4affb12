import test from 'ava';
import {
  parseProcessStat,
  readProcessStat,
} from '../../../src/calibrators/processes/process-stat.ts';

const numbers = '1 42 42 0 -1 4194304 100 0 0 0 150 25 50 5 20 0 1 0 987654 0 0';

test('a program name with spaces and parentheses does not shift the fields', (t) => {
  t.deepEqual(parseProcessStat(`42 (a) S (b) R ${numbers}`), {
    pid: 42,
    state: 'R',
    group: 42,
    user: 2,
    system: 0.3,
    start: 987654,
  });
});

test('a line that is cut off is no process', (t) => {
  t.is(parseProcessStat('42 (name) R 1 42'), undefined);
  t.is(parseProcessStat(''), undefined);
});

test('a process that does not exist is undefined', (t) => {
  t.is(readProcessStat(2 ** 30), undefined);
});
