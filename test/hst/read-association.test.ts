import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { writeSimulatedAssociation } from '../simulated/simulated-association.ts';
import { simulatedDatasets } from '../simulated/simulated-data.ts';
import { AssociationError } from '../../src/hst/association-error.ts';
import { readAssociation } from '../../src/hst/read-association.ts';
import { FitsError } from '../../src/fits/fits-error.ts';
import { needsData } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const id = 'j8zz01010';

/** Writes an association table and changes a text in it, without changing its length. */
async function altered(t: ExecutionContext, from: string, to: string): Promise<string> {
  const folder = await temporaryFolder(t);
  simulatedDatasets.crSplit(folder);
  const path = join(folder, `${id}_asn.fits`);
  const text = await readFile(path, 'latin1');
  await writeFile(path, text.replace(from, to), 'latin1');
  return path;
}

test('an image is no association table', async (t) => {
  const folder = await temporaryFolder(t);
  const { files } = simulatedDatasets.exposure(folder);
  t.throws(() => readAssociation(join(folder, files[0] ?? '')), {
    instanceOf: AssociationError,
    message: /holds no table/,
  });
});

test('a table without the columns is refused and says which are there', async (t) => {
  const path = await altered(t, 'MEMTYPE ', 'MEMKIND ');
  t.throws(() => readAssociation(path), {
    instanceOf: AssociationError,
    message: /no column `MEMTYPE`; its columns are `MEMNAME`, `MEMKIND`, `MEMPRSNT`/,
  });
});

test('a table of another dataset is refused', async (t) => {
  const path = await altered(t, "ASN_ID  = 'j8zz01010'", "ASN_ID  = 'j8zz09010'");
  t.throws(() => readAssociation(path), {
    instanceOf: AssociationError,
    message: /of `j8zz09010`, not of `j8zz01010`/,
  });
});

test('a file that was cut off is refused and keeps the reason', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(
    folder,
    writeSimulatedAssociation(folder, { id, instrument: 'ACS', members: [] }),
  );
  await writeFile(path, (await readFile(path)).subarray(0, 4000));
  const error = t.throws(() => readAssociation(path), { instanceOf: AssociationError });
  t.true(error.cause instanceof FitsError);
});

test('a file that is not there is an error of the system', async (t) => {
  const path = join(await temporaryFolder(t), 'x_asn.fits');
  t.throws(() => readAssociation(path), { code: 'ENOENT' });
});

test('a table without rows names no members', async (t) => {
  const folder = await temporaryFolder(t);
  const name = writeSimulatedAssociation(folder, { id, instrument: 'ACS', members: [] });
  t.throws(() => readAssociation(join(folder, name)), { message: /has no members/ });
});

test('a written association is read as it was written', async (t) => {
  const folder = await temporaryFolder(t);
  const name = writeSimulatedAssociation(folder, {
    id,
    instrument: 'ACS',
    members: [
      { name: 'j8zz01a1q', type: 'EXP-CR1' },
      { name: 'j8zz01a2q', type: 'EXP-CR1', present: false },
      { name: 'j8zz01011', type: 'PROD-CR1' },
    ],
  });
  t.deepEqual(readAssociation(join(folder, name)), {
    file: name,
    exposures: [
      { name: 'j8zz01a1q', type: 'EXP-CR1', present: true },
      { name: 'j8zz01a2q', type: 'EXP-CR1', present: false },
    ],
    products: [{ name: 'j8zz01011', type: 'PROD-CR1', present: true }],
  });
});

for (const [dataset, type, exposures, product] of [
  ['jbz504010', 'RPT', ['jbz504ejq', 'jbz504ekq'], 'jbz504011'],
  ['j8bt99010', 'CRJ', ['j8bt99a1q', 'j8bt99a2q'], 'j8bt99010'],
  ['ldfd01010', 'FP', ['ldfd01vnq', 'ldfd01vpq', 'ldfd01vrq', 'ldfd01vtq'], 'ldfd01010'],
] as const) {
  test(`the association table of ${dataset} names its exposures and product`, (t) => {
    const path = needsData(t, 'lab', 'hst', dataset, `${dataset}_asn.fits`);
    if (path === undefined) return;
    const association = readAssociation(path);
    t.deepEqual(
      association.exposures,
      exposures.map((name) => ({ name, type: `EXP-${type}`, present: true })),
    );
    t.like(association.products, { length: 1, 0: { name: product, type: `PROD-${type}` } });
  });
}
