import { spawnSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { localChipWorker } from '../../../src/calibrators/builtin/acs/chips/chip-operations.ts';
import { asCaldpError } from '../../../src/calibrators/builtin/acs/driver/as-caldp-error.ts';
import { runAcs } from '../../../src/calibrators/builtin/acs/driver/run-acs.ts';
import { Trailer } from '../../../src/calibrators/builtin/acs/driver/trailer.ts';
import { CaldpError } from '../../../src/errors/caldp-error.ts';
import { findProgram } from '../../../src/calibrators/find-program.ts';
import { systemClock } from '../../../src/ports/clock.ts';
import { needsData } from '../../helpers/needs.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { type ErrorCase, needsErrorRecord, type Outcome, recordedOutcome } from './error-record.ts';
import {
  type DataFolders,
  isOverwriting,
  observe,
  referenceFolder,
  type RunEnd,
} from './observe.ts';
import { needsSyntheticData } from './synthetic-data.ts';
import { caldpProgram } from '../../helpers/caldp-program.ts';

/** The code by which the built-in calibrator refuses a case; those that are not here succeed. */
const codes: Readonly<Record<string, string>> = {
  acs_missing_input: 'ACS_INPUT_MISSING',
  acs_missing_ref: 'ACS_REFERENCE_MISSING',
  acs_missing_ccdtab: 'ACS_REFERENCE_MISSING',
  acs_missing_oscntab: 'ACS_REFERENCE_MISSING',
  acs_missing_satufile: 'ACS_REFERENCE_MISSING',
  acs_na_ref: 'ACS_REFERENCE_MISSING',
  acs_all_flats_na: 'ACS_REFERENCE_MISSING',
  acs_badswitch: 'ACS_SWITCH_INVALID',
  acs_missing_kw_ccdgain: 'ACS_TABLE_ROW_MISSING',
  acs_missing_kw_exptime: 'ACS_KEYWORD_MISSING',
  acs_missing_kw_detector: 'ACS_KEYWORD_MISSING',
  acs_bad_detector: 'ACS_DETECTOR_UNKNOWN',
  acs_bad_ccdamp: 'ACS_KEYWORD_INVALID',
  acs_ccdtab_no_row: 'ACS_TABLE_ROW_MISSING',
  acs_exists_flt: 'ACS_PRODUCT_EXISTS',
  acs_blev_omit: 'ACS_OVERSCAN_NOT_TRIMMED',
  acs_not_fits: 'ACS_FILE_UNUSABLE',
  acs_truncated_raw: 'ACS_FILE_TRUNCATED',
  asn_member_missing: 'ACS_INPUT_MISSING',
  asn_crcorr_perform_but_dither: 'ACS_MODE_REFUSED',
  asn_crrejtab_no_row: 'ACS_TABLE_ROW_MISSING',
  asn_second_run: 'ACS_PRODUCT_EXISTS',
  real_hrc_plain_hst_0729: 'ACS_REFERENCE_MISSING',
  real_hrc_as_delivered_2011: 'ACS_REFERENCE_MISSING',
  real_hrc_satufile_na: 'ACS_REFERENCE_MISSING',
  real_sbc_dev_imphttab: 'ACS_TABLE_ROW_MISSING',
  sbc_bpixtab_without_ccdgain: 'ACS_TABLE_UNUSABLE',
  sbc_nrptexp_mismatch_member_missing: 'ACS_INPUT_MISSING',
  sbc_mlintab_missing: 'ACS_REFERENCE_MISSING',
  sbc_bpixtab_missing: 'ACS_REFERENCE_MISSING',
  damaged_j8bt05njq_raw_broke: 'ACS_MODE_REFUSED',
  damaged_j8btxxx_raw_bad: 'ACS_MODE_REFUSED',
  damaged_n4wl01xdq_raw: 'ACS_FILE_UNUSABLE',
  damaged_truncated: 'ACS_MODE_REFUSED',
};

/** Where the built-in calibrator ends otherwise than calacs on purpose, and why. */
const deviations: Readonly<
  Record<string, { readonly outcome: Partial<Outcome>; readonly why: string }>
> = {
  asn_crcorr_perform_but_dither: {
    outcome: { ending: 'fails', products: [] },
    why: 'calacs calls the product of a position that has none `_crj.fits`',
  },
  sbc_bpixtab_without_ccdgain: {
    outcome: { ending: 'fails' },
    why: 'calacs crashes',
  },
  sbc_nrptexp_mismatch_member_missing: {
    outcome: { products: [] },
    why: 'that a member is missing is found before work begins, so no part of the association is left behind',
  },
};

interface Site extends DataFolders {
  readonly root: string;
}

test('each recorded error path of calacs ends in the same way here, with a coded error instead of a crash', async (t) => {
  t.timeout(240_000);
  const lab = needsData(t, 'lab');
  const records = await needsErrorRecord(t);
  if (lab === undefined || records === undefined) return;
  const synth = await needsSyntheticData(t, ['hrc_single', 'hrc_crsplit']);
  if (synth === undefined) return;
  const site = { root: await temporaryFolder(t), synth, lab };
  const calacs = await findProgram('calacs.e', { path: process.env['PATH'] ?? '' });
  const cases = records.filter(({ program }) => program === 'calacs.e');
  t.is(cases.length, 48);
  for (const record of cases) {
    await endsAsExpected(t, record, site);
    if (calacs !== undefined) await isReproduced(t, record, { ...site, calacs });
  }
});

async function endsAsExpected(t: ExecutionContext, record: ErrorCase, site: Site): Promise<void> {
  const name = record.case;
  const run = /^acs_(?:noargs|badopt)$/.test(name)
    ? runCommand
    : (input: string, folder: string) => calibrate(input, { ...site, record, folder });
  const { outcome, error } = await observe(record, { ...site, run, folder: join(site.root, name) });
  const deviation = deviations[name];
  const { ending, products } = { ...recordedOutcome(record), ...deviation?.outcome };
  t.deepEqual({ ending: outcome.ending, products: outcome.products }, { ending, products }, name);
  t.is(error?.code, codes[name], `${name}: ${error?.message ?? ''}`);
  t.not(error?.advice, '', name);
  t.log(
    `${name}: ${ending} ${products.join(' ')} ${error?.code ?? ''}${deviation === undefined ? '' : ` (${deviation.why})`}`,
  );
}

/** That the program itself ends as recorded shows that the case was prepared as it was then. */
async function isReproduced(
  t: ExecutionContext,
  record: ErrorCase,
  site: Site & { readonly calacs: string },
): Promise<void> {
  const run = (_input: string, folder: string): Promise<RunEnd> => {
    const jref = referenceFolder(record, site);
    const imclobber = isOverwriting(record) ? 'yes' : 'no';
    const { status, signal } = spawnSync(site.calacs, record.command.slice(1), {
      cwd: folder,
      env: { ...process.env, jref, imclobber },
    });
    return Promise.resolve({
      ending: signal !== null ? 'crashes' : status === 0 ? 'succeeds' : 'fails',
    });
  };
  const folder = join(site.root, `${record.case}-calacs`);
  const { outcome } = await observe(record, { ...site, run, folder });
  t.deepEqual(outcome, recordedOutcome(record), `calacs.e, ${record.case}`);
}

/** Without threads, which would take longer to start than the case takes. */
async function calibrate(
  input: string,
  options: Site & { readonly record: ErrorCase; readonly folder: string },
): Promise<RunEnd> {
  const { record, folder } = options;
  const scratch = await mkdtemp(`${folder}-scratch`);
  const run = {
    folder,
    scratch,
    environment: { jref: referenceFolder(record, options) },
    overwrite: isOverwriting(record),
    isStrict: false,
    program: { name: 'caldp', version: '0.0.0' },
    trailer: new Trailer(folder, () => undefined),
    clock: systemClock,
    chips: [localChipWorker()],
  };
  try {
    await runAcs(run, input);
    return { ending: 'succeeds' };
  } catch (thrown) {
    const error = asCaldpError(thrown);
    return error instanceof CaldpError ? { ending: 'fails', error } : { ending: 'crashes' };
  }
}

/** For what only a command line can do wrong. */
function runCommand(input: string, folder: string): Promise<RunEnd> {
  const args = input === 'calacs.e' ? [] : ['-Z', input];
  const { status, stderr } = spawnSync(process.execPath, [...caldpProgram, 'calibrate', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const isTold = status === 2 && /missing required argument|unknown option '-Z'/.test(stderr);
  return Promise.resolve({ ending: isTold ? 'fails' : 'crashes' });
}
