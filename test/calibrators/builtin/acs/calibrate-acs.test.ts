import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import {
  calibrateAcs,
  openAcsCalibrator,
} from '../../../../src/calibrators/builtin/acs/acs-calibrator.ts';
import { CaldpError } from '../../../../src/errors/caldp-error.ts';
import { changeHeader } from '../../error-paths/change-header.ts';
import { temporaryFolder } from '../../../helpers/temporary-folder.ts';
import { compareFolders, outputNames } from './compare-folders.ts';
import { type SimulatedDataset, writeRandomDataset } from './simulated/exposures.ts';

const program = { name: 'caldp', version: '0.0.0' };

interface Prepared extends SimulatedDataset {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

async function prepare(
  home: string,
  options: { readonly name: string; readonly seed: number },
): Promise<Prepared> {
  const folder = join(home, options.name);
  const references = join(home, `${options.name}-references`);
  await mkdir(folder);
  const dataset = writeRandomDataset({ folder, references, seed: options.seed });
  return { ...dataset, folder, environment: { jref: `${references}/` } };
}

test('one thread and two make the same products of a full frame of two chips', async (t) => {
  const home = await temporaryFolder(t);
  const seed = 21;
  const one = await prepare(home, { name: 'one', seed });
  const two = await prepare(home, { name: 'two', seed });
  t.regex(one.kind, /^wfc/);
  const result = await calibrateAcs(one.input, { ...one, program, threads: 1 });
  await calibrateAcs(two.input, { ...two, program, threads: 2 });
  t.deepEqual(
    result.products.filter((name) => name.endsWith('_flt.fits')).length,
    (await readdir(one.folder)).filter((name) => name.endsWith('_raw.fits')).length,
  );
  const names = outputNames(one.folder).filter((name) => name.endsWith('.fits'));
  t.deepEqual(compareFolders(one.folder, { got: two.folder, names }), []);
  t.deepEqual(
    (await readdir(one.folder)).filter((name) => name.startsWith('.acs-')),
    [],
  );
});

test('an aborted calibration ends with the reason and leaves no product and no scratch file', async (t) => {
  const home = await temporaryFolder(t);
  const { folder, environment, input } = await prepare(home, { name: 'aborted', seed: 14 });
  const reason = new Error('Enough.');
  const controller = new AbortController();
  const error = await t.throwsAsync(
    calibrateAcs(input, {
      folder,
      environment,
      program,
      signal: controller.signal,
      log: () => {
        controller.abort(reason);
      },
    }),
  );
  t.is(error, reason);
  const left = await readdir(folder);
  t.deepEqual(
    left.filter((name) => name.startsWith('.acs-') || name.endsWith('_flt.fits')),
    [],
  );
});

test('neither a failure nor an abort harms the next dataset of the same calibrator', async (t) => {
  const home = await temporaryFolder(t);
  const seed = 21;
  const alone = await prepare(home, { name: 'alone', seed });
  const after = await prepare(home, { name: 'after', seed });
  const aborted = await prepare(home, { name: 'aborted', seed });
  const calibrator = openAcsCalibrator(program);
  t.teardown(() => calibrator.close());
  const controller = new AbortController();
  await t.throwsAsync(calibrator.calibrate(after.input, { ...after, environment: {}, threads: 2 }));
  const abort = (): void => {
    controller.abort(new Error('Enough.'));
  };
  const { signal } = controller;
  await t.throwsAsync(
    calibrator.calibrate(aborted.input, { ...aborted, threads: 2, signal, log: abort }),
  );
  await calibrator.calibrate(after.input, { ...after, threads: 2 });
  await calibrateAcs(alone.input, { ...alone, program });
  const names = outputNames(alone.folder).filter((name) => name.endsWith('.fits'));
  t.deepEqual(compareFolders(alone.folder, { got: after.folder, names }), []);
});

test('a frame takes over the memory of a larger one and comes out as from fresh memory', async (t) => {
  const home = await temporaryFolder(t);
  const calibrator = openAcsCalibrator(program);
  t.teardown(() => calibrator.close());
  for (const [index, seed] of [21, 15, 14].entries()) {
    const fresh = await prepare(home, { name: `fresh-${index}`, seed });
    const used = await prepare(home, { name: `used-${index}`, seed });
    await calibrateAcs(fresh.input, { ...fresh, program });
    await calibrator.calibrate(used.input, used);
    const names = outputNames(fresh.folder).filter((name) => name.endsWith('.fits'));
    t.deepEqual(compareFolders(fresh.folder, { got: used.folder, names }), [], fresh.kind);
  }
});

test('products of an earlier run are kept unless they may be overwritten', async (t) => {
  const home = await temporaryFolder(t);
  const { folder, environment, input } = await prepare(home, { name: 'again', seed: 15 });
  const first = await calibrateAcs(input, { folder, environment, program });
  const product = first.products.find((name) => name.endsWith('_flt.fits')) ?? '';
  await writeFile(join(folder, product), 'not to be touched');
  const error = await t.throwsAsync(calibrateAcs(input, { folder, environment, program }), {
    instanceOf: CaldpError,
  });
  t.is(error.code, 'ACS_PRODUCT_EXISTS');
  t.is(await readFile(join(folder, product), 'latin1'), 'not to be touched');
  await calibrateAcs(input, { folder, environment, program, overwrite: true });
  t.is((await readFile(join(folder, product), 'latin1')).slice(0, 6), 'SIMPLE');
});

test('what cannot be calibrated is refused with a coded error and leaves no product', async (t) => {
  const home = await temporaryFolder(t);
  const { folder, environment, input } = await prepare(home, { name: 'refused', seed: 15 });
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['nowhere_raw.fits', environment, 'ACS_INPUT_MISSING'],
    ['../somewhere_raw.fits', environment, 'ACS_MODE_REFUSED'],
    ['jsim01aaq_flt.fits', environment, 'ACS_MODE_REFUSED'],
    [input, {}, 'ACS_REFERENCE_FOLDER_UNKNOWN'],
    [input, { jref: `${home}/nowhere/` }, 'ACS_REFERENCE_MISSING'],
  ];
  for (const [name, variables, code] of cases) {
    const error = await t.throwsAsync(
      calibrateAcs(name, { folder, environment: variables, program }),
      { instanceOf: CaldpError },
    );
    t.is(error.code, code);
    t.not(error.advice, '');
  }
  t.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('_flt.fits')),
    [],
  );
});

