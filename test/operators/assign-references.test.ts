import { chmod, copyFile, cp, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import test from 'ava';
import { hstcalCalibrator } from '../../src/calibrators/hstcal.ts';
import { BestReferences } from '../../src/crds/best-references.ts';
import { crdsSettings } from '../../src/crds/configuration/crds-settings.ts';
import { openCrds } from '../../src/crds/open-crds.ts';
import { readHeaders } from '../../src/fits/read-headers.ts';
import { assignReferences } from '../../src/operators/assign-references.ts';
import { parseManifest } from '../../src/sinks/manifest.ts';
import type { Referenced, Staged } from '../../src/streams/events.ts';
import { operatorContract } from '../contract/operator.ts';
import { referencedOf, stagedOf } from '../helpers/events.ts';
import { dataDigests, needsGolden } from '../helpers/golden-dataset.ts';
import { needsData } from '../helpers/needs.ts';
import { toolsAnd } from '../helpers/operator-tools.ts';
import { makeFolders, pipelineTools, runPipeline } from '../helpers/run-pipeline.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

operatorContract<Staged, Referenced>({
  name: 'assign-references',
  make: (tools, run) => assignReferences(toolsAnd(tools), run),
  input: stagedOf,
  output: referencedOf,
});

/** Reference assignment on a cache of its own context, asking no server. */
function referencesOf(cache: string, context: string): BestReferences {
  const { signal } = new AbortController();
  const settings = crdsSettings({
    CRDS_PATH: cache,
    CRDS_SERVER_URL: 'https://hst-serverless-mode.stsci.edu',
    CRDS_READONLY_CACHE: '1',
  });
  return new BestReferences(openCrds(settings, { signal, warn: () => undefined }), {
    context,
    signal,
  });
}

test('a real raw gets the references of its context, and the manifest names them', async (t) => {
  const lab = needsData(t, 'lab');
  if (lab === undefined) return;
  const folders = await makeFolders(await temporaryFolder(t));
  const raw = 'j8bt05njq_raw.fits';
  await copyFile(join(lab, 'hst', 'j8bt05njq', raw), join(folders.raw, raw));
  await chmod(join(folders.raw, raw), 0o644);
  const references = referencesOf(join(lab, 'crds'), 'hst_9729.pmap');
  const [outcome] = await runPipeline(['j8bt05njq'], await pipelineTools(folders, { references }));
  if (outcome?.status !== 'published') return t.fail(JSON.stringify(outcome));
  const published = join(folders.output, 'data', 'acs', 'j8bt05njq');
  const { hdus } = await readHeaders(join(published, raw));
  const name = hdus[0]?.header.string('BIASFILE') ?? '';
  t.regex(name, /^jref\$\w+_bia\.fits$/);
  const path = join(published, 'logs', 'manifest.json');
  const manifest = parseManifest(await readFile(path, 'utf8'), { origin: path });
  t.is(manifest.context, 'hst_9729.pmap');
  t.true(manifest.references.some((file) => `jref$${file.name}` === name));
  const log = await readFile(join(published, 'logs', 'process.txt'), 'utf8');
  t.true(log.includes(`jref=${join(lab, 'crds', 'references', 'hst', 'acs')}/`));
});

test('a reference that cannot be had fails the dataset with exit 27 and calibrates nothing', async (t) => {
  const lab = needsData(t, 'lab');
  if (lab === undefined) return;
  const root = await temporaryFolder(t);
  const folders = await makeFolders(root);
  const raw = 'j8bt05njq_raw.fits';
  await copyFile(join(lab, 'hst', 'j8bt05njq', raw), join(folders.raw, raw));
  const cache = join(root, 'cache');
  await cp(join(lab, 'crds', 'mappings'), join(cache, 'mappings'), { recursive: true });
  await cp(join(lab, 'crds', 'config'), join(cache, 'config'), { recursive: true });
  const references = referencesOf(cache, 'hst_9729.pmap');
  const [outcome] = await runPipeline(['j8bt05njq'], await pipelineTools(folders, { references }));
  if (outcome?.status !== 'failed') return t.fail();
  t.is(outcome.stage, 'assign-references');
  t.is(outcome.error.exitCode, 27);
  t.is(outcome.error.code, 'CRDS_REFERENCE_MISSING');
});

test('the real SBC association goes from unassigned raws to HSTCAL products in one run', async (t) => {
  const golden = await needsGolden(t, 'jbz504010');
  const lab = golden === undefined ? undefined : needsData(t, 'lab');
  if (golden === undefined || lab === undefined) return;
  const folders = await makeFolders(await temporaryFolder(t));
  for (const { name } of golden.record.inputs) {
    await copyFile(join(lab, 'hst', 'jbz504010', name), join(folders.raw, name));
    await chmod(join(folders.raw, name), 0o644);
  }
  const tools = await pipelineTools(folders, {
    references: referencesOf(join(lab, 'crds'), 'hst_0729.pmap'),
    calibrator: hstcalCalibrator({ environment: process.env }),
  });
  const [outcome] = await runPipeline(['jbz504010'], tools);
  t.is(outcome?.status, 'published');
  for (const { name, hdus } of golden.record.files.filter((file) => file.name.endsWith('.fits'))) {
    const path = join(folders.output, 'data', 'acs', 'jbz504010', basename(name));
    const expected = hdus.map((hdu) => hdu.data_sha256);
    t.deepEqual(await dataDigests(path), expected, name);
  }
});
