import test from 'ava';
import type { Calibrator } from '../../src/calibrators/calibrator.ts';
import { firstAvailable } from '../../src/calibrators/first-available.ts';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { calibrationJob, fixtureCalibrator } from '../helpers/calibration-job.ts';
import { tinyFits } from '../helpers/tiny-fits.ts';

const single = { id: 'j8f54obeq', files: { 'j8f54obeq_raw.fits': tinyFits() } };
const never = () => ({ signal: new AbortController().signal });

test('where no calibrator has its program the first one says how to get it', async (t) => {
  const job = await calibrationJob(t, single);
  const auto = firstAvailable([await fixtureCalibrator(t, {}), await fixtureCalibrator(t, {})]);
  await t.throwsAsync(auto.calibrate(job, never()), { code: 'PROGRAM_MISSING' });
  await t.throwsAsync(auto.versions(job.dataset, never()), { code: 'PROGRAM_MISSING' });
});

test('the next calibrator takes what the first refuses', async (t) => {
  const job = await calibrationJob(t, single);
  const auto = firstAvailable([
    await fixtureCalibrator(t, {}),
    await fixtureCalibrator(t, { 'calacs.e': 'copies-raws' }),
  ]);
  t.true((await auto.calibrate(job, never())).products.includes('j8f54obeq_flt.fits'));
});

test('an error that is no refusal is not passed over', async (t) => {
  const job = await calibrationJob(t, single);
  const broken: Calibrator = {
    name: 'broken',
    versions: () =>
      Promise.reject(new CaldpError('Broken.', { code: 'BROKEN', advice: 'Mend it.' })),
    calibrate: () => Promise.reject(new Error('not reached')),
  };
  const auto = firstAvailable([broken, await fixtureCalibrator(t, { 'calacs.e': 'copies-raws' })]);
  await t.throwsAsync(auto.versions(job.dataset, never()), { code: 'BROKEN' });
});

const refusing: Calibrator = {
  name: 'refusing',
  versions: () => Promise.resolve({ refusing: '1' }),
  calibrate: () =>
    Promise.reject(
      new CaldpError('It is binned.', { code: 'ACS_MODE_REFUSED', advice: 'Use another one.' }),
    ),
};

test('a mode that one calibrator refuses once it has seen the file goes to the next', async (t) => {
  const job = await calibrationJob(t, single);
  const auto = firstAvailable([
    refusing,
    await fixtureCalibrator(t, { 'calacs.e': 'copies-raws' }),
  ]);
  t.true((await auto.calibrate(job, never())).products.includes('j8f54obeq_flt.fits'));
});

test('where nobody is left for such a mode the error says why, and how to get the programs that are missing', async (t) => {
  const job = await calibrationJob(t, single);
  const auto = firstAvailable([await fixtureCalibrator(t, {}), refusing]);
  const error = await t.throwsAsync(auto.calibrate(job, never()), { instanceOf: CaldpError });
  t.is(error.code, 'ACS_MODE_REFUSED');
  t.regex(error.message, /^It is binned\. `calacs\.e`.* is not on PATH\.$/);
  t.regex(error.advice, /^Use another one\. Install it with /);
});
