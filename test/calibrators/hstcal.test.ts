import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { readHeaders } from '../../src/fits/read-headers.ts';
import { calibrationJob, fixtureCalibrator } from '../helpers/calibration-job.ts';
import { eventually } from '../helpers/eventually.ts';
import { tinyFits } from '../helpers/tiny-fits.ts';

const never = () => ({ signal: new AbortController().signal });
const single = { id: 'j8f54obeq', files: { 'j8f54obeq_raw.fits': tinyFits() } };

const failsWith = test.macro({
  title: (title) => title ?? '',
  async exec(
    t,
    fixture: string,
    expected: { readonly code: string; readonly exitCode: number; readonly message: RegExp },
  ) {
    const job = await calibrationJob(t, { ...single, deadline: 1000 });
    const calibrator = await fixtureCalibrator(t, { 'calacs.e': fixture });
    const error = await t.throwsAsync(calibrator.calibrate(job, never()));
    t.like(error, { code: expected.code, exitCode: expected.exitCode });
    t.regex(error.message, expected.message);
    t.regex(await readFile(job.metrics, 'utf8'), /Exit status: \d+\n$/);
  },
});

test('status 0 without products is a failure that names them', failsWith, 'ends-without-products', {
  code: 'PRODUCT_MISSING',
  exitCode: 23,
  message: /^`calacs\.e` ended as if all were well but did not make `j8f54obeq_flt\.fits`\.$/,
});
test('status 65 is a failure of calacs', failsWith, 'ends-with-65', {
  code: 'PROGRAM_FAILED',
  exitCode: 23,
  message: /ended with status 65/,
});
test('a program that ignores TERM ends at the deadline', failsWith, 'ignores-term', {
  code: 'PROGRAM_TIMED_OUT',
  exitCode: 23,
  message: /longer than 1 s/,
});
test('a program killed for memory', failsWith, 'is-killed', {
  code: 'MEMORY_SHORT',
  exitCode: 33,
  message: /was ended by SIGKILL/,
});
test('MemoryError in the log', failsWith, 'lacks-memory', {
  code: 'MEMORY_SHORT',
  exitCode: 31,
  message: /ended with status 1/,
});
test('the words on standard error are in the message', failsWith, 'writes-to-stderr-only', {
  code: 'PROGRAM_FAILED',
  exitCode: 23,
  message: /something is wrong/,
});
test('a product cut off by a full disk is a failure', failsWith, 'fills-the-disk', {
  code: 'PRODUCT_DAMAGED',
  exitCode: 23,
  message: /`j8f54obeq_flt\.fits` is not a whole FITS file/,
});
test('a child left behind with the output open does not hold us up', failsWith, 'forks-and-ends', {
  code: 'PRODUCT_MISSING',
  exitCode: 23,
  message: /did not make/,
});

test('a program that is not on PATH says how to get it, before anything is touched', async (t) => {
  const job = await calibrationJob(t, single);
  const calibrator = await fixtureCalibrator(t, {});
  const error = await t.throwsAsync(calibrator.calibrate(job, never()));
  t.like(error, { code: 'PROGRAM_MISSING', exitCode: 23 });
  t.regex(Reflect.get(error, 'advice') as string, /conda-forge hstcal.*container image/);
  t.deepEqual(await readFile(join(job.folder, 'j8f54obeq_raw.fits')), tinyFits());
});

test('without stage 2 the dataset is calibrated and a warning says what is not made', async (t) => {
  const job = await calibrationJob(t, single);
  const calibrator = await fixtureCalibrator(t, { 'calacs.e': 'copies-raws' });
  const { products, warnings, runs, versions } = await calibrator.calibrate(job, never());
  t.deepEqual(products, ['j8f54obeq.tra', 'j8f54obeq_flt.fits', 'j8f54obeq_raw.fits']);
  t.deepEqual(warnings, [
    {
      code: 'DRIZZLE_MISSING',
      message:
        '`runastrodriz` is not on PATH, so that these were not made: drizzled products (`drz`, `drc`) and header-let files (`hlet`).',
    },
  ]);
  t.deepEqual(
    runs.map(({ program, args, ending }) => ({ program, args, ending })),
    [
      {
        program: 'calacs.e',
        args: ['j8f54obeq_raw.fits'],
        ending: { status: 'exited', code: 0 },
      },
    ],
  );
  t.deepEqual(versions, { 'calacs.e': '1.2.3', runastrodriz: 'absent' });
});

const drizzled = {
  id: 'j8f54obeq',
  files: { 'j8f54obeq_raw.fits': tinyFits({ DRIZCORR: "'PERFORM '" }) },
};