test('a raw exposure that is cut short is told from a whole one', async (t) => {
  const home = await temporaryFolder(t);
  const { folder, environment, input } = await prepare(home, { name: 'short', seed: 15 });
  const raw = (await readdir(folder)).find((name) => name.endsWith('_raw.fits')) ?? '';
  const bytes = await readFile(join(folder, raw));
  for (const length of [0, 100, 2880, Math.floor(bytes.length / 2)]) {
    await writeFile(join(folder, raw), bytes.subarray(0, length));
    const error = await t.throwsAsync(calibrateAcs(input, { folder, environment, program }), {
      instanceOf: CaldpError,
    });
    t.regex(error.code, /^ACS_(?:FILE|EXTENSION|KEYWORD)/);
  }
});

test('an exposure that asks for CTE correction is calibrated without it and warned of, or refused where that is not enough', async (t) => {
  const home = await temporaryFolder(t);
  const { folder, environment, input } = await prepare(home, { name: 'cte', seed: 12 });
  await changeHeader(join(folder, input), { PCTECORR: 'PERFORM' });
  const before = await readdir(folder);
  const options = { folder, environment, program };
  const error = await t.throwsAsync(calibrateAcs(input, { ...options, isStrict: true }), {
    instanceOf: CaldpError,
    code: 'CTE_NOT_CORRECTED',
  });
  t.is(error.exitCode, 23);
  t.deepEqual(await readdir(folder), before);
  const { products, warnings } = await calibrateAcs(input, options);
  t.deepEqual(products, [input.replace('_raw', '_flt')]);
  t.deepEqual(
    warnings.map(({ code }) => code),
    ['CTE_NOT_CORRECTED'],
  );
});

test('support files without the one that comes first end in an error, and in no support file without a header', async (t) => {
  const home = await temporaryFolder(t);
  const { folder, environment, input } = await prepare(home, { name: 'support', seed: 27 });
  const before = (await readdir(folder)).filter((name) => name.endsWith('_spt.fits'));
  t.true(before.length > 0);
  await t.throwsAsync(calibrateAcs(input, { folder, environment, program }), {
    instanceOf: CaldpError,
    code: 'ACS_INPUT_MISSING',
    message: /^The support file `jsim01aaq_spt\.fits` is not/,
  });
  t.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('_spt.fits')),
    before,
  );
});

test('an exposure whose only later step has a stand-in for its reference is refused, not half done', async (t) => {
  const home = await temporaryFolder(t);
  const dataset = await prepare(home, { name: 'stand-in', seed: 890124 });
  const error = await t.throwsAsync(calibrateAcs(dataset.input, { ...dataset, program }));
  t.like(error, { code: 'ACS_MODE_REFUSED' });
  t.regex(error.message, /only a stand-in for its reference/);
  t.false((await readdir(dataset.folder)).includes('jsim01aaq_flt.fits'));
});
