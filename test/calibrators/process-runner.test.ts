import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readProcessStat } from '../../src/calibrators/processes/process-stat.ts';
import { runProgram, type RunOptions } from '../../src/calibrators/process-runner.ts';
import type { ProgramRun } from '../../src/calibrators/program-run.ts';
import { eventually } from '../helpers/eventually.ts';
import { fixtureProgram } from '../helpers/fixture-program.ts';
import { skip } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const environment = { PATH: process.env['PATH'] ?? '' };

async function run(
  t: ExecutionContext,
  program: string,
  options: Partial<RunOptions> & {
    readonly folder?: string;
    readonly args?: readonly string[];
  } = {},
): Promise<ProgramRun> {
  const folder = options.folder ?? (await temporaryFolder(t));
  return runProgram(
    { program, args: options.args ?? [], folder, environment, log: join(folder, 'process.txt') },
    {
      deadline: options.deadline ?? 30_000,
      grace: options.grace ?? 200,
      signal: options.signal ?? new AbortController().signal,
    },
  );
}

const isAlive = (pid: number): boolean => {
  const state = readProcessStat(pid)?.state;
  return state !== undefined && state !== 'Z';
};

const childIn = (text: string): number => Number(/child (\d+)/.exec(text)?.[1]);

test('a program that cannot be found could not start', async (t) => {
  const { ending } = await run(t, 'no-such-program.e');
  t.is(ending.status, 'could-not-start');
  t.regex(ending.status === 'could-not-start' ? ending.reason.message : '', /ENOENT/);
});

test('a file that may not be executed could not start', async (t) => {
  const { ending } = await run(t, fixtureProgram('../../helpers/needs.ts'));
  t.is(ending.status, 'could-not-start');
});

test('a status other than 0 is told as it is, 40 as 40', async (t) => {
  t.deepEqual((await run(t, fixtureProgram('ends-with-40'))).ending, {
    status: 'exited',
    code: 40,
  });
  t.deepEqual((await run(t, fixtureProgram('ends-with-65'))).ending, {
    status: 'exited',
    code: 65,
  });
});

test('a program killed by a signal is not one that ended with status 0', async (t) => {
  const { ending, tail } = await run(t, fixtureProgram('is-killed'));
  t.deepEqual(ending, { status: 'signalled', signal: 'SIGKILL' });
  t.is(tail, 'begun\n');
});

test('standard error is in the log and in the tail', async (t) => {
  const { ending, tail } = await run(t, fixtureProgram('writes-to-stderr-only'));
  t.deepEqual(ending, { status: 'exited', code: 2 });
  t.is(tail, 'cs0.e: something is wrong\n');
});

test('a program that ignores TERM is killed after the grace, with its child', async (t) => {
  const folder = await temporaryFolder(t);
  const { ending } = await run(t, fixtureProgram('ignores-term'), { folder, deadline: 300 });
  t.deepEqual(ending, {
    status: 'timed-out',
    deadline: 300,
    exit: { status: 'signalled', signal: 'SIGKILL' },
  });
  t.deepEqual(await readdir(folder), ['process.txt']);
});

test('a program past its deadline gets TERM and its child ends too', async (t) => {
  const { ending, tail } = await run(t, fixtureProgram('runs-long'), { deadline: 300 });
  t.deepEqual(ending, {
    status: 'timed-out',
    deadline: 300,
    exit: { status: 'signalled', signal: 'SIGTERM' },
  });
  t.false(isAlive(childIn(tail)));
});

test('an abort ends the program and all it started before the promise settles', async (t) => {
  const folder = await temporaryFolder(t);
  const controller = new AbortController();
  const promise = run(t, fixtureProgram('runs-long'), { folder, signal: controller.signal });
  const child = await eventually(
    async () => {
      const text = await readFile(join(folder, 'process.txt'), 'utf8').catch(() => '');
      return text.endsWith('\n') ? childIn(text) : undefined;
    },
    { what: 'the first line of the program' },
  );
  t.true(isAlive(child));
  controller.abort();
  t.is((await promise).ending.status, 'aborted');
  t.false(isAlive(child));
});

test('nothing is started after an abort', async (t) => {
  const folder = await temporaryFolder(t);
  const { ending } = await run(t, fixtureProgram('runs-long'), {
    folder,
    signal: AbortSignal.abort(),
  });
  t.deepEqual(ending, { status: 'aborted' });
  t.deepEqual(await readdir(folder), []);
});

for (const program of ['forks-and-ends', 'leaves-its-group']) {
  test(`a child left behind by a program that ended well does not outlive it: ${program}`, async (t) => {
    if (process.platform !== 'linux') {
      skip(t, 'needs /proc');
      return;
    }
    const began = performance.now();
    const { ending, tail } = await run(t, fixtureProgram(program));
    t.deepEqual(ending, { status: 'exited', code: 0 });
    t.false(isAlive(childIn(tail)));
    t.true(performance.now() - began < 5000);
  });
}

test('200 MB of output neither stop the program nor fill our memory', async (t) => {
  const folder = await temporaryFolder(t);
  const before = process.memoryUsage().rss;
  const { ending, tail } = await run(t, fixtureProgram('prints-200-mb'), { folder });
  t.deepEqual(ending, { status: 'exited', code: 3 });
  t.true((await stat(join(folder, 'process.txt'))).size > 200_000_000);
  t.true(tail.endsWith('\nthe last line\n'));
  t.is(tail.length, 64 * 1024);
  t.true(process.memoryUsage().rss - before < 50e6);
});

test('a second program appends to the log and its tail is its own', async (t) => {
  const folder = await temporaryFolder(t);
  await run(t, '/bin/echo', { folder, args: ['first'] });
  const { tail, output } = await run(t, '/bin/echo', { folder, args: ['second'] });
  t.is(tail, 'second\n');
  t.deepEqual([output.start, output.end], [6, 13]);
  t.is(await readFile(join(folder, 'process.txt'), 'utf8'), 'first\nsecond\n');
});

test('the environment is what was given and nothing of ours but the mark', async (t) => {
  const { tail } = await run(t, '/usr/bin/env');
  t.deepEqual(
    tail
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0]),
    ['PATH', 'CALDP_RUN'],
  );
});

test('CPU time and memory of a program are seen', async (t) => {
  // It counts its own CPU time, so that a busy machine makes it longer and not cheaper.
  const script = 'const b = Buffer.alloc(150e6, 1); while (process.cpuUsage().user < 1e6);';
  const { metrics } = await run(t, process.execPath, { args: ['-e', script] });
  t.true(metrics.wall > 0.5);
  if (process.platform !== 'linux') return;
  t.true((metrics.user ?? 0) > 0.3, `user ${String(metrics.user)}`);
  t.true((metrics.maxRss ?? 0) > 150_000, `rss ${String(metrics.maxRss)}`);
});

test('programs one after another under one signal leave no listener on it', async (t) => {
  const { signal } = new AbortController();
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  process.on('warning', onWarning);
  const folder = await temporaryFolder(t);
  for (let n = 0; n < 12; n += 1) await run(t, '/bin/true', { folder, signal });
  process.off('warning', onWarning);
  t.deepEqual(warnings, []);
});
