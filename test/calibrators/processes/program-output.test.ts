import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { findInOutput, readTail } from '../../../src/calibrators/processes/program-output.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const mebibyte = 1024 * 1024;

test('a text across the border of two chunks is found', async (t) => {
  const path = join(await temporaryFolder(t), 'process.txt');
  for (const shift of [1, 5, 10]) {
    const text = `${'.'.repeat(mebibyte - shift)}MemoryError${'.'.repeat(1000)}`;
    await writeFile(path, text);
    const output = { path, start: 0, end: text.length };
    t.is(await findInOutput(output, { texts: ['other', 'MemoryError'] }), 'MemoryError');
  }
});

test('what an earlier program wrote is not searched', async (t) => {
  const path = join(await temporaryFolder(t), 'process.txt');
  await writeFile(path, 'MemoryError\nfine\n');
  t.is(await findInOutput({ path, start: 12, end: 17 }, { texts: ['MemoryError'] }), undefined);
  t.is(await readTail({ path, start: 12, end: 17 }), 'fine\n');
});

test('an empty output has no tail and nothing in it', async (t) => {
  const path = join(await temporaryFolder(t), 'process.txt');
  t.is(await readTail({ path, start: 0, end: 0 }), '');
  t.is(await findInOutput({ path, start: 0, end: 0 }, { texts: ['x'] }), undefined);
});

test('a text that is not there ends the search', async (t) => {
  const path = join(await temporaryFolder(t), 'process.txt');
  await writeFile(path, 'x'.repeat(3 * mebibyte + 7));
  const output = { path, start: 0, end: 3 * mebibyte + 7 };
  t.is(await findInOutput(output, { texts: ['MemoryError'] }), undefined);
});
