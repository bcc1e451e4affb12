import test from 'ava';
import { metricsText } from '../../src/calibrators/metrics-text.ts';
import type { ProgramEnding, ProgramRun } from '../../src/calibrators/program-run.ts';

const run = (ending: ProgramEnding, metrics: ProgramRun['metrics'] = { wall: 1 }): ProgramRun => ({
  program: 'calacs.e',
  args: ['j8cb010b0_asn.fits'],
  started: new Date(0),
  ending,
  metrics,
  output: { path: '/dev/null', start: 0, end: 0 },
  tail: '',
});

const lastLine = (ending: ProgramEnding): string | undefined =>
  metricsText([run(ending)])
    .trim()
    .split('\n')
    .at(-1)
    ?.trim();

test('C1: a status that ends in 0 is written out, 40 as 40', (t) => {
  t.is(lastLine({ status: 'exited', code: 40 }), 'Exit status: 40');
  t.is(lastLine({ status: 'exited', code: 120 }), 'Exit status: 120');
});

test('C2: a program killed by a signal has no exit status 0', (t) => {
  t.is(lastLine({ status: 'signalled', signal: 'SIGKILL' }), 'Exit status: 137');
  t.regex(
    metricsText([run({ status: 'signalled', signal: 'SIGKILL' })]),
    /^Command terminated by signal 9\n/,
  );
});

test('a program that was stopped or not started has no exit status 0', (t) => {
  const exit = { status: 'signalled', signal: 'SIGTERM' } as const;
  t.is(lastLine({ status: 'timed-out', deadline: 2000, exit }), 'Exit status: 143');
  t.is(lastLine({ status: 'timed-out', deadline: 2000 }), 'Exit status: 137');
  t.is(lastLine({ status: 'aborted', exit }), 'Exit status: 143');
  t.is(lastLine({ status: 'aborted' }), 'Exit status: 137');
  t.is(lastLine({ status: 'could-not-start', reason: new Error('ENOENT') }), 'Exit status: 127');
});

test('a run reads as GNU time writes it', (t) => {
  const text = metricsText([
    run({ status: 'exited', code: 0 }, { wall: 65.4321, user: 60, system: 0.5, maxRss: 123456 }),
  ]);
  t.is(
    text,
    [
      '\tCommand being timed: "calacs.e j8cb010b0_asn.fits"',
      '\tUser time (seconds): 60.00',
      '\tSystem time (seconds): 0.50',
      '\tPercent of CPU this job got: 92%',
      '\tElapsed (wall clock) time (h:mm:ss or m:ss): 1:05.43',
      '\tMaximum resident set size (kbytes): 123456',
      '\tExit status: 0',
      '',
    ].join('\n'),
  );
});

test('hours are told from an hour on, and what is not known is left out', (t) => {
  const text = metricsText([run({ status: 'exited', code: 0 }, { wall: 3725.9 })]);
  t.regex(text, /h:mm:ss or m:ss\): 1:02:05\n/);
  t.notRegex(text, /User time|Maximum|Percent/);
});

test('after several programs the last block is of all of them, with the status of the last', (t) => {
  const text = metricsText([
    run({ status: 'exited', code: 0 }, { wall: 10, user: 5, system: 1, maxRss: 900 }),
    run({ status: 'exited', code: 23 }, { wall: 20, user: 7, system: 1, maxRss: 100 }),
  ]);
  const total = text.slice(text.lastIndexOf('Command being timed'));
  t.regex(total, /Elapsed .*: 0:30\.00/);
  t.regex(total, /User time \(seconds\): 12\.00/);
  t.regex(total, /Maximum .*: 900\n/);
  t.regex(total, /Exit status: 23\n$/);
});
