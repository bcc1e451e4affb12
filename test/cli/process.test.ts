import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { simulatedSetups, writeSimulatedImages } from '../simulated/simulated-exposure.ts';
import { eventually } from '../helpers/eventually.ts';
import { programFolder } from '../helpers/fixture-program.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { caldpProgram } from '../helpers/caldp-program.ts';

const id = 'j8zz02a1q';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Site {
  readonly folder: string;
  readonly start: (...args: readonly string[]) => ReturnType<typeof spawn>;
  readonly run: (args: readonly string[], input?: string) => Promise<Ended>;
}

/** A folder with one raw exposure in `raw` and a calibration program on PATH. */
async function site(t: ExecutionContext, calacs = 'copies-raws'): Promise<Site> {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'raw'));
  writeSimulatedImages(join(folder, 'raw'), { root: id, setup: simulatedSetups.hrc });
  const bin = await programFolder(folder, { programs: { 'calacs.e': calacs } });
  const path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
  const env = { ...process.env, PATH: path, NODE_OPTIONS: '', CALDP_HOME: folder };
  const start: Site['start'] = (...args) =>
    spawn(process.execPath, [...caldpProgram, ...args], { cwd: folder, env });
  const run: Site['run'] = (args, input = '') => collect(start(...args), input);
  return { folder, start, run };
}

function collect(child: ReturnType<typeof spawn>, input = ''): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk.toString()));
  child.stdin?.end(input);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out: out.join(''), err: err.join('') });
    });
  });
}

const places = [
  ...['-i', 'raw', '-o', 'out'],
  ...['--references', 'keep', '--preview-style', 'none'],
] as const;

test.serial(
  'a dataset on the command line is processed, shown in a table, and exit is 0',
  async (t) => {
    const { run } = await site(t);
    const { code, out, err } = await run(['process', id, ...places]);
    t.is(code, 0, err);
    t.regex(out, /dataset +outcome +time +where/);
    t.regex(out, new RegExp(`${id} +published`));
    t.regex(out, /1 published\.\n$/);
    t.is(err, '');
    const second = await run(['process', id, ...places]);
    t.regex(second.out, /skipped \(finished\).*same inputs/s);
    t.is(second.code, 0);
  },
);

test.serial('a list on standard input with one bad line runs the rest and exits 2', async (t) => {
  const { run } = await site(t);
  const { code, out } = await run(['process', '-', ...places], `# list\n${id}\nu2g30101t\n`);
  t.is(code, 2);
  t.regex(out, /standard input line 3: `u2g30101t` is a dataset of WFPC2/);
  t.regex(out, /1 published, 1 rejected\.\n$/);
});

test.serial('a failure decides the exit code over a bad line', async (t) => {
  const { run } = await site(t, 'lacks-memory');
  const { code, out } = await run(['process', 'nonsense', id, ...places]);
  t.is(code, 31);
  t.regex(out, /MEMORY_SHORT, exit 31/);
});

test.serial('events come as lines of JSON on standard output and nothing else does', async (t) => {
  const { run } = await site(t);
  const { out } = await run(['process', id, ...places, '--json']);
  const events = out
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  t.like(events[0], { type: 'admitted', dataset: id });
  t.like(events.at(-1), { type: 'settled', status: 'published', dataset: id, attempt: 1 });
});

test.serial('explain says what would run and changes nothing', async (t) => {
  const { run, folder } = await site(t);
  const before = await run(['process', id, ...places, '--explain']);
  t.is(before.out, `${id}: run: It has not been published yet.\n`);
  t.false((await readdir(folder)).includes('out'));
  await run(['process', id, ...places]);
  const after = await run(['process', id, ...places, '--explain']);
  t.regex(after.out, /skip: Nothing changed/);
});

test.serial('status lists what the messages say', async (t) => {
  const { run } = await site(t);
  await run(['process', id, 'j8zz09a1q', ...places]);
  const { out } = await run(['status', 'out']);
  t.regex(out, new RegExp(`${id} +processed`));
  t.regex(out, /j8zz09a1q +error .*INPUT_NOT_FOUND/s);
  t.regex(out, /1 processed, 1 error\n$/);
});

for (const [title, args, message] of [
  ['no dataset', ['process'], /No dataset is named/],
  ['datasets and a list', ['process', id, '--list', 'ids.txt'], /both as arguments/],
  ['an unknown option', ['process', id, '--frobnicate'], /unknown option/],
  ['a number that is none', ['process', id, '--jobs', 'many'], /whole number of at least 1/],
  ['a time without a unit', ['process', id, '--timeout', '90'], /number with a unit/],
  ['MAST', ['process', id, '-i', 'astroquery:'], /not available in this version/],
  ['a bucket that is none', ['process', id, '-o', 's3://B/out'], /URI_INVALID/],
  ['an unknown configuration', ['process', id, '-c', 'offshore'], /CONFIG_UNKNOWN/],
  ['a list that is not there', ['process', '--list', 'absent.txt'], /LIST_UNREADABLE/],
] as const) {
  test.serial(`${title} on the command line: one clear line and exit 2`, async (t) => {
    const { run } = await site(t);
    const { code, err } = await run(args);
    t.is(code, 2);
    t.regex(err, message);
    t.notRegex(err, /\n +at /);
  });
}

test.serial(
  'SIGTERM interrupts what does not end within the grace and the next run goes on',
  async (t) => {
    const { start, run, folder } = await site(t, 'runs-long');
    const child = start('process', id, ...places, '--grace', '1s', '--json');
    const log = join(folder, '.caldp', 'work', id, '1', 'logs');
    await eventually(() => (existsSync(join(log, 'process.txt')) ? true : undefined), {
      what: 'the program to start',
      within: 20_000,
    });
    child.kill('SIGTERM');
    const { code, out } = await collect(child);
    t.is(code, 143);
    t.regex(out, /"status":"interrupted"/);
    await programFolder(join(folder, 'good'), { programs: { 'calacs.e': 'copies-raws' } });
    const next = await run(['process', id, ...places, '--explain']);
    t.regex(next.out, /run: It has not been published yet/);
  },
);

test.serial('a reader that stops reading does not stop the work', async (t) => {
  const { start, run } = await site(t);
  const child = start('process', id, ...places, '--json');
  child.stdout?.destroy();
  await collect(child);
  const { out } = await run(['status', 'out']);
  t.regex(out, /processed/);
});

test.serial(
  'a custom configuration is a shell script whose environment programs get',
  async (t) => {
    const { run, folder } = await site(t);
    await writeFile(join(folder, 'lab.sh'), 'export CRDS_PATH=/lab/crds\nexport EXTRA=seen\n');
    await run(['process', id, ...places, '-c', './lab.sh', '--keep-work']);
    const log = join(folder, 'out', 'data', 'acs', id, 'logs', 'process.txt');
    t.regex(await readFile(log, 'utf8'), /EXTRA=seen/);
  },
);
