import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { fileInputs } from '../../src/inputs/file-inputs.ts';
import { FailingFileSystem } from '../helpers/failing-file-system.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { tinyFits } from '../helpers/tiny-fits.ts';

const { signal } = new AbortController();
const acs = tinyFits({ INSTRUME: "'ACS     '" });
const first = parseDatasetName('j8zz02a1q');
const second = parseDatasetName('j8zz02a2q');

/** Makes the folder look as if its last change were long ago. */
async function age(folder: string): Promise<void> {
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await fs.utimes(folder, anHourAgo, anHourAgo);
}

test('a folder that does not change is listed once for many datasets', async (t) => {
  const folder = await temporaryFolder(t);
  let listings = 0;
  const { fileSystem } = new FailingFileSystem({
    onCall: (_, name) => (listings += name === 'readdir' ? 1 : 0),
  });
  for (const { id } of [first, second]) await fs.writeFile(join(folder, `${id}_raw.fits`), acs);
  await age(folder);
  const inputs = fileInputs(folder, { fileSystem });
  for (let turn = 0; turn < 5; turn += 1) {
    t.is((await inputs.identify(first, { signal })).length, 1);
    t.is((await inputs.identify(second, { signal })).length, 1);
  }
  t.is(listings, 1);
});

test('what comes after the listing is found, and what goes is missed', async (t) => {
  const folder = await temporaryFolder(t);
  await fs.writeFile(join(folder, `${first.id}_raw.fits`), acs);
  await age(folder);
  const inputs = fileInputs(folder, { fileSystem: fs });
  t.is((await inputs.identify(first, { signal })).length, 1);
  await t.throwsAsync(inputs.identify(second, { signal }), { code: 'INPUT_NOT_FOUND' });
  await fs.writeFile(join(folder, `${second.id}_raw.fits`), acs);
  t.is((await inputs.identify(second, { signal })).length, 1);
  await fs.rm(join(folder, `${first.id}_raw.fits`));
  await t.throwsAsync(inputs.identify(first, { signal }), { code: 'INPUT_NOT_FOUND' });
});

test('a listing made just after a change is not trusted', async (t) => {
  const folder = await temporaryFolder(t);
  await fs.writeFile(join(folder, `${first.id}_raw.fits`), acs);
  const { mtime } = await fs.stat(folder);
  const inputs = fileInputs(folder, { fileSystem: fs });
  t.is((await inputs.identify(first, { signal })).length, 1);
  await fs.writeFile(join(folder, `${second.id}_raw.fits`), acs);
  // A file system with a coarse clock gives both changes the same time.
  await fs.utimes(folder, mtime, mtime);
  t.is((await inputs.identify(second, { signal })).length, 1);
});

test('an input folder that is not there is told as before', async (t) => {
  const inputs = fileInputs(join(await temporaryFolder(t), 'nowhere'), { fileSystem: fs });
  await t.throwsAsync(inputs.identify(first, { signal }), { code: 'INPUT_NOT_FOUND' });
});
