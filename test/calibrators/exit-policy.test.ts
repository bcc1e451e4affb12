import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { judgeRun, type Verdict } from '../../src/calibrators/exit-policy.ts';
import type { ProgramEnding } from '../../src/calibrators/program-run.ts';
import { instruments } from '../../src/instruments/instrument-of.ts';
import type { InstrumentKind } from '../../src/instruments/instrument.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

async function judge(
  t: ExecutionContext,
  ending: ProgramEnding,
  options: { readonly kind?: InstrumentKind; readonly output?: string } = {},
): Promise<Verdict> {
  const { kind = 'acs', output = '' } = options;
  const path = join(await temporaryFolder(t), 'process.txt');
  await writeFile(path, output);
  const stage = instruments[kind].stage1;
  return judgeRun(
    {
      program: stage.program,
      args: ['x_raw.fits'],
      started: new Date(0),
      ending,
      metrics: { wall: 1 },
      output: { path, start: 0, end: output.length },
      tail: output.slice(-65536),
    },
    { stage, failure: 'STAGE1_ERROR' },
  );
}

const exited = (code: number): ProgramEnding => ({ status: 'exited', code });

const fails = test.macro({
  title: (title) => title ?? '',
  async exec(
    t,
    ending: ProgramEnding,
    expected: { readonly exitCode: number; readonly code: string },
    options: Parameters<typeof judge>[2] = {},
  ) {
    const verdict = await judge(t, ending, options);
    t.is(verdict.status, 'failed');
    if (verdict.status !== 'failed') return;
    t.is(verdict.error.exitCode, expected.exitCode);
    t.is(verdict.error.code, expected.code);
    t.regex(verdict.error.message, /^`.*\.$/s);
    t.true(verdict.error.advice.length > 0);
  },
});

test('any status but 0 fails', fails, exited(2), { exitCode: 23, code: 'PROGRAM_FAILED' });
test('C1: status 40 fails', fails, exited(40), { exitCode: 23, code: 'PROGRAM_FAILED' });
test('C1: status 120 fails', fails, exited(120), { exitCode: 23, code: 'PROGRAM_FAILED' });
test(
  'C2: SIGKILL that nobody of us sent means that memory ran out',
  fails,
  { status: 'signalled', signal: 'SIGKILL' },
  { exitCode: 33, code: 'MEMORY_SHORT' },
);
test('status 137 is SIGKILL passed on by a shell', fails, exited(137), {
  exitCode: 33,
  code: 'MEMORY_SHORT',
});
test(
  'a crash is a failure of the stage',
  fails,
  { status: 'signalled', signal: 'SIGSEGV' },
  { exitCode: 23, code: 'PROGRAM_KILLED' },
);
test(
  'SIGKILL after a deadline is ours and not for want of memory',
  fails,
  { status: 'timed-out', deadline: 1000, exit: { status: 'signalled', signal: 'SIGKILL' } },
  { exitCode: 23, code: 'PROGRAM_TIMED_OUT' },
  { output: 'MemoryError' },
);
test(
  'MemoryError in the log of a failed program',
  fails,
  exited(1),
  { exitCode: 31, code: 'MEMORY_SHORT' },
  { output: `MemoryError\n${'.'.repeat(100_000)}` },
);
test(
  'HSTCAL says that it is out of memory',
  fails,
  exited(2),
  { exitCode: 31, code: 'MEMORY_SHORT' },
  { output: 'ERROR:    Out of memory.\n' },
);
test(
  'the system could not allocate',
  fails,
  exited(1),
  { exitCode: 34, code: 'MEMORY_SHORT' },
  { output: 'OSError: [Errno 12] Cannot allocate memory\n' },
);
test(
  'no memory to start a process',
  fails,
  { status: 'could-not-start', reason: new Error('spawn ENOMEM') },
  { exitCode: 34, code: 'MEMORY_SHORT' },
);
test(
  'a program that is not there',
  fails,
  { status: 'could-not-start', reason: new Error('spawn calacs.e ENOENT') },
  { exitCode: 23, code: 'PROGRAM_NOT_STARTED' },
);
test(
  'status 5 is ignored for calcos alone',
  fails,
  exited(5),
  { exitCode: 23, code: 'PROGRAM_FAILED' },
  { kind: 'wfc3' },
);

for (const [kind, code] of [
  ['cos', 5],
  ['svm', 55],
  ['svm', 65],
  ['mvm', 55],
  ['mvm', 65],
] as const) {
  test(`status ${code} of ${kind} is no failure and says what it means`, async (t) => {
    const verdict = await judge(t, exited(code), { kind });
    t.is(verdict.status, 'ignored');
    t.true(verdict.status === 'ignored' && verdict.meaning.length > 10);
  });
}

test('a MemoryError that the program survived is none', async (t) => {
  t.deepEqual(await judge(t, exited(0), { output: 'MemoryError\n' }), { status: 'ok' });
});

test('the last line of the program is in the message', async (t) => {
  const verdict = await judge(t, exited(2), { output: 'a\nERROR:    Open failed.\n\n' });
  t.regex(
    verdict.status === 'failed' ? verdict.error.message : '',
    /ended with status 2\. The last line it wrote: `ERROR: {4}Open failed\.`\.$/,
  );
});

test('the first complaint of the program is in the message, with the warning that tells of which file', async (t) => {
  const output = [
    'Input    a_raw.fits',
    "Warning    DARKFILE `jref$no_drk.fits' not found.",
    'ERROR:    One reference file was missing.',
    '',
    "ERROR:    Couldn't process CCD data",
    'ERROR:    Calibration file(s) missing.',
  ].join('\n');
  const verdict = await judge(t, exited(2), { output });
  t.regex(
    verdict.status === 'failed' ? verdict.error.message : '',
    /status 2\. It said: `Warning {4}DARKFILE `jref\$no_drk\.fits' not found\.`, `ERROR: {4}One reference file was missing\.`\. The last line it wrote: `ERROR: {4}Calibration file\(s\) missing\.`\.$/,
  );
});
