import { spawnSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { needsData, skip } from '../../helpers/needs.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

/**
 * Makes synthetic datasets, with references, by the generator of the test data; `data/<name>` and `data/ref` are below the folder that
 * is given back. Undefined after saying that the test is skipped, without the generator or a Python that has astropy.
 */
export async function needsSyntheticData(
  t: ExecutionContext,
  names: readonly string[],
): Promise<string | undefined> {
  const generator = needsData(t, 'lab', 'synth', 'make_data.py');
  if (generator === undefined) return undefined;
  const python = ['/usr/bin/python3', 'python3'].find(
    (program) => spawnSync(program, ['-c', 'import astropy, numpy']).status === 0,
  );
  if (python === undefined) {
    skip(t, 'no python3 with astropy, which makes the synthetic data');
    return undefined;
  }
  const folder = join(await temporaryFolder(t), 'synth');
  await cp(join(generator, '..'), folder, { recursive: true, mode: 0 });
  // What was copied may be read only, as the test data are.
  spawnSync('chmod', ['-R', 'u+w', folder]);
  const run = spawnSync(python, ['make_data.py', ...names], { cwd: folder, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`The generator of synthetic data failed: ${run.stderr}`);
  return folder;
}
