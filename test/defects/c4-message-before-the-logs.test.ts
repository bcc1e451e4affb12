import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { openFileStore } from '../../src/stores/open-file-store.ts';
import { crashFolders } from '../helpers/crash-run.ts';
import { assertWhole } from '../helpers/invariants.ts';
import { namesBelow } from '../helpers/names-below.ts';
import { pipelineTools, runPipeline } from '../helpers/run-pipeline.ts';

const id = 'j8zz02a1q';

// CALDP wrote the trigger before it uploaded the logs that the trigger makes CALCLOUD read.
test('C4: when the message appears, data, logs and manifest are all there and whole', async (t) => {
  const folders = await crashFolders(t, [id]);
  const message = join(folders.output, 'messages/dataset-processed', id);
  const seen: (readonly string[])[] = [];
  const rename: typeof fs.rename = async (from, to) => {
    await fs.rename(from, to);
    if (to !== message) return;
    await assertWhole(t, { folders, ids: [id], label: 'the message' });
    seen.push(await namesBelow(join(folders.output, 'data/acs', id)));
  };
  const output = await openFileStore(folders.output, { fileSystem: { ...fs, rename } });
  const [outcome] = await runPipeline([id], await pipelineTools(folders, { output }));
  t.is(outcome?.status, 'published');
  t.deepEqual(seen, [await namesBelow(join(folders.output, 'data/acs', id))]);
  t.true(seen[0]?.includes('logs/process.txt') === true && seen[0].includes('logs/manifest.json'));
});