test('stage 2 runs after stage 1 and both are in log and metrics', async (t) => {
  const job = await calibrationJob(t, drizzled);
  const calibrator = await fixtureCalibrator(t, {
    'calacs.e': 'copies-raws',
    runastrodriz: 'drizzles',
  });
  const { products, warnings, runs } = await calibrator.calibrate(job, never());
  t.true(products.includes('j8f54obeq_drz.fits'));
  t.deepEqual(warnings, []);
  t.deepEqual(
    runs.map(({ program }) => program),
    ['calacs.e', 'runastrodriz'],
  );
  t.regex(
    await readFile(job.log, 'utf8'),
    /args: j8f54obeq_raw.fits\n[^]*drizzle args: -n 1 j8f54obeq_raw.fits\n/,
  );
  const metrics = await readFile(job.metrics, 'utf8');
  t.is(metrics.match(/Command being timed/g)?.length, 3);
});

test('a stage 2 that swallows its failure is found out by what it did not make', async (t) => {
  const job = await calibrationJob(t, drizzled);
  const calibrator = await fixtureCalibrator(t, {
    'calacs.e': 'copies-raws',
    runastrodriz: 'ends-without-products',
  });
  await t.throwsAsync(calibrator.calibrate(job, never()), {
    code: 'PRODUCT_MISSING',
    message: /`j8f54obeq_drz\.fits` or `j8f54obeq_drc\.fits`/,
  });
});

test('nothing drizzled is expected where the raw does not ask for it', async (t) => {
  const job = await calibrationJob(t, {
    id: 'j8f54obeq',
    files: { 'j8f54obeq_raw.fits': tinyFits({ DRIZCORR: "'OMIT    '" }) },
  });
  const calibrator = await fixtureCalibrator(t, {
    'calacs.e': 'copies-raws',
    runastrodriz: 'ends-without-products',
  });
  t.is((await calibrator.calibrate(job, never())).runs.length, 2);
});

const association = {
  file: 'j8cb010b0_asn.fits',
  exposures: ['j8cb01u2q', 'j8cb01u3q'].map((name) => ({ name, type: 'EXP-CR1', present: true })),
  products: [{ name: 'j8cb010b1', type: 'PROD-CR1', present: false }],
};
const associated = {
  id: 'j8cb010b0',
  association,
  files: {
    'j8cb010b0_asn.fits': tinyFits(),
    'j8cb01u2q_raw.fits': tinyFits(),
    'j8cb01u3q_raw.fits': tinyFits(),
  },
};

test('an association must have its combined product as well', async (t) => {
  const job = await calibrationJob(t, associated);
  const calibrator = await fixtureCalibrator(t, { 'calacs.e': 'copies-raws' });
  await t.throwsAsync(calibrator.calibrate(job, never()), {
    code: 'PRODUCT_MISSING',
    message: /did not make `j8cb010b1_crj\.fits`\.$/,
  });
});

test('a product that shows up late, as on a network disk, is waited for', async (t) => {
  const job = await calibrationJob(t, associated);
  const calibrator = await fixtureCalibrator(
    t,
    { 'calacs.e': 'copies-raws' },
    { patience: 20_000 },
  );
  const calibration = calibrator.calibrate(job, never());
  await eventually(
    async () => ((await readdir(job.folder)).includes('j8cb01u3q.tra') ? true : undefined),
    { what: 'the end of the program' },
  );
  await writeFile(join(job.folder, 'j8cb010b1_crj.fits'), tinyFits());
  t.true((await calibration).products.includes('j8cb010b1_crj.fits'));
});

test('with one of two exposures here nothing combined is expected', async (t) => {
  const { 'j8cb01u3q_raw.fits': left, ...files } = associated.files;
  t.truthy(left);
  const job = await calibrationJob(t, { ...associated, files });
  const calibrator = await fixtureCalibrator(t, { 'calacs.e': 'copies-raws' });
  t.true((await calibrator.calibrate(job, never())).products.includes('j8cb01u2q_flt.fits'));
});

test('a program that says it had nothing to do gives a warning', async (t) => {
  const job = await calibrationJob(t, {
    id: 'ibc604b9q',
    files: { 'ibc604b9q_raw.fits': tinyFits() },
  });
  const calibrator = await fixtureCalibrator(t, { 'calwf3.e': 'has-nothing-to-do' });
  const { products, warnings } = await calibrator.calibrate(job, never());
  t.deepEqual(products, ['ibc604b9q.tra', 'ibc604b9q_raw.fits']);
  t.is(warnings[0]?.code, 'NOTHING_CALIBRATED');
});

