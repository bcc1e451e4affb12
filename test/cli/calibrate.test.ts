import { spawnSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { changeHeader } from '../calibrators/error-paths/change-header.ts';
import { writeRandomDataset } from '../calibrators/builtin/acs/simulated/exposures.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { caldpProgram } from '../helpers/caldp-program.ts';

test('files are calibrated in place; with --strict one that asks for CTE correction fails and leaves nothing', async (t) => {
  const home = await temporaryFolder(t);
  const [folder, references] = [join(home, 'files'), join(home, 'references')];
  await mkdir(folder);
  const { input } = writeRandomDataset({ folder, references, seed: 12 });
  await changeHeader(join(folder, input), { PCTECORR: 'PERFORM' });
  const env = { ...process.env, NODE_OPTIONS: '', jref: `${references}/` };
  const calibrate = (...args: readonly string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [...caldpProgram, 'calibrate', join(folder, input), ...args], {
      cwd: home,
      env,
      encoding: 'utf8',
    });
  const strict = calibrate('--strict');
  t.is(strict.status, 23);
  t.regex(String(strict.stderr), /PCTECORR is PERFORM.*nothing was made.*\[CTE_NOT_CORRECTED\]/);
  t.deepEqual(await readdir(folder), [input]);
  const usual = calibrate();
  t.is(usual.status, 0, String(usual.stderr));
  t.is(String(usual.stdout), `${input.replace('_raw', '_flt')}\n`);
  t.regex(String(usual.stderr), /Warning: PCTECORR is PERFORM/);
});
