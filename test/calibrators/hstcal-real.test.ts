import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { CalibrationJob } from '../../src/calibrators/calibrator.ts';
import { hstcalCalibrator } from '../../src/calibrators/hstcal.ts';
import { readHeaders } from '../../src/fits/read-headers.ts';
import { readAssociation } from '../../src/hst/read-association.ts';
import { calibrationJob } from '../helpers/calibration-job.ts';
import { dataDigests, needsGolden, type GoldenRecord } from '../helpers/golden-dataset.ts';

/** Real exposures with the references that the record of a run by hand had, in a work folder. */
async function realJob(
  t: ExecutionContext,
  id: string,
): Promise<{ readonly job: CalibrationJob; readonly record: GoldenRecord } | undefined> {
  const golden = await needsGolden(t, id);
  if (golden === undefined) return undefined;
  const { record, jref, copyTo } = golden;
  const inputs = record.inputs.map(({ name }) => name);
  const job = await calibrationJob(t, { id, files: {}, inputs, environment: { jref } });
  await copyTo(job.folder);
  const table = join(job.folder, `${id}_asn.fits`);
  if (!job.inputs.includes(`${id}_asn.fits`)) return { job, record };
  return { job: { ...job, association: readAssociation(table) }, record };
}

const calibrator = hstcalCalibrator({ environment: { PATH: process.env['PATH'] } });
const never = () => ({ signal: new AbortController().signal });

const calibrates = test.macro({
  title: (title) => title ?? '',
  async exec(t, id: string) {
    const real = await realJob(t, id);
    if (real === undefined) return;
    const { job, record } = real;
    const { products, versions, runs } = await calibrator.calibrate(job, never());
    t.deepEqual(products, [...new Set([...job.inputs, ...record.output_files])].toSorted());
    for (const { name, hdus } of record.files.filter(({ name }) => /_(flt|crj|sfl)\./.test(name))) {
      const digests = await dataDigests(join(job.folder, name));
      t.deepEqual(
        digests,
        hdus.map((hdu) => hdu.data_sha256),
        name,
      );
    }
    t.regex(versions['calacs.e'] ?? '', /^\d+\.\d+\.\d+$/);
    t.regex(await readFile(job.metrics, 'utf8'), /Exit status: 0\n$/);
    t.deepEqual(runs[0]?.ending, { status: 'exited', code: 0 });
    const product = record.output_files.find((name) => /_flt\.fits$/.test(name)) ?? '';
    const { hdus } = await readHeaders(join(job.folder, product));
    t.is(hdus[0]?.header.string('CSYS_VER'), 'UNDEFINED', 'the keyword reaches the products');
  },
});

test('calacs makes of a real exposure what it makes by hand', calibrates, 'j8bt05njq');

for (const id of ['j8bt06o6q', 'jbz504eoq']) {
  test(`calacs makes of ${id} what it makes by hand`, calibrates, id);
}

for (const id of ['j8bt99010', 'jbz504010']) {
  test(`calacs makes of the association ${id} what it makes by hand`, calibrates, id);
}

test('calacs without its references fails with the code of stage 1 and its last words', async (t) => {
  const real = await realJob(t, 'j8bt05njq');
  if (real === undefined) return;
  const job = { ...real.job, environment: { jref: '/nowhere/' } };
  const error = await t.throwsAsync(calibrator.calibrate(job, never()));
  t.like(error, { code: 'PROGRAM_FAILED', exitCode: 23 });
  t.regex(
    error.message,
    /status 2\. It said: .*6 reference files were missing.*Calibration file\(s\) missing/,
  );
});
