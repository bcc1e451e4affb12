import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { simulatedSetups, writeSimulatedImages } from '../simulated/simulated-exposure.ts';
import { preview } from '../../src/operators/preview.ts';
import { createPreviewPool } from '../../src/previews/jobs/preview-pool.ts';
import type { Calibrated, Previewed } from '../../src/streams/events.ts';
import { operatorContract } from '../contract/operator.ts';
import { calibratedOf, previewedOf } from '../helpers/events.ts';
import { toolsAnd } from '../helpers/operator-tools.ts';
import { makeFolders, pipelineTools, runPipeline } from '../helpers/run-pipeline.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

operatorContract<Calibrated, Previewed>({
  name: 'preview',
  make: (tools, run) => preview(toolsAnd(tools), run),
  input: calibratedOf,
  output: previewedOf,
});

const id = 'j8zz02a1q';

test('previews of the products are published beside them, with their log', async (t) => {
  const folders = await makeFolders(await temporaryFolder(t));
  writeSimulatedImages(folders.raw, { root: id, setup: simulatedSetups.hrc });
  const pool = createPreviewPool({ threads: 1 });
  t.teardown(() => pool.close());
  const previews = { pool, style: 'standard' } as const;
  const [outcome] = await runPipeline([id], await pipelineTools(folders, { previews }));
  t.is(outcome?.status, 'published');
  const published = join(folders.output, 'data', 'acs', id);
  t.deepEqual((await readdir(join(published, 'previews'))).toSorted(), [
    `${id}_flt.jpg`,
    `${id}_flt_thumb.jpg`,
    `${id}_raw.jpg`,
    `${id}_raw_thumb.jpg`,
  ]);
  t.regex(await readFile(join(published, 'logs', 'preview.txt'), 'utf8'), /made .*_flt\.jpg/);
  const metrics = await readFile(join(published, 'logs', 'preview_metrics.txt'), 'utf8');
  t.regex(metrics, /Exit status: 0\n$/);
});

test('a preview that fails is told with exit 28 after the data are published', async (t) => {
  const folders = await makeFolders(await temporaryFolder(t));
  writeSimulatedImages(folders.raw, { root: id, setup: simulatedSetups.hrc, size: [70_000, 2] });
  const pool = createPreviewPool({ threads: 1 });
  t.teardown(() => pool.close());
  const previews = { pool, style: 'standard' } as const;
  const [outcome] = await runPipeline([id], await pipelineTools(folders, { previews }));
  if (outcome?.status !== 'published') return t.fail(JSON.stringify(outcome));
  t.is(outcome.previewFailure?.exitCode, 28);
  t.true(outcome.warnings.some(({ code }) => code === 'PREVIEW_FAILED'));
  const files = await readdir(join(folders.output, 'data', 'acs', id));
  t.true(files.includes(`${id}_flt.fits`));
});
