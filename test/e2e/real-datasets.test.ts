import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { builtinAcs } from '../../src/calibrators/builtin/acs/builtin-acs.ts';
import { hstcalCalibrator } from '../../src/calibrators/hstcal.ts';
import { parseManifest } from '../../src/sinks/manifest.ts';
import { dataDigests, needsGolden, needsRecord } from '../helpers/golden-dataset.ts';
import { makeFolders, pipelineTools, runPipeline } from '../helpers/run-pipeline.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const publishes = test.macro({
  title: (_, id: string) =>
    `the real dataset ${id} goes through the pipe and equals HSTCAL by hand`,
  async exec(t, id: string) {
    const golden = await needsGolden(t, id);
    if (golden === undefined) return;
    const folders = await makeFolders(await temporaryFolder(t));
    await golden.copyTo(folders.raw);
    const tools = await pipelineTools(folders, {
      calibrator: hstcalCalibrator({ environment: process.env }),
      environment: { jref: golden.jref },
    });
    const [outcome] = await runPipeline([id], tools);
    t.is(outcome?.status, 'published');
    const published = join(folders.output, 'data', 'acs', id);
    const products = golden.record.files.filter(({ name }) => name.endsWith('.fits'));
    t.true(products.length > 0);
    for (const { name, hdus } of products) {
      const expected = hdus.map((hdu) => hdu.data_sha256);
      t.deepEqual(await dataDigests(join(published, name)), expected, name);
    }
    const path = join(published, 'logs', 'manifest.json');
    const manifest = parseManifest(await readFile(path, 'utf8'), { origin: path });
    t.deepEqual(
      manifest.inputs.map(({ name }) => name),
      golden.record.inputs.map(({ name }) => name).toSorted(),
    );
    t.deepEqual(Object.keys(manifest.programs), ['calacs.e', 'runastrodriz']);
  },
});

const builtIn = test.macro({
  title: (_, id: string) => `the real dataset ${id} without HSTCAL has the same pixels`,
  async exec(t, id: string) {
    const golden = await needsRecord(t, id);
    if (golden === undefined) return;
    const folders = await makeFolders(await temporaryFolder(t));
    await golden.copyTo(folders.raw);
    const tools = await pipelineTools(folders, {
      calibrator: builtinAcs({ name: 'caldp', version: '1.2.3' }),
      environment: { jref: golden.jref },
    });
    const [outcome] = await runPipeline([id], tools);
    if (outcome?.status !== 'published') return t.fail(JSON.stringify(outcome));
    const published = join(folders.output, 'data', 'acs', id);
    for (const { name, hdus } of golden.record.files.filter((file) => /fits$/.test(file.name))) {
      const expected = hdus.map((hdu) => hdu.data_sha256);
      t.deepEqual(await dataDigests(join(published, name)), expected, name);
    }
    t.true(outcome.warnings.some(({ code }) => code === 'DRIZZLE_MISSING'));
    t.regex(outcome.versions['caldp'] ?? '', /equal to calacs/);
  },
});

test(publishes, 'j8bt05njq');
test(publishes, 'jbz504010');
for (const id of ['j8bt05njq', 'j8bt06o6q', 'j8bt99010', 'jbz504010', 'jbz504eoq']) {
  test(builtIn, id);
}
