import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { closeFits, openFits } from '../../src/fits/fits-file.ts';
import { writeFits } from '../../src/fits/fits-writer.ts';
import { openImage } from '../../src/fits/image-reader.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import { caseNames } from '../../src/simulator/simulation-case.ts';
import { compareWithTruth, isRecovered } from '../../src/simulator/truth/compare-with-truth.ts';
import { needsProgram } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const { signal } = new AbortController();

for (const name of caseNames) {
  test.serial(`calibrating what was simulated gives the sky back: ${name}`, async (t) => {
    t.timeout(300_000);
    const calacs = needsProgram(t, 'calacs.e');
    if (calacs === undefined) return;
    const folder = await temporaryFolder(t);
    const made = await simulate(folder, { cases: [name], seed: 3, signal });
    const [dataset] = made.datasets;
    if (dataset === undefined) throw new Error('Expected a dataset.');
    const work = join(folder, 'work');
    await mkdir(work);
    for (const file of await readdir(made.rawFolder)) {
      await copyFile(join(made.rawFolder, file), join(work, file));
    }
    const input = dataset.files.at(-1) ?? '';
    const env = { ...process.env, jref: `${join(made.cache, 'references', 'hst')}/` };
    const run = spawnSync(calacs, [input], { cwd: work, env, encoding: 'utf8' });
    t.is(run.status, 0, run.stdout.slice(-2000));
    const calibrated = join(work, dataset.calibrated);
    const comparison = compareWithTruth(calibrated, { truth: dataset.truth });
    t.log(JSON.stringify(comparison));
    t.true(isRecovered(comparison));
    t.true(comparison.fraction > 0.98);
    if (name !== 'hrc-crsplit') return;
    const wrong = join(folder, 'wrong_truth.fits');
    brighten(dataset.truth, wrong);
    t.false(isRecovered(compareWithTruth(calibrated, { truth: wrong })), 'a wrong sky is found');
  });
}

test('a file without an exposure time is not compared but named', async (t) => {
  const folder = await temporaryFolder(t);
  const { datasets } = await simulate(folder, { cases: ['sbc-repeat'], seed: 3, signal });
  const truth = datasets[0]?.truth ?? '';
  t.throws(() => compareWithTruth(truth, { truth }), { message: /EXPTIME.*_truth\.fits/ });
});

/** Writes a copy of a truth in which the sky is a fifth brighter. */
function brighten(from: string, to: string): void {
  const file = openFits(from);
  try {
    writeFits(to, (writer) => {
      for (const hdu of file.hdus) {
        const image = openImage(file, hdu);
        const data = writer.addHdu(hdu.header);
        if (image.kind !== 'stored') continue;
        const pixels = new Float32Array(image.width * image.rows);
        image.readInto(pixels, { from: 0 });
        data.writePixels(pixels.map((value) => 1.2 * value));
      }
    });
  } finally {
    closeFits(file);
  }
}
