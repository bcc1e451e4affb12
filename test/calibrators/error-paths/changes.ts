import { copyFile, readFile, rm, truncate, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFits } from '../../../src/fits/fits-file.ts';
import { changeHeader } from './change-header.ts';

/** Where a case is prepared. */
export interface CaseFolder {
  readonly folder: string;
  /** Names of its inputs. */
  readonly names: readonly string[];
  /** Folder of the synthetic data. */
  readonly synth: string;
  /** Folder of the real data. */
  readonly lab: string;
}

type Change = (at: CaseFolder) => Promise<void>;

const nothing: Change = () => Promise.resolve();

/** How inputs are changed, where the record does not just name a keyword. */
export const changes: Readonly<Record<string, Change>> = {
  acs_all_omit: omitAll,
  stis_all_omit: omitAll,
  uvis_all_omit: omitAll,
  acs_exists_flt: copyAsProduct,
  acs_exists_flt_clobber: copyAsProduct,
  stis_exists_flt: copyAsProduct,
  uvis_exists_flt: copyAsProduct,
  acs_dummy_dark: async (at) => {
    const copy = await copyReference(
      at,
      join(at.synth, 'data', 'ref', 'hrc_drk.fits'),
      'dummy_drk.fits',
    );
    await changeHeader(copy, { PEDIGREE: 'DUMMY' });
    await changeRaws(at, { DARKFILE: 'dummy_drk.fits' });
  },
  acs_not_fits: (at) => writeFile(firstRaw(at), 'not a FITS file'),
  acs_truncated_raw: async (at) => {
    const path = firstRaw(at);
    await truncate(path, Math.floor((await stat(path)).size / 2));
  },
  asn_member_missing: ({ folder }) => rm(join(folder, 'jtest02bq_raw.fits')),
  asn_raw_of_member_alone: nothing,
  asn_crcorr_omit_in_first: ({ folder }) =>
    changeHeader(join(folder, 'jtest02aq_raw.fits'), { CRCORR: 'OMIT' }),
  // The record tells of EXP-DTH too, but its output is that of a table in which only the product was changed.
  asn_crcorr_perform_but_dither: ({ folder }) =>
    replaceText(join(folder, 'jtest02010_asn.fits'), [['PROD-CRJ', 'PROD-DTH']]),
  asn_second_run: nothing,
  real_hrc_plain_hst_0729: (at) => changeRaws(at, { SATUFILE: undefined }),
  real_hrc_as_delivered_2011: nothing,
  real_hrc_satufile_na: (at) => changeRaws(at, { SATUFILE: 'N/A' }),
  real_sbc_dev_imphttab: async (at) => {
    const copy = await copyReference(at, referenceOf(at, 'IMPHTTAB'), 'dev_imp.fits');
    await replaceText(copy, [[',mjd#', '     ']]);
    await changeRaws(at, { IMPHTTAB: 'dev_imp.fits' });
  },
  sbc_bpixtab_without_ccdgain: async (at) => {
    const copy = await copyReference(at, referenceOf(at, 'BPIXTAB'), 'nogain_bpx.fits');
    await replaceText(copy, [["'CCDGAIN ", "'NOGAIN  "]]);
    await changeRaws(at, { BPIXTAB: 'nogain_bpx.fits' });
  },
  sbc_nrptexp_mismatch_member_missing: nothing,
  damaged_j8bt05njq_raw_broke: nothing,
  damaged_j8btxxx_raw_bad: nothing,
  damaged_n4wl01xdq_raw: nothing,
  damaged_truncated: nothing,
  stis_missing_input_plain: nothing,
  stis_missing_input: nothing,
};

const firstRaw = ({ folder, names }: CaseFolder): string => join(folder, names[0] ?? '');

async function omitAll(at: CaseFolder): Promise<void> {
  const path = firstRaw(at);
  const switches = withFits(path, ({ primary }) =>
    primary.header.cards.flatMap((card) => /^([A-Z0-9]*CORR) *=/.exec(card)?.[1] ?? []),
  );
  await changeHeader(path, Object.fromEntries(switches.map((name) => [name, 'OMIT'])));
}

async function copyAsProduct(at: CaseFolder): Promise<void> {
  const path = firstRaw(at);
  await copyFile(path, path.replace('_raw.fits', '_flt.fits'));
}

async function changeRaws(
  { folder, names }: CaseFolder,
  values: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  for (const name of names)
    if (name.endsWith('_raw.fits')) await changeHeader(join(folder, name), values);
}

async function copyReference({ folder }: CaseFolder, from: string, name: string): Promise<string> {
  await writeFile(join(folder, name), await readFile(from));
  return join(folder, name);
}

function referenceOf(at: CaseFolder, keyword: string): string {
  const name = withFits(firstRaw(at), ({ primary }) => primary.header.string(keyword));
  return join(at.lab, 'crds', 'references', 'hst', 'acs', name.replace('jref$', ''));
}

/** Replaces text in a file by other text of the same length. */
async function replaceText(
  path: string,
  pairs: readonly (readonly [string, string])[],
): Promise<void> {
  const text = await readFile(path, 'latin1');
  const changed = pairs.reduce((last, [from, to]) => last.replaceAll(from, to), text);
  if (changed === text || changed.length !== text.length)
    throw new Error(`Expected to find ${pairs[0]?.[0] ?? ''} in ${path}.`);
  await writeFile(path, changed, 'latin1');
}