test('status 65 of a mosaic program is no failure', async (t) => {
  const job = await calibrationJob(t, {
    id: 'acs_8ph_01',
    files: { 'acs_8ph_01_input.out': 'j8ph01g0q_flc.fits,...' },
  });
  const calibrator = await fixtureCalibrator(t, { runsinglehap: 'ends-with-65' });
  const { products, warnings } = await calibrator.calibrate(job, never());
  t.deepEqual(products, []);
  t.regex(warnings[0]?.message ?? '', /status 65, which is no failure: no viable images/);
});

test('a mosaic program that makes no mosaic fails with the code of its kind', async (t) => {
  const files = { 'acs_8ph_01_input.out': '' };
  const job = await calibrationJob(t, { id: 'acs_8ph_01', files });
  const calibrator = await fixtureCalibrator(t, { runsinglehap: 'ends-without-products' });
  const error = await t.throwsAsync(calibrator.calibrate(job, never()));
  t.like(error, { code: 'PRODUCT_MISSING', exitCode: 40 });
});

test('raws get version keywords, those of COS a fixed seed', async (t) => {
  const job = await calibrationJob(t, {
    id: 'lb4c10niq',
    files: { 'lb4c10niq_rawtag_a.fits': tinyFits(), 'lb4c10niq_spt.fits': tinyFits() },
    environment: { CSYS_VER: 'hst-pipeline:stable' },
  });
  const calibrator = await fixtureCalibrator(t, { calcos: 'ends-with-65' });
  await t.throwsAsync(calibrator.calibrate(job, never()));
  const header = (await readHeaders(join(job.folder, 'lb4c10niq_rawtag_a.fits'))).hdus[0]?.header;
  t.is(header?.number('RANDSEED'), 1);
  t.is(header?.string('CSYS_VER'), 'hst-pipeline:stable');
  t.is(header?.string('AWSDPVER'), 'UNDEFINED');
  t.is(header?.string('AWSYSVER'), 'UNDEFINED');
  t.deepEqual(await readFile(join(job.folder, 'lb4c10niq_spt.fits')), tinyFits());
});

test('the environment is the configuration, the threads and the variables of the dataset', async (t) => {
  const job = await calibrationJob(t, {
    ...single,
    files: { ...single.files, 'j8f54obeq_cal_env.txt': 'EXTRA=from the dataset\nbroken\n' },
    environment: { jref: '/grp/crds/cache/references/hst/' },
    threads: 3,
  });
  const calibrator = await fixtureCalibrator(t, { 'calacs.e': 'copies-raws' });
  const { warnings, products } = await calibrator.calibrate(job, never());
  t.regex(
    await readFile(job.log, 'utf8'),
    /^jref=\/grp\/crds\/cache\/references\/hst\/ OMP_NUM_THREADS=3 EXTRA=from the dataset$/m,
  );
  t.deepEqual(
    warnings.map(({ code }) => code),
    ['CAL_ENV_LINE', 'DRIZZLE_MISSING'],
  );
  t.true(products.includes('j8f54obeq_cal_env.txt'));
});

test('a program that writes to its input gives a warning', async (t) => {
  const job = await calibrationJob(t, single);
  const calibrator = await fixtureCalibrator(t, { 'calacs.e': 'changes-its-input' });
  const { warnings } = await calibrator.calibrate(job, never());
  t.deepEqual(
    warnings.map(({ code }) => code),
    ['DRIZZLE_MISSING', 'INPUT_CHANGED'],
  );
});

test('an abort rejects with its reason', async (t) => {
  const job = await calibrationJob(t, single);
  const calibrator = await fixtureCalibrator(t, { 'calacs.e': 'runs-long' });
  const controller = new AbortController();
  const calibration = calibrator.calibrate(job, { signal: controller.signal });
  await eventually(
    async () => ((await readFile(job.log, 'utf8').catch(() => '')) === '' ? undefined : true),
    { what: 'the first line of the program' },
  );
  controller.abort(new Error('enough'));
  await t.throwsAsync(calibration, { message: 'enough' });
});

test('a version is asked for once for a program', async (t) => {
  const calibrator = await fixtureCalibrator(t, { 'calacs.e': 'counts-version-questions' });
  const { dataset } = await calibrationJob(t, single);
  t.is((await calibrator.versions(dataset, never()))['calacs.e'], '1.0');
  t.is((await calibrator.versions(dataset, never()))['calacs.e'], '1.0');
});
