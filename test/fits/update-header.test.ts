import { createHash } from 'node:crypto';
import { chmod, link, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { checkWholeFits } from '../../src/fits/check-whole.ts';
import { verifyChecksums } from '../../src/fits/checksum.ts';
import { FitsError } from '../../src/fits/fits-error.ts';
import { writeFits } from '../../src/fits/fits-writer.ts';
import { appendCard, removeCard, setKeyword } from '../../src/fits/header-edit.ts';
import type { Header } from '../../src/fits/header.ts';
import { imageHeader, primaryHeader } from '../../src/fits/image-header.ts';
import { readHeaders } from '../../src/fits/read-headers.ts';
import { updateHeader } from '../../src/fits/update-header.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** A file with a primary header, an image and something after it. */
function makeFile(path: string): void {
  writeFits(path, (writer) => {
    writer.addHdu(primaryHeader());
    const sci = writer.addHdu(imageHeader({ type: 'float32', axes: [100, 100], name: 'SCI' }));
    sci.writePixels(Float32Array.from({ length: 10_000 }, (_, index) => index / 3));
    writer.addHdu(imageHeader({ type: 'int16', axes: [], name: 'DQ' }));
  });
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Digests of all bytes but those of one header. */
async function digestsAround(path: string, index: number): Promise<readonly string[]> {
  const hdu = (await readHeaders(path)).hdus[index];
  const bytes = await readFile(path);
  if (hdu === undefined) throw new Error('no HDU');
  return [sha256(bytes.subarray(0, hdu.headerOffset)), sha256(bytes.subarray(hdu.dataOffset))];
}

const setOne = (header: Header): void => {
  setKeyword(header, 'TARGNAME', { value: 'M 31' });
};
const setMany = (header: Header): void => {
  for (let index = 0; index < 100; index += 1) setKeyword(header, `KEY${index}`, { value: index });
};

for (const [what, edit, expected] of [
  ['that fits into its blocks is written in place', setOne, 'in-place'],
  ['that grows makes a new file', setMany, 'rewritten'],
] as const) {
  for (const hdu of [0, 1, 2]) {
    test(`a header ${what}, everything else stays: HDU ${hdu}`, async (t) => {
      const path = join(await temporaryFolder(t), 'x.fits');
      makeFile(path);
      const before = await digestsAround(path, hdu);
      t.is(await updateHeader(path, { hdu, edit }), expected);
      t.deepEqual(await digestsAround(path, hdu), before);
      const { hdus } = await readHeaders(path);
      t.is(hdus.length, 3);
      t.true(hdus[hdu]?.header.has(hdu >= 0 && edit === setOne ? 'TARGNAME' : 'KEY99'));
      t.deepEqual(await readdir(dirname(path)), ['x.fits']);
    });
  }
}

test('a header that shrinks makes a new file', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  makeFile(path);
  const { size } = await stat(path);
  await updateHeader(path, { edit: setMany });
  const result = await updateHeader(path, {
    edit: (header) => {
      for (let index = 0; index < 100; index += 1) removeCard(header, `KEY${index}`);
    },
  });
  t.is(result, 'rewritten');
  t.is((await stat(path)).size, size);
});

test('an edit that changes nothing writes nothing', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  makeFile(path);
  await chmod(path, 0o444);
  const { mtimeMs, ino } = await stat(path);
  t.is(await updateHeader(path, { edit: () => undefined }), 'unchanged');
  t.like(await stat(path), { mtimeMs, ino });
});

test('a file with a second name, hard or symbolic, is never written over', async (t) => {
  const folder = await temporaryFolder(t);
  const own = join(folder, 'own.fits');
  makeFile(own);
  const bytes = await readFile(own);
  for (const [name, connect] of [
    ['hard', link],
    ['symbolic', symlink],
  ] as const) {
    const path = join(folder, `${name}.fits`);
    await connect(own, path);
    t.is(await updateHeader(path, { edit: setOne }), 'rewritten');
    t.true((await readFile(own)).equals(bytes), name);
    t.true((await readHeaders(path)).hdus[0]?.header.has('TARGNAME'));
  }
});

test('a new file keeps the permissions, and `inPlace: false` always makes one', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  makeFile(path);
  await chmod(path, 0o640);
  const { ino } = await stat(path);
  t.is(await updateHeader(path, { edit: setOne, inPlace: false }), 'rewritten');
  const after = await stat(path);
  t.not(after.ino, ino);
  t.is(after.mode & 0o777, 0o640);
});

