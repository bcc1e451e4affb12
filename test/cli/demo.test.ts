import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { needsProgram } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { caldpProgram } from '../helpers/caldp-program.ts';

function caldp(
  folder: string,
  args: readonly string[],
): { readonly code: number | null; readonly out: string; readonly err: string } {
  const env = { ...process.env, NODE_OPTIONS: '', CALDP_HOME: folder };
  const command = [...caldpProgram, ...args];
  const run = spawnSync(process.execPath, command, { cwd: folder, env, encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

test('simulate refuses what it does not know and a folder with files, exit 2', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'mine.txt'), '');
  const unknown = caldp(folder, ['simulate', '--case', 'nicmos', '-o', 'x']);
  t.is(unknown.code, 2);
  t.regex(unknown.err, /hrc-crsplit/);
  t.is(caldp(folder, ['simulate', '--seed', '-3', '-o', 'x']).code, 2);
  const full = caldp(folder, ['simulate', '--case', 'sbc-repeat', '-o', '.']);
  t.is(full.code, 2);
  t.regex(full.err, /SIMULATION_FOLDER/);
  t.deepEqual(await readdir(folder), ['mine.txt']);
});

test('demo leaves a folder alone that no demo made', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'mine.txt'), '');
  const { code, err } = caldp(folder, ['demo', '-o', '.']);
  t.is(code, 2);
  t.regex(err, /DEMO_FOLDER/);
  t.deepEqual(await readdir(folder), ['mine.txt']);
});

test('a simulated association is processed with its own references as the printed command says, and reported', async (t) => {
  if (needsProgram(t, 'calacs.e') === undefined) return;
  const folder = await temporaryFolder(t);
  const simulated = caldp(folder, ['simulate', '--case', 'hrc-crsplit', '-o', 'it']);
  t.is(simulated.code, 0, simulated.err);
  const [, line = ''] = /^ {2}caldp (.*)$/m.exec(simulated.out) ?? [];
  const args = [...line.replace('<folder>', 'out').split(' '), '--report', 'report.html'];
  const processed = caldp(folder, args);
  t.is(processed.code, 0, processed.out + processed.err);
  const page = await readFile(join(folder, 'report.html'), 'utf8');
  t.true(page.includes('References by hst_8001.pmap'));
  t.true(page.includes('href="out/data/acs/j8zs01010/j8zs01011_crj.fits"'));
});

test('a report that cannot be written is told, exit is not 0', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'file'), '');
  const { code, err } = caldp(folder, ['process', 'nonsense', '--report', 'file/report.html']);
  t.not(code, 0);
  t.regex(err, /report `.*file\/report\.html` could not be written/);
});

test('the report of a run opens in a browser', async (t) => {
  const chromium = needsProgram(t, 'chromium');
  if (chromium === undefined) return;
  const folder = await temporaryFolder(t);
  caldp(folder, ['process', 'no<b>name', '--report', 'report.html']);
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom'];
  const page = `file://${join(folder, 'report.html')}`;
  const run = spawnSync(chromium, [...args, `--user-data-dir=${join(folder, 'profile')}`, page], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  t.is(run.status, 0, run.stderr);
  t.regex(run.stdout, /<h2>no&lt;b&gt;name<\/h2>/);
  t.regex(run.stdout, /What to do/);
});
