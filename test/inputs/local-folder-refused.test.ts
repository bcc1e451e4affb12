import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { writeSimulatedAssociation } from '../simulated/simulated-association.ts';
import { simulatedDatasets, simulateMosaic } from '../simulated/simulated-data.ts';
import { simulatedSetups, writeSimulatedImages } from '../simulated/simulated-exposure.ts';
import { bring, failsWith, folders } from '../helpers/bringing.ts';

test('a folder that is not there is named', async (t) => {
  const { source, work } = await folders(t);
  await failsWith(t, bring('j8zz02a1q', { source: join(source, 'no'), work }), {
    code: 'INPUT_NOT_FOUND',
    says: /input folder `.*no` does not exist/,
  });
});

test('a dataset without files says where was looked and which names would do', async (t) => {
  await failsWith(t, bring('j8zz02a1q', await folders(t)), {
    code: 'INPUT_NOT_FOUND',
    says: /No raw file of `j8zz02a1q` is in `.*`: expected `j8zz02a1q_asn\.fits` or one of `j8zz02a1q_raw\.fits`/,
  });
});

test('an association without its table says so', async (t) => {
  const both = await folders(t);
  simulatedDatasets.crSplit(both.source);
  await fs.rm(join(both.source, 'j8zz01010_asn.fits'));
  await failsWith(t, bring('j8zz01010', both), {
    code: 'INPUT_NOT_FOUND',
    says: /The association table `j8zz01010_asn\.fits` is missing/,
  });
});

test('a compressed raw file is not taken and the error says so', async (t) => {
  const both = await folders(t);
  await fs.writeFile(join(both.source, 'j8zz02a1q_raw.fits.gz'), '');
  await failsWith(t, bring('j8zz02a1q', both), {
    code: 'INPUT_NOT_FOUND',
    says: /`j8zz02a1q_raw\.fits\.gz`.*gunzip/,
  });
});

test('all missing members are named in one error, and nothing is copied', async (t) => {
  const both = await folders(t);
  simulatedDatasets.repeats(both.source);
  await fs.rm(join(both.source, 'izzz01a1q_raw.fits'));
  await fs.rm(join(both.source, 'izzz01a3q_raw.fits'));
  await failsWith(t, bring('izzz01010', both), {
    code: 'MEMBER_MISSING',
    says: /^2 of 3 exposures of `izzz01010`.*`izzz01a1q` \(EXP-RPT\), `izzz01a3q` \(EXP-RPT\)/,
  });
  t.deepEqual(await fs.readdir(both.work), []);
});

test('the lamp exposure of a STIS association does not stand for the science exposures', async (t) => {
  const both = await folders(t);
  simulatedDatasets.stis(both.source);
  await fs.rm(join(both.source, 'ozzz01010_raw.fits'));
  await failsWith(t, bring('ozzz01010', both), {
    code: 'MEMBER_MISSING',
    says: /`ozzz01a1q` \(CRSPLIT\).* or `ozzz01010_raw\.fits`, which holds them all/,
  });
});

test('an association table that names nobody is refused', async (t) => {
  const both = await folders(t);
  writeSimulatedAssociation(both.source, { id: 'j8zz01010', instrument: 'ACS', members: [] });
  await failsWith(t, bring('j8zz01010', both), {
    code: 'ASSOCIATION_INVALID',
    says: /has no members/,
  });
});

test('a raw file that was cut off is refused', async (t) => {
  const both = await folders(t);
  simulatedDatasets.exposure(both.source);
  await fs.truncate(join(both.source, 'j8zz02a1q_raw.fits'), 20_000);
  await failsWith(t, bring('j8zz02a1q', both), {
    code: 'FITS_INVALID',
    says: /j8zz02a1q_raw\.fits` is not a whole FITS file/,
  });
});

test('a raw file without a byte is refused', async (t) => {
  const both = await folders(t);
  await fs.writeFile(join(both.source, 'j8zz02a1q_raw.fits'), '');
  await failsWith(t, bring('j8zz02a1q', both), { code: 'FITS_INVALID', says: /j8zz02a1q_raw/ });
});

test('a file of another instrument is refused', async (t) => {
  const both = await folders(t);
  writeSimulatedImages(both.source, { root: 'j8zz02a1q', setup: simulatedSetups.uvis });
  await failsWith(t, bring('j8zz02a1q', both), {
    code: 'INSTRUMENT_MISMATCH',
    says: /instrument `WFC3` \(INSTRUME\); expected `ACS`/,
  });
});

test('a pipe in the place of a raw file is refused at once', async (t) => {
  const both = await folders(t);
  await promisify(execFile)('mkfifo', [join(both.source, 'j8zz02a1q_raw.fits')]);
  await failsWith(t, bring('j8zz02a1q', both), { code: 'INPUT_NOT_A_FILE', says: /not a file/ });
});

test('a pipe in the place of an association table is refused at once', async (t) => {
  const both = await folders(t);
  await promisify(execFile)('mkfifo', [join(both.source, 'j8zz01010_asn.fits')]);
  await failsWith(t, bring('j8zz01010', both), { code: 'INPUT_NOT_A_FILE', says: /not a file/ });
});

test('a link that leads nowhere is told from a missing file', async (t) => {
  const both = await folders(t);
  await fs.symlink('nowhere', join(both.source, 'j8zz02a1q_raw.fits'));
  await failsWith(t, bring('j8zz02a1q', both), { code: 'SOURCE_CHANGED', says: /went away/ });
});

test('a mosaic without an exposure that its poller file names says which', async (t) => {
  const both = await folders(t);
  await simulateMosaic(both.source);
  await fs.rm(join(both.source, 'j8zz03a2q_flt.fits'));
  await failsWith(t, bring('acs_8zz_03', both), {
    code: 'MEMBER_MISSING',
    says: /1 of 2 exposures.*`j8zz03a2q_flt\.fits`/,
  });
});

test('a mosaic without a poller file says so', async (t) => {
  await failsWith(t, bring('skycell-p2381x06y09', await folders(t)), {
    code: 'INPUT_NOT_FOUND',
    says: /`skycell-p2381x06y09_input\.out` is missing/,
  });
});

test('an association of which every exposure is absent is missing them', async (t) => {
  const both = await folders(t);
  const members = [{ name: 'j8zz01a9q', type: 'EXP-CRJ', present: false }];
  writeSimulatedAssociation(both.source, { id: 'j8zz01010', instrument: 'ACS', members });
  await failsWith(t, bring('j8zz01010', both), { code: 'MEMBER_MISSING', says: /`j8zz01a9q`/ });
});