test('an edit that throws, or makes the header tell other data, leaves the file as it was', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  makeFile(path);
  const bytes = await readFile(path);
  const failing = () => {
    throw new Error('on purpose');
  };
  const resize = (header: Header): void => {
    setKeyword(header, 'NAXIS1', { value: 99 });
  };
  await t.throwsAsync(updateHeader(path, { edit: failing }), { message: 'on purpose' });
  await t.throwsAsync(updateHeader(path, { hdu: 1, edit: resize }), {
    instanceOf: FitsError,
    code: 'WRONG_DATA',
  });
  await t.throwsAsync(updateHeader(path, { hdu: 9, edit: setOne }), { code: 'NO_SUCH_HDU' });
  t.true((await readFile(path)).equals(bytes));
  t.deepEqual(await readdir(dirname(path)), ['x.fits']);
});

test('an update that is aborted leaves the file as it was and no other', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  makeFile(path);
  const bytes = await readFile(path);
  const controller = new AbortController();
  const edit = (header: Header): void => {
    setMany(header);
    controller.abort(new Error('stop'));
  };
  await t.throwsAsync(updateHeader(path, { edit, signal: controller.signal }), { message: 'stop' });
  t.true((await readFile(path)).equals(bytes));
  t.deepEqual(await readdir(dirname(path)), ['x.fits']);
});

test('a file cut short is refused and stays as it was', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  makeFile(path);
  const cut = (await readFile(path)).subarray(0, 20_000);
  await writeFile(path, cut);
  await t.throwsAsync(updateHeader(path, { edit: setMany }), { code: 'TRUNCATED' });
  t.true((await readFile(path)).equals(cut));
});

test('a CHECKSUM is made right again or kept, as asked; DATASUM is not touched', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  makeFile(path);
  await updateHeader(path, {
    hdu: 1,
    edit: (header) => {
      appendCard(header, "CHECKSUM= '0000000000000000'   / HDU checksum".padEnd(80));
    },
  });
  t.like((await verifyChecksums(path))[1], { checksum: 'right', datasum: 'absent' });
  await updateHeader(path, { hdu: 1, edit: setOne });
  t.like((await verifyChecksums(path))[1], { checksum: 'right' });
  await updateHeader(path, {
    hdu: 1,
    checksums: 'keep',
    edit: (header) => {
      setKeyword(header, 'TARGNAME', { value: 'M 33' });
    },
  });
  t.like((await verifyChecksums(path))[1], { checksum: 'wrong' });
});

test('a pixel that changed is found by its DATASUM, before and after an update of the header', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  makeFile(path);
  const { hdus } = await readHeaders(path);
  const offset = hdus[1]?.dataOffset ?? 0;
  await updateHeader(path, {
    hdu: 1,
    edit: (header) => {
      appendCard(header, "CHECKSUM= '0000000000000000'".padEnd(80));
      appendCard(header, "DATASUM = '1       '".padEnd(80));
    },
  });
  t.like((await verifyChecksums(path))[1], { datasum: 'wrong', checksum: 'wrong' });
  const bytes = await readFile(path);
  bytes[offset] = (bytes[offset] ?? 0) ^ 1;
  await writeFile(path, bytes);
  await updateHeader(path, { hdu: 1, edit: setOne });
  t.like((await verifyChecksums(path))[1], { datasum: 'wrong', checksum: 'wrong' });
});

const program = new URL('../fixtures/fits/update-forever.ts', import.meta.url).pathname;

test('a process killed in the middle of updates leaves a whole file', async (t) => {
  const path = join(await temporaryFolder(t), 'x.fits');
  makeFile(path);
  const [, data] = await digestsAround(path, 0);
  for (const lines of [1, 2, 3]) {
    const child = execa(process.execPath, ['--import=tsx/esm', program, path], { reject: false });
    let seen = 0;
    for await (const line of child) {
      t.regex(line, /^\d+$/);
      seen += 1;
      if (seen === lines) child.kill('SIGKILL');
    }
    await child;
    t.is((await checkWholeFits(path)).status, 'whole');
    t.deepEqual((await digestsAround(path, 0))[1], data);
  }
});

for (const [what, hdu, how, blocks] of [
  ['while a new file is written', 1, 'resize', 30],
  ['in the middle of a header that is written in place', 1, 'set', 8],
  ['before a header that is written in place', 2, 'set', 8],
] as const) {
  test(`a disk that takes no more leaves the file as it was: ${what}`, async (t) => {
    const folder = await temporaryFolder(t);
    const path = join(folder, 'x.fits');
    makeFile(path);
    const bytes = await readFile(path);
    // Blocks of 512 bytes: what is beyond them cannot be written.
    const command = `ulimit -f ${blocks} && exec "$@"`;
    const node = [process.execPath, '--import=tsx/esm', program, path, String(hdu), how];
    const { stdout } = await execa('sh', ['-c', command, 'sh', ...node], { reject: false });
    t.regex(stdout, /^Error: EFBIG/);
    t.true((await readFile(path)).equals(bytes));
    t.deepEqual(await readdir(folder), ['x.fits']);
  });
}
