import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { simulatedSetups, writeSimulatedImages } from '../simulated/simulated-exposure.ts';
import type { Outcome } from '../../src/streams/events.ts';
import {
  makeFolders,
  pipelineTools,
  runPipeline,
  type PipelineFolders,
} from '../helpers/run-pipeline.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const id = 'j8zz02a1q';
const other = 'j8zz02a2q';

async function foldersWith(
  t: ExecutionContext,
  roots: readonly string[],
): Promise<PipelineFolders> {
  const folders = await makeFolders(await temporaryFolder(t));
  for (const root of roots) writeSimulatedImages(folders.raw, { root, setup: simulatedSetups.hrc });
  return folders;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const statuses = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.map(
    (outcome) => `${'dataset' in outcome ? outcome.dataset.id : outcome.text} ${outcome.status}`,
  );

test('a dataset goes from a raw file to data, manifest and message', async (t) => {
  const folders = await foldersWith(t, [id]);
  t.deepEqual(statuses(await runPipeline([id], await pipelineTools(folders))), [`${id} published`]);
  t.deepEqual(await filesBelow(folders.output), [
    `data/acs/${id}/${id}.tra`,
    `data/acs/${id}/${id}_flt.fits`,
    `data/acs/${id}/${id}_raw.fits`,
    `data/acs/${id}/logs/manifest.json`,
    `data/acs/${id}/logs/process.txt`,
    `data/acs/${id}/logs/process_metrics.txt`,
    `messages/dataset-processed/${id}`,
  ]);
  t.is((await readFile(join(folders.output, 'messages/dataset-processed', id))).length, 0);
  t.deepEqual(await filesBelow(folders.work), []);
});

test('the second run of the same list starts no program and says why', async (t) => {
  const folders = await foldersWith(t, [id]);
  await runPipeline([id], await pipelineTools(folders));
  await utimes(join(folders.raw, `${id}_raw.fits`), new Date(), new Date());
  const tools = await pipelineTools(folders);
  const stages: string[] = [];
  tools.telemetry.events.subscribe((event) => {
    if (event.type === 'stage-started') stages.push(event.stage);
  });
  const [outcome] = await runPipeline([id], tools);
  t.true(outcome?.status === 'skipped' && outcome.because === 'finished');
  t.true(outcome?.status === 'skipped' && outcome.reason.includes('same inputs'));
  t.deepEqual(stages, ['claim', 'skip-finished', 'acknowledge']);
});

test('one changed input byte runs just that dataset again', async (t) => {
  const folders = await foldersWith(t, [id, other]);
  await runPipeline([id, other], await pipelineTools(folders));
  writeSimulatedImages(folders.raw, { root: id, setup: simulatedSetups.hrc, seed: 99 });
  const outcomes = await runPipeline([id, other], await pipelineTools(folders));
  t.deepEqual([...statuses(outcomes)].sort(), [`${id} published`, `${other} skipped`]);
});

test('a published file that went missing makes the dataset run again', async (t) => {
  const folders = await foldersWith(t, [id]);
  await runPipeline([id], await pipelineTools(folders));
  await rm(join(folders.output, 'data/acs', id, `${id}_flt.fits`));
  t.deepEqual(statuses(await runPipeline([id], await pipelineTools(folders))), [`${id} published`]);
});

test('a damaged manifest makes the dataset run again', async (t) => {
  const folders = await foldersWith(t, [id]);
  await runPipeline([id], await pipelineTools(folders));
  await writeFile(join(folders.output, 'data/acs', id, 'logs/manifest.json'), '{"format":');
  t.deepEqual(statuses(await runPipeline([id], await pipelineTools(folders))), [`${id} published`]);
});

test('force runs what is finished', async (t) => {
  const folders = await foldersWith(t, [id]);
  await runPipeline([id], await pipelineTools(folders));
  const outcomes = await runPipeline([id], await pipelineTools(folders, { force: true }));
  t.deepEqual(statuses(outcomes), [`${id} published`]);
});

test('a failure is a message with what to do, keeps its work, and stops no other dataset', async (t) => {
  const folders = await foldersWith(t, [id, other]);
  await rm(join(folders.raw, `${id}_raw.fits`));
  const outcomes = await runPipeline([id, other], await pipelineTools(folders));
  t.deepEqual([...statuses(outcomes)].sort(), [`${id} failed`, `${other} published`]);
  const text = await readFile(join(folders.output, 'messages/dataset-error', id), 'utf8');
  const message: unknown = JSON.parse(text);
  t.like(message, { dataset: id, stage: 'stage', code: 'INPUT_NOT_FOUND', attempt: 1 });
});

test('a dataset that failed runs again, its attempt counted, and its error message goes', async (t) => {
  const folders = await foldersWith(t, [id]);
  const broken = await pipelineTools(folders, { calacs: 'ends-without-products' });
  t.deepEqual(statuses(await runPipeline([id], broken)), [`${id} failed`]);
  t.deepEqual(await readdir(join(folders.work, id)), ['1']);
  const [outcome] = await runPipeline([id], await pipelineTools(folders));
  t.true(outcome?.status === 'published' && outcome.claim.attempt === 2);
  t.deepEqual(await filesBelow(join(folders.output, 'messages')), [`dataset-processed/${id}`]);
});

test('a rerun that fails says so and leaves the former products whole', async (t) => {
  const folders = await foldersWith(t, [id]);
  await runPipeline([id], await pipelineTools(folders));
  const before = await filesBelow(join(folders.output, 'data'));
  const broken = await pipelineTools(folders, { calacs: 'ends-without-products', force: true });
  t.deepEqual(statuses(await runPipeline([id], broken)), [`${id} failed`]);
  t.deepEqual(await filesBelow(join(folders.output, 'data')), before);
  t.deepEqual(await filesBelow(join(folders.output, 'messages')), [`dataset-error/${id}`]);
});

test('a dataset that another living process holds is skipped as held', async (t) => {
  const folders = await foldersWith(t, [id]);
  const tools = await pipelineTools(folders);
  const [request] = (await runPipeline([id], tools)).filter((o) => o.status === 'published');
  if (request === undefined) return t.fail();
  const answer = await tools.messages.claim(request.dataset);
  const [outcome] = await runPipeline([id], await pipelineTools(folders, { force: true }));
  t.true(outcome?.status === 'skipped' && outcome.because === 'held');
  if (answer.status === 'claimed') await answer.claim.release();
});

test('aborting a run interrupts the dataset, ends its program and leaves it to the next run', async (t) => {
  const folders = await foldersWith(t, [id]);
  const tools = await pipelineTools(folders, { calacs: 'runs-long' });
  tools.telemetry.events.subscribe((event) => {
    if (event.type === 'stage-started' && event.stage === 'calibrate') tools.shutdown.abort();
  });
  t.deepEqual(statuses(await runPipeline([id], tools)), [`${id} interrupted`]);
  t.deepEqual(await filesBelow(folders.output), []);
  t.deepEqual(statuses(await runPipeline([id], await pipelineTools(folders))), [`${id} published`]);
});
