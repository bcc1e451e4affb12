import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { crashFolders } from '../helpers/crash-run.ts';
import { visibleNames } from '../helpers/names-below.ts';
import { pipelineTools, runPipeline } from '../helpers/run-pipeline.ts';

const id = 'j8zz02a1q';

// CALDP read the last digit of `Exit status: 40` and announced the dataset as processed.
test('C1: a program that ends with 40 fails its dataset and its status is written out', async (t) => {
  const folders = await crashFolders(t, [id]);
  const [outcome] = await runPipeline(
    [id],
    await pipelineTools(folders, { calacs: 'ends-with-40' }),
  );
  t.true(outcome?.status === 'failed' && outcome.error.exitCode === 23);
  t.deepEqual(await visibleNames(join(folders.output, 'messages')), [
    'dataset-error',
    'dataset-processing',
  ]);
  t.deepEqual(await visibleNames(join(folders.output, 'messages/dataset-error')), [id]);
  const logs = join(folders.work, id, '1/logs');
  t.true((await readdir(logs)).includes('process_metrics.txt'));
  t.regex(await readFile(join(logs, 'process_metrics.txt'), 'utf8'), /Exit status: 40$/m);
});
