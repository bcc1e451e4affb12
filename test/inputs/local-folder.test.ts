import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { writeSimulatedAssociation } from '../simulated/simulated-association.ts';
import {
  simulatedDatasets,
  simulateMosaic,
  type SimulatedDataset,
} from '../simulated/simulated-data.ts';
import { simulatedSetups, writeSimulatedImages } from '../simulated/simulated-exposure.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { localFolder } from '../../src/inputs/local-folder.ts';
import { bring, folders, namesOf } from '../helpers/bringing.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const { signal } = new AbortController();

for (const [kind, make] of Object.entries(simulatedDatasets)) {
  test(`exactly the files of a dataset are brought, and identified alike: ${kind}`, async (t) => {
    await bringsExactly(t, make);
  });
}

test('exactly the files of a dataset are brought, and identified alike: mosaic', async (t) => {
  await bringsExactly(t, simulateMosaic);
});

async function bringsExactly(
  t: ExecutionContext,
  make: (folder: string) => SimulatedDataset | Promise<SimulatedDataset>,
): Promise<void> {
  const both = await folders(t);
  for (const other of Object.values(simulatedDatasets)) other(both.source);
  const { id, files } = await make(both.source);
  const brought = await bring(id, both);
  t.deepEqual(namesOf(brought.files), [...files].sort());
  t.deepEqual((await fs.readdir(both.work)).sort(), [...files].sort());
  t.deepEqual(brought.sources, brought.files);
  const inputs = localFolder(both.source, { fileSystem: fs });
  t.deepEqual(await inputs.identify(parseDatasetName(id), { signal }), brought.sources);
  t.is(brought.association === undefined, !files.some((name) => name.endsWith('_asn.fits')));
}

test('files of other observations and products of earlier runs are left out and named', async (t) => {
  const both = await folders(t);
  const { source } = both;
  simulatedDatasets.crSplit(source);
  const setup = simulatedSetups.hrc;
  writeSimulatedImages(source, { root: 'j8zz01b7q', setup });
  writeSimulatedImages(source, { root: 'j8zz01a1q', suffix: 'flt', setup });
  writeSimulatedImages(source, { root: 'j8zz01011', suffix: 'crj', setup });
  const { files, ignored } = await bring('j8zz01010', both);
  t.is(files.length, 3);
  t.deepEqual(ignored, ['j8zz01011_crj.fits', 'j8zz01a1q_flt.fits', 'j8zz01b7q_raw.fits']);
});

test('an exposure that the table says is absent is not missed', async (t) => {
  const both = await folders(t);
  simulatedDatasets.crSplit(both.source);
  const members = [
    { name: 'j8zz01a1q', type: 'EXP-CRJ' },
    { name: 'j8zz01a9q', type: 'EXP-CRJ', present: false },
  ];
  writeSimulatedAssociation(both.source, { id: 'j8zz01010', instrument: 'ACS', members });
  const { files, ignored } = await bring('j8zz01010', both);
  t.deepEqual(namesOf(files), ['j8zz01010_asn.fits', 'j8zz01a1q_raw.fits']);
  t.deepEqual(ignored, ['j8zz01a2q_raw.fits']);
});

test('a name that ends in 0 with a raw file of its own is an exposure', async (t) => {
  const both = await folders(t);
  writeSimulatedImages(both.source, { root: 'ozzz05020', setup: simulatedSetups.ccd });
  t.deepEqual(namesOf((await bring('OZZZ05020', both)).files), ['ozzz05020_raw.fits']);
});

test('an association of lamp exposures only starts from the lamp file', async (t) => {
  const both = await folders(t);
  const { id } = simulatedDatasets.stis(both.source);
  await fs.rm(join(both.source, `${id}_raw.fits`));
  const members = [
    { name: 'ozzz01a3q', type: 'GO-WAVECAL' },
    { name: id, type: 'PRODUCT' },
  ];
  writeSimulatedAssociation(both.source, { id, instrument: 'STIS', members });
  t.deepEqual(namesOf((await bring(id, both)).files), [`${id}_asn.fits`, `${id}_wav.fits`]);
});

test('the environment file of a dataset is brought, that of another is not', async (t) => {
  const both = await folders(t);
  simulatedDatasets.exposure(both.source);
  await fs.writeFile(join(both.source, 'j8zz02a1q_cal_env.txt'), 'A=1\n');
  await fs.writeFile(join(both.source, 'j8zz01010_cal_env.txt'), 'A=2\n');
  const { files } = await bring('j8zz02a1q', both);
  t.deepEqual(namesOf(files), ['j8zz02a1q_cal_env.txt', 'j8zz02a1q_raw.fits']);
});

test('a dataset may lie in a folder of its own name', async (t) => {
  const { source, work } = await folders(t);
  const own = join(source, 'j8zz01010');
  await fs.mkdir(own);
  const { files } = simulatedDatasets.crSplit(own);
  t.deepEqual(namesOf((await bring('j8zz01010', { source, work })).files), files);
});

test('links are followed, sources stay read-only and unchanged, copies can be written', async (t) => {
  const both = await folders(t);
  const elsewhere = await temporaryFolder(t);
  simulatedDatasets.exposure(elsewhere);
  const real = join(elsewhere, 'j8zz02a1q_raw.fits');
  await fs.chmod(real, 0o444);
  await fs.symlink(real, join(both.source, 'j8zz02a1q_raw.fits'));
  const state = await fs.stat(real, { bigint: true });
  await bring('j8zz02a1q', both);
  const copy = join(both.work, 'j8zz02a1q_raw.fits');
  t.true((await fs.lstat(copy)).isFile());
  t.is((await fs.stat(copy)).mode & 0o777, 0o644);
  await fs.appendFile(copy, 'changed');
  const after = await fs.stat(real, { bigint: true });
  t.deepEqual([after.size, after.mtimeNs, after.mode], [state.size, state.mtimeNs, state.mode]);
});
