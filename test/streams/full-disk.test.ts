import { rm } from 'node:fs/promises';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { crashFolders, recoverAndRun } from '../helpers/crash-run.ts';
import { assertSettled, assertWhole } from '../helpers/invariants.ts';
import { skip } from '../helpers/needs.ts';
import { pipelineTools, runPipeline, type PipelineFolders } from '../helpers/run-pipeline.ts';

const id = 'j8zz02a1q';
const ids = [id];

/** A file system of 1 MiB at a path, nearly full; false, after saying so, where we may not mount. */
async function smallDisk(t: ExecutionContext, path: string, free: number): Promise<boolean> {
  await mkdir(path);
  const args = ['-t', 'tmpfs', '-o', 'size=1m', 'none', path];
  const { failed, stderr } = await execa('mount', args, { reject: false });
  if (failed) {
    skip(t, `no small disk could be mounted: ${stderr || 'there is no `mount`'}`);
    return false;
  }
  t.teardown(() => execa('umount', ['-l', path]));
  await writeFile(join(path, 'ballast'), Buffer.alloc(1024 * 1024 - free));
  return true;
}

const fills = test.macro(
  async (t: ExecutionContext, where: 'work' | 'output', codes: readonly string[]) => {
    const folders: PipelineFolders = await crashFolders(t, ids);
    if (!(await smallDisk(t, folders[where], 48 * 1024))) return;
    const [outcome] = await runPipeline(ids, await pipelineTools(folders));
    if (outcome?.status !== 'failed') return t.fail(outcome?.status);
    t.true(codes.includes(outcome.error.code), `${outcome.error.code}: ${outcome.error.message}`);
    t.log(outcome.error.message);
    await assertWhole(t, { folders, ids, label: 'a full disk' });
    await rm(join(folders[where], 'ballast'));
    const { outcomes } = await recoverAndRun({ folders, ids }, async () => {
      await assertWhole(t, { folders, ids, label: 'a full disk' });
    });
    t.is(outcomes[0]?.status, 'published', JSON.stringify(outcomes));
    await assertSettled(t, { folders, ids, label: 'a full disk' });
  },
);

test(
  'a full disk below the work directory fails the dataset, which goes through when there is space',
  fills,
  'work',
  ['DISK_FULL', 'PROGRAM_FAILED', 'PRODUCT_DAMAGED'],
);
test(
  'a full disk below the output fails the dataset, which goes through when there is space',
  fills,
  'output',
  ['STORE_FULL'],
);
