import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { simulatedDatasets } from '../simulated/simulated-data.ts';
import { programFolder } from '../helpers/fixture-program.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs', 'compose.md'), 'utf8');
const programs = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, text]) => text ?? '');

/** Runs a program of the page as a user would: in a folder of his own, with the package beside it. */
async function runProgram(t: ExecutionContext, text: string): Promise<string> {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'raw'));
  simulatedDatasets.exposure(join(folder, 'raw'));
  const bin = await programFolder(folder, { programs: { 'calacs.e': 'copies-raws' } });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const source = text.replaceAll("'caldp'", `'${join(root, 'src', 'index.ts')}'`);
  writeFileSync(join(folder, 'program.mts'), source);
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import=tsx/esm', 'program.mts'],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
      },
    },
  );
  t.is(status, 0, stderr);
  return stdout;
}

test('the pipeline of the page reports the dataset that is not there', async (t) => {
  t.is(await runProgram(t, programs[0] ?? ''), 'j8zz09a1q: INPUT_NOT_FOUND\n');
});

test('the stream of other operators says what was made', async (t) => {
  t.is(
    await runProgram(t, programs[1] ?? ''),
    'j8zz02a1q.tra j8zz02a1q_flt.fits j8zz02a1q_raw.fits\n',
  );
});
