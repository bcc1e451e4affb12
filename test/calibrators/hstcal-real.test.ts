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
import { readAssociation } from '../../src/hst/read-association.ts';
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

type GoldenRecord = z.infer<typeof recordSchema>;

/** Real exposures with the references that the record of a run by hand had, in a work folder. */
async function realJob(
  t: ExecutionContext,
  id: string,
): Promise<{ readonly job: CalibrationJob; readonly record: GoldenRecord } | undefined> {
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
  });
  for (const { name, primary_cards_after_bestrefs: cards = [] } of record.inputs) {
    await copyFile(join(lab, 'hst', id, name), join(job.folder, name));
    await chmod(join(job.folder, name), 0o644);
    if (cards.length > 0) await assignReferences(join(job.folder, name), cards);
  }
  const table = join(job.folder, `${id}_asn.fits`);
  if (!job.inputs.includes(`${id}_asn.fits`)) return { job, record };
  return { job: { ...job, association: readAssociation(table) }, record };
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
  t.regex(error.message, /status 2\. The last line it wrote: .*Calibration file\(s\) missing/);
});
