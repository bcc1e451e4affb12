import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import test from 'ava';
import { parseDatasetName } from '../../../src/hst/dataset-name.ts';
import { dropExposure } from '../../helpers/drop.ts';
import { handMadeTarball } from '../../helpers/hand-made-tar.ts';
import { tinyFits } from '../../helpers/tiny-fits.ts';
import { until } from '../../helpers/until.ts';
import { quick, watchedDrop } from '../../helpers/watched-drop.ts';

const id = 'j8zz02a1q';
const tarball = handMadeTarball([
  { path: `${id}/${id}_raw.fits`, body: tinyFits({ INSTRUME: "'ACS     '" }) },
  { path: `${id}_spt.fits`, body: tinyFits() },
]);

test('a tarball is a dataset, at once when it is written, and its files are brought', async (t) => {
  const { root, source, reader } = await watchedDrop(t, { ...quick, quiet: 60_000 });
  await mkdir(join(root, 'deep'));
  await writeFile(join(root, 'deep', `${id}.tar.gz`), tarball);
  await reader.requests(1);
  await reader.isQuiet();
  t.deepEqual(reader.ids, [id]);
  const folder = join(root, '..', 'work');
  await mkdir(folder);
  const { signal } = new AbortController();
  const dataset = parseDatasetName(id);
  const { sources } = await source.inputs.bring(dataset, { folder, signal });
  t.deepEqual((await readdir(folder)).sort(), [`${id}_raw.fits`, `${id}_spt.fits`]);
  t.deepEqual(sources, await source.inputs.identify(dataset, { signal }));
});

test('a tarball that is not written to its end is waited for', async (t) => {
  const { root, source, reader } = await watchedDrop(t);
  const path = join(root, `${id}_v2.tar.gz`);
  // So that the last four bytes are no possible length of a tar file, whatever the compressor made.
  const cut = [...tarball.keys()].findIndex(
    (end) => end > 30 && tarball.readUInt32LE(end - 4) % 512 !== 0,
  );
  await writeFile(path, tarball.subarray(0, cut));
  await until(() => source.waiting()[0]?.code === 'FILE_DAMAGED');
  t.regex(source.waiting()[0]?.reason ?? '', /is not a whole tarball: unexpected end of file/);
  await reader.isQuiet();
  await appendFile(path, tarball.subarray(cut));
  await reader.requests(1);
  t.deepEqual(source.waiting(), []);
});

test('a tarball for which room was made before it was written is waited for', async (t) => {
  const { root, source, reader } = await watchedDrop(t);
  const path = join(root, `${id}.tar.gz`);
  await writeFile(path, Buffer.concat([tarball.subarray(0, 40), Buffer.alloc(4000)]));
  await until(() => source.waiting()[0]?.code === 'FILE_DAMAGED');
  await writeFile(path, tarball);
  await reader.requests(1);
  t.pass();
});

test('a tarball that was packed in several pieces is whole', async (t) => {
  const { root, reader } = await watchedDrop(t);
  const tar = gunzipSync(tarball);
  const pieces = [gzipSync(tar.subarray(0, 1001)), gzipSync(tar.subarray(1001))];
  await writeFile(join(root, `${id}.tar.gz`), Buffer.concat(pieces));
  await reader.requests(1);
  t.deepEqual(reader.ids, [id]);
});

test('files that lie unpacked win over a tarball, and are a new version', async (t) => {
  const { root, source, reader } = await watchedDrop(t);
  await writeFile(join(root, `${id}.tar.gz`), tarball);
  await reader.requests(1);
  await dropExposure(root, { id });
  await reader.requests(2);
  const { signal } = new AbortController();
  const [first] = await source.inputs.identify(parseDatasetName(id), { signal });
  t.is(first?.name, `${id}_raw.fits`);
});

test('a tarball whose name is that of no dataset is rejected', async (t) => {
  const { root, reader } = await watchedDrop(t);
  await writeFile(join(root, 'photos.tar.gz'), tarball);
  await writeFile(join(root, `.${id}.tar.gz`), tarball);
  await until(() => reader.items.length === 1);
  t.like(reader.items[0], { status: 'rejected', text: 'photos.tar.gz' });
  await reader.isQuiet();
});

for (const name of ['acs_8ph_01.tar.gz', 'skycell-p2381x06y09.tar.gz']) {
  test(`${name} is a mosaic`, async (t) => {
    const { root, reader } = await watchedDrop(t);
    await writeFile(join(root, name), tarball);
    await reader.requests(1);
    t.deepEqual(reader.ids, [name.replace('.tar.gz', '')]);
  });
}
