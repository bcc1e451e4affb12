import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { crashFolders } from '../helpers/crash-run.ts';
import { visibleNames } from '../helpers/names-below.ts';
import { pipelineTools, runPipeline } from '../helpers/run-pipeline.ts';

const id = 'j8zz02a1q';

// GNU time ends its report of a killed program with `Exit status: 0`, which CALDP took for success.
test('C2: a program that is killed for memory fails its dataset, and no status 0 is written', async (t) => {
  const folders = await crashFolders(t, [id]);
  const [outcome] = await runPipeline([id], await pipelineTools(folders, { calacs: 'is-killed' }));
  t.true(outcome?.status === 'failed' && outcome.error.exitCode === 33);
  t.deepEqual(await visibleNames(join(folders.output, 'messages/dataset-error')), [id]);
  const metrics = join(folders.work, id, '1/logs/process_metrics.txt');
  const text = await readFile(metrics, 'utf8');
  t.notRegex(text, /Exit status: 0/);
  t.regex(text, /Command terminated by signal 9/);
});
