import { createHash } from 'node:crypto';
import { chmod, copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { z } from 'zod';
import type { CalibrationJob } from '../../src/calibrators/calibrator.ts';
import { hstcalCalibrator } from '../../src/calibrators/hstcal.ts';
import { replaceCard } from '../../src/fits/header-edit.ts';
import { readHeaders } from '../../src/fits/read-headers.ts';
import { updateHeader } from '../../src/fits/update-header.ts';
import { calibrationJob } from '../helpers/calibration-job.ts';
import { needsData, needsProgram } from '../helpers/needs.ts';

const recordSchema = z.object({
  inputs: z.array(
    z.object({ name: z.string(), primary_cards_after_bestrefs: z.array(z.string()).optional() }),
  ),
  output_files: z.array(z.string()),
  files: z.array(
    z.object({
      name: z.string(),
      hdus: z.array(z.object({ data_sha256: z.string().nullable() })).default([]),
    }),
  ),
});

/** Real exposures with the references that the record of a run by hand had, in a work folder. */
async function realJob(
  t: ExecutionContext,
  id: string,
  association?: CalibrationJob['association'],
) {
  const golden = needsData(t, 'lab', 'golden', 'public', `${id}.json`);
  const program = golden === undefined ? undefined : needsProgram(t, 'calacs.e');
  if (golden === undefined || program === undefined) return undefined;
  const record = recordSchema.parse(JSON.parse(await readFile(golden, 'utf8')));
  const lab = join(golden, '..', '..', '..');
  const job = await calibrationJob(t, {
    id,
    files: {},
    inputs: record.inputs.map(({ name }) => name),
    environment: { jref: `${join(lab, 'crds', 'references', 'hst', 'acs')}/` },
    ...(association === undefined ? {} : { association }),
  });
  for (const { name, primary_cards_after_bestrefs: cards = [] } of record.inputs) {
    await copyFile(join(lab, 'hst', id, name), join(job.folder, name));
    await chmod(join(job.folder, name), 0o644);
    if (cards.length > 0) await assignReferences(join(job.folder, name), cards);
  }
  return { job, record };
}

async function assignReferences(path: string, cards: readonly string[]): Promise<void> {
  await updateHeader(path, {
    edit: (header) => {
      for (const card of cards) {
        if (/^(\w+(FILE|TAB)|CRDS_\w+) *= /.test(card)) replaceCard(header, card);
      }
    },
  });
}

async function dataDigests(path: string): Promise<readonly (string | null)[]> {
  const [{ hdus }, bytes] = [await readHeaders(path), await readFile(path)];
  return hdus.map(({ dataOffset, shape }) =>
    shape.bytes === 0
      ? null
      : createHash('sha256')
          .update(bytes.subarray(dataOffset, dataOffset + shape.bytes))
          .digest('hex'),
  );
}

const calibrator = hstcalCalibrator({ environment: { PATH: process.env['PATH'] } });
const never = () => ({ signal: new AbortController().signal });

const calibrates = test.macro({
  title: (title) => title ?? '',
  async exec(t, id: string, association?: CalibrationJob['association']) {
    const real = await realJob(t, id, association);
    if (real === undefined) return;
    const { job, record } = real;
    const { products, versions, runs } = await calibrator.calibrate(job, never());
    t.deepEqual(products, [...new Set([...job.inputs, ...record.output_files])].toSorted());
    for (const { name, hdus } of record.files.filter(({ name }) => /_(flt|crj)\./.test(name))) {
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

test('calacs makes of an association what it makes by hand', calibrates, 'j8bt99010', {
  file: 'j8bt99010_asn.fits',
  exposures: ['j8bt99a1q', 'j8bt99a2q'].map((name) => ({ name, type: 'EXP-CR1', present: true })),
  products: [{ name: 'j8bt99010', type: 'PROD-CR1', present: false }],
});

test('calacs without its references fails with the code of stage 1 and its last words', async (t) => {
  const real = await realJob(t, 'j8bt05njq');
  if (real === undefined) return;
  const job = { ...real.job, environment: { jref: '/nowhere/' } };
  const error = await t.throwsAsync(calibrator.calibrate(job, never()));
  t.like(error, { code: 'PROGRAM_FAILED', exitCode: 23 });
  t.regex(error.message, /status 2\. The last line it wrote: .*Calibration file\(s\) missing/);
});
