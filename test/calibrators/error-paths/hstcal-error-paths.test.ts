import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import test from 'ava';
import { findProgram } from '../../../src/calibrators/find-program.ts';
import { hstcalCalibrator } from '../../../src/calibrators/hstcal.ts';
import { CaldpError } from '../../../src/errors/caldp-error.ts';
import type { Warning } from '../../../src/errors/warning.ts';
import { parseDatasetName } from '../../../src/hst/dataset-name.ts';
import { needsData, needsProgram } from '../../helpers/needs.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { type ErrorCase, needsErrorRecord, recordedOutcome } from './error-record.ts';
import { observe, type RunEnd } from './observe.ts';
import { needsSyntheticData } from './synthetic-data.ts';

/** How the runner of external programs is to end: the code of its error or warning, and words that tell why. */
const endings: Readonly<Record<string, readonly [code: string, words: RegExp]>> = {
  stis_missing_input_plain: ['INPUT_GONE', /otest01aq_raw\.fits/],
  stis_missing_input: ['INPUT_GONE', /otest01aq_raw\.fits/],
  stis_noargs: ['NOTHING_TO_CALIBRATE', /found no file at all/],
  stis_all_omit: ['NOTHING_CALIBRATED', /nothing to do for `otest01aq_raw\.fits`/],
  stis_missing_ref: ['PROGRAM_FAILED', /status 2.*DARKFILE `oref\$nope\.fits' not found/],
  stis_badswitch: ['PROGRAM_FAILED', /status 2.*DARKCORR = MAYBE is invalid/],
  stis_exists_flt: ['PROGRAM_FAILED', /status 2.*`otest01aq_flt\.fits' already exists/],
  uvis_missing_input: ['INPUT_GONE', /itest01aq_raw\.fits/],
  uvis_noargs: ['NOTHING_TO_CALIBRATE', /found no file at all/],
  uvis_all_omit: ['NOTHING_CALIBRATED', /nothing to do for `itest01aq_raw\.fits`/],
  uvis_missing_ref: ['PROGRAM_FAILED', /status 115.*DARKFILE `iref\$nope\.fits' not found/],
  uvis_badswitch: ['PROGRAM_FAILED', /status 2.*DARKCORR = MAYBE is invalid/],
  uvis_exists_flt: ['PROGRAM_FAILED', /status 2.*`itest01aq_flt\.fits' already exists/],
};

const instruments = {
  'cs0.e': { id: 'otest01aq', synthetic: 'stis_single', cases: 7 },
  'calwf3.e': { id: 'itest01aq', synthetic: 'uvis_single', cases: 6 },
} as const;

for (const program of ['cs0.e', 'calwf3.e'] as const)
  test(`each recorded error path of ${program} ends in a coded error or a warning, whatever the program does`, async (t) => {
    t.timeout(240_000);
    const { synthetic, cases } = instruments[program];
    const lab = needsData(t, 'lab');
    const records = await needsErrorRecord(t);
    if (lab === undefined || records === undefined) return;
    if (needsProgram(t, program) === undefined) return;
    const synth = await needsSyntheticData(t, [synthetic]);
    if (synth === undefined) return;
    const own = records.filter((record) => record.program === program);
    t.is(own.length, cases);
    const root = await temporaryFolder(t);
    for (const record of own) {
      const folder = join(root, record.case);
      let told: readonly Warning[] = [];
      const { outcome, error } = await observe(record, {
        lab,
        synth,
        folder,
        run: async () => {
          const end = await run(record, { folder, synth });
          told = end.warnings;
          return end;
        },
      });
      // Raw files get keywords of their own before the program runs.
      const products = outcome.products.filter((name) => !name.endsWith('_raw.fits'));
      t.deepEqual(products, recordedOutcome(record).products, record.case);
      t.is(outcome.ending, record.exit_code === 0 ? 'succeeds' : 'fails', record.case);
      const [code, words] = endings[record.case] ?? ['', /^$/];
      const found = [...told, ...(error === undefined ? [] : [error])].find(
        (each) => each.code === code,
      );
      t.regex(found?.message ?? '', words, `${record.case}: ${error?.message ?? ''}`);
      t.log(`${record.case}: ${outcome.ending} ${found?.code ?? ''}`);
    }
  });

async function run(
  record: ErrorCase,
  { folder, synth }: { readonly folder: string; readonly synth: string },
): Promise<RunEnd & { readonly warnings: readonly Warning[] }> {
  const { program } = record;
  if (program === 'calacs.e') throw new TypeError('Expected a case of another program.');
  const { id } = instruments[program];
  const inputs = record.case.endsWith('noargs') ? [] : record.inputs.map((path) => basename(path));
  if (record.case.includes('missing_input')) await rm(join(folder, `${id}_raw.fits`));
  const references = `${synth}/data/ref/`;
  const environment = { PATH: process.env['PATH'], LD_PRELOAD: await preloaded(record) };
  try {
    const { warnings } = await hstcalCalibrator({ environment, patience: 100 }).calibrate(
      {
        dataset: parseDatasetName(id),
        folder,
        inputs,
        environment: { oref: references, iref: references },
        threads: 1,
        log: `${folder}.txt`,
        metrics: `${folder}-metrics.txt`,
        deadline: 60_000,
      },
      { signal: new AbortController().signal },
    );
    return { ending: 'succeeds', warnings };
  } catch (error) {
    if (!(error instanceof CaldpError)) throw error;
    return { ending: 'fails', error, warnings: [] };
  }
}

/** `cs0.e` takes a function of the C library for one of its own unless its library comes first; one case is of that. */
async function preloaded(record: ErrorCase): Promise<string | undefined> {
  if (record.program !== 'cs0.e' || record.case.endsWith('_plain')) return undefined;
  const program = await findProgram('cs0.e', { path: process.env['PATH'] ?? '' });
  return program === undefined ? undefined : join(program, '..', '..', 'lib', 'libhstio.so');
}
