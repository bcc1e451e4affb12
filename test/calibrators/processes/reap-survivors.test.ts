import { spawn } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { readProcessStat } from '../../../src/calibrators/processes/process-stat.ts';
import { reapSurvivors } from '../../../src/calibrators/processes/reap-survivors.ts';
import { runRecordName } from '../../../src/calibrators/processes/run-record.ts';
import { eventually } from '../../helpers/eventually.ts';
import { fixtureProgram } from '../../helpers/fixture-program.ts';
import { skip } from '../../helpers/needs.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const isAlive = (pid: number): boolean => {
  const state = readProcessStat(pid)?.state;
  return state !== undefined && state !== 'Z';
};

/** Starts a process of ours that runs a program, and waits for the program's first line. */
async function startRunner(t: ExecutionContext, folder: string, program: string) {
  const script = fileURLToPath(new URL('../../fixtures/runs-a-program.ts', import.meta.url));
  const runner = spawn(
    process.execPath,
    ['--import=tsx/esm', script, fixtureProgram(program), folder],
    {
      stdio: 'ignore',
    },
  );
  t.teardown(() => runner.kill('SIGKILL'));
  const text = await eventually(
    async () => {
      const written = await readFile(join(folder, 'process.txt'), 'utf8').catch(() => '');
      return written.endsWith('\n') ? written : undefined;
    },
    { what: 'the first line of the program', within: 30_000 },
  );
  return { runner, child: Number(/child (\d+)/.exec(text)?.[1]) };
}

test('programs of a process that was killed are ended at the next start', async (t) => {
  if (process.platform !== 'linux') {
    skip(t, 'needs /proc');
    return;
  }
  const root = await temporaryFolder(t);
  const folder = join(root, 'j8cb010b0', '1');
  await mkdir(folder, { recursive: true });
  const { runner, child } = await startRunner(t, folder, 'runs-long');

  t.deepEqual(await reapSurvivors(root), [], 'its owner lives: not ours to end');
  t.true(isAlive(child));

  runner.kill('SIGKILL');
  await eventually(() => (runner.signalCode === null ? undefined : true), { what: 'its death' });
  t.true(isAlive(child), 'an orphan by now');
  const reaped = await reapSurvivors(root, { grace: 200 });
  t.deepEqual(reaped, [{ folder, program: fixtureProgram('runs-long'), ended: 2, left: [] }]);
  t.false(isAlive(child));
  t.deepEqual(await readdir(folder), ['process.txt'], 'the record is gone');
  t.deepEqual(await reapSurvivors(root), []);
});

test('a half-written record is removed and touches no process', async (t) => {
  const root = await temporaryFolder(t);
  const folder = join(root, 'j8cb010b0', '1');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, runRecordName), '{"mark": "0');
  t.deepEqual(await reapSurvivors(root), []);
  t.deepEqual(await readdir(folder), []);
});

test('no work folder at all is fine', async (t) => {
  t.deepEqual(await reapSurvivors(join(await temporaryFolder(t), 'none')), []);
});
