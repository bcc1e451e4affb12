import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { hstcalCalibrator } from '../../src/calibrators/hstcal.ts';
import { parseManifest } from '../../src/sinks/manifest.ts';
import { dataDigests, needsGolden } from '../helpers/golden-dataset.ts';
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

test(publishes, 'j8bt05njq');
test(publishes, 'jbz504010');
