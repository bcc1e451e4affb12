import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { parseManifest } from '../../src/sinks/manifest.ts';
import { openFileStore } from '../../src/stores/open-file-store.ts';
import { crashFolders } from '../helpers/crash-run.ts';
import { FailingFileSystem } from '../helpers/failing-file-system.ts';
import { pipelineTools, runPipeline } from '../helpers/run-pipeline.ts';

const id = 'j8zz02a1q';

/** What is wrong with the published folder just now, compared with its own manifest. */
function faultOf(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const origin = join(folder, 'logs/manifest.json');
  if (!existsSync(origin)) return `${String(readdirSync(folder))} without a manifest`;
  const { outputs, logs } = parseManifest(readFileSync(origin, 'utf8'), { origin });
  const bad = [...outputs, ...logs].find(({ name, size }) => {
    const path = join(folder, name);
    return !existsSync(path) || statSync(path).size !== size;
  });
  return bad === undefined ? undefined : `${bad.name} is not whole`;
}

// CALDP copied straight to final names, without a temporary name and without a digest.
test('C7: at no moment has a file of a dataset its final name before the whole dataset is there', async (t) => {
  const folders = await crashFolders(t, [id]);
  const published = join(folders.output, 'data/acs', id);
  const faults: string[] = [];
  let looks = 0;
  const { fileSystem } = new FailingFileSystem({
    onCall: () => {
      looks += 1;
      const fault = faultOf(published);
      if (fault !== undefined) faults.push(fault);
    },
  });
  const output = await openFileStore(folders.output, { fileSystem });
  await runPipeline([id], await pipelineTools(folders, { output }));
  await runPipeline([id], await pipelineTools(folders, { output, force: true }));
  t.deepEqual(faults, []);
  t.true(looks > 100 && existsSync(published));
});
