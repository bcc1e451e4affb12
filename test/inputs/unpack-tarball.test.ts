import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { tarballLimits } from '../../src/inputs/tarball-limits.ts';
import { unpackTarball } from '../../src/inputs/unpack-tarball.ts';
import { handMadeTar, handMadeTarball, type HandMadeMember } from '../helpers/hand-made-tar.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

interface Unpacked {
  readonly around: string;
  readonly folder: string;
  readonly run: Promise<{ readonly ignored: readonly string[] }>;
}

async function unpack(
  t: ExecutionContext,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  signal = new AbortController().signal,
): Promise<Unpacked> {
  const around = await temporaryFolder(t);
  const folder = join(around, 'in');
  await fs.mkdir(folder);
  const packed = bytes instanceof Uint8Array ? pieces(bytes) : bytes;
  const run = unpackTarball(packed, {
    tarball: 'x.tar.gz',
    root: 'j8bt05njq',
    folder,
    fileSystem: fs,
    signal,
  });
  return { around, folder, run };
}

// eslint-disable-next-line @typescript-eslint/require-await -- the reader takes what arrives piece by piece
async function* pieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const refused = test.macro(async (t, members: readonly HandMadeMember[], says: RegExp) => {
  const { around, run } = await unpack(t, handMadeTarball(members));
  const error = await t.throwsAsync(run, { instanceOf: CaldpError, message: says });
  t.is(error.code, 'TARBALL_INVALID');
  t.is(error.exitCode, 21);
  t.deepEqual(await fs.readdir(around), ['in']);
});

test('a path that leads out is refused', refused, [{ path: '../evil.fits' }], /leads out/);
test(
  'a path that leads out from inside is refused',
  refused,
  [{ path: 'j8bt05njq/../../evil.fits' }],
  /leads out/,
);
test('an absolute path is refused', refused, [{ path: '/tmp/evil.fits' }], /absolute path/);
test('a drive letter is refused', refused, [{ path: 'C:evil.fits' }], /absolute path/);
test('a backslash is refused', refused, [{ path: '..\\evil.fits' }], /odd characters/);
test('a line end in a name is refused', refused, [{ path: 'a\nb.fits' }], /a\\nb\.fits/);
test(
  'a symbolic link is refused',
  refused,
  [{ path: 'a_raw.fits', type: '2', link: '/etc/passwd' }],
  /SymbolicLink/,
);
test(
  'a hard link is refused',
  refused,
  [{ path: 'a_raw.fits', type: '1', link: '/etc/passwd' }],
  /kind Link/,
);
test('a device is refused', refused, [{ path: 'a_raw.fits', type: '3' }], /CharacterDevice/);
test('a pipe is refused', refused, [{ path: 'a_raw.fits', type: '6' }], /FIFO/);
test('a sparse file is refused', refused, [{ path: 'a_raw.fits', type: 'S' }], /not supported/);
test(
  'a file that stands twice is refused',
  refused,
  [
    { path: 'a_raw.fits', body: '1' },
    { path: './j8bt05njq/a_raw.fits', body: '2' },
  ],
  /`a_raw\.fits` twice/,
);
test(
  'a folder that leads out is refused although folders are not made',
  refused,
  [{ path: '../x/', type: '5' }],
  /leads out/,
);
test(
  'a member that says to be larger than the archive is refused',
  refused,
  [{ path: 'a_raw.fits', body: 'short', size: 1_000_000 }],
  /damaged/,
);

test('files at the top and in the folder of the dataset are unpacked, others are named', async (t) => {
  const { folder, run } = await unpack(
    t,
    handMadeTarball([
      { path: './', type: '5' },
      { path: './a_raw.fits', body: 'top' },
      { path: 'j8bt05njq/', type: '5' },
      { path: 'j8bt05njq/b_raw.fits', body: 'below' },
      { path: 'empty.txt' },
      { path: 'previews/c.jpg', body: 'other' },
      { path: 'j8bt05njq/logs/d.txt', body: 'other' },
    ]),
  );
  t.deepEqual(await run, { ignored: ['previews/c.jpg', 'j8bt05njq/logs/d.txt'] });
  t.deepEqual((await fs.readdir(folder)).sort(), ['a_raw.fits', 'b_raw.fits', 'empty.txt']);
  t.is(await fs.readFile(join(folder, 'b_raw.fits'), 'utf8'), 'below');
});

test('files keep every byte whatever their size', async (t) => {
  const bodies = [0, 1, 511, 512, 513, 262_144, 3_000_001].map((size) => randomBytes(size));
  const members = bodies.map((body, index) => ({ path: `f${index}`, body }));
  const { folder, run } = await unpack(t, handMadeTarball(members));
  await run;
  for (const [index, body] of bodies.entries()) {
    t.true(body.equals(await fs.readFile(join(folder, `f${index}`))), `${body.length} bytes`);
  }
});

test('an archive of a real tar program with long names is unpacked', async (t) => {
  const source = await temporaryFolder(t);
  const long = `${'n'.repeat(150)}.fits`;
  await fs.writeFile(join(source, long), 'long');
  const { c } = await import('tar');
  const archive = await c({ gzip: true, cwd: source }, [long]).concat();
  const { folder, run } = await unpack(t, archive);
  await run;
  t.is(await fs.readFile(join(folder, long), 'utf8'), 'long');
});

test('a tarball that was cut off is refused wherever it was cut', async (t) => {
  const whole = handMadeTarball([{ path: 'a', body: randomBytes(4000) }]);
  for (const size of [0, 1, 9, 20, 600, whole.length - 9, whole.length - 1]) {
    const { run } = await unpack(t, whole.subarray(0, size));
    const error = await t.throwsAsync(run, { instanceOf: CaldpError }, `${size} bytes`);
    t.is(error.code, 'TARBALL_INVALID');
  }
});

test('what is not gzipped, or holds no archive, is refused', async (t) => {
  for (const bytes of [
    handMadeTar([{ path: 'a', body: 'x' }]),
    gzipSync('no archive at all'),
    gzipSync(randomBytes(5000)),
    gzipSync(handMadeTarball([{ path: 'a', body: 'x' }])),
  ]) {
    const { run } = await unpack(t, bytes);
    await t.throwsAsync(run, { instanceOf: CaldpError, message: /x\.tar\.gz/ });
  }
});

test('a bomb is stopped at the limit, before it fills the disk', async (t) => {
  const size = tarballLimits.ratioFromBytes + 64 * 1024 * 1024;
  const { folder, run } = await unpack(
    t,
    handMadeTarball([{ path: 'bomb', body: Buffer.alloc(size) }]),
  );
  await t.throwsAsync(run, { instanceOf: CaldpError, message: /times its size/ });
  const { size: written } = await fs.stat(join(folder, 'bomb'));
  t.true(written <= tarballLimits.ratioFromBytes + 1024 * 1024);
});

test('more members than allowed are refused', async (t) => {
  const members = Array.from({ length: tarballLimits.members + 1 }, (_, index) => ({
    path: `other/${index}`,
  }));
  const { run } = await unpack(t, handMadeTarball(members));
  await t.throwsAsync(run, { instanceOf: CaldpError, message: /more than 10000 members/ });
});

test('an abort ends the wait for a sender that stalls', async (t) => {
  const controller = new AbortController();
  const stalled = new Readable({ read: () => undefined });
  stalled.push(handMadeTarball([{ path: 'a', body: 'x' }]).subarray(0, 20));
  const { run } = await unpack(t, stalled, controller.signal);
  controller.abort();
  t.like(await t.throwsAsync(run), { name: 'AbortError' });
});

test('an error of the sender is passed on as it is', async (t) => {
  const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield handMadeTarball([{ path: 'a', body: 'x' }]).subarray(0, 20);
    await Promise.reject(reset);
  }
  const { run } = await unpack(t, failing());
  t.is(await t.throwsAsync(run), reset);
});

test('a damaged archive is unpacked or refused and nothing else happens', async (t) => {
  const whole = handMadeTar([
    { path: 'a_raw.fits', body: randomBytes(700) },
    { path: 'j8bt05njq/b_raw.fits', body: randomBytes(700) },
  ]);
  const mutation = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), {
    minLength: 1,
    maxLength: 20,
  });
  // An interruption by fast-check would leave a run behind that outlives the test.
  const end = performance.now() + 5000;
  const survived = fc.asyncProperty(mutation, async (changes) => {
    if (performance.now() > end) return true;
    const bytes = Buffer.from(whole);
    for (const [at, value] of changes) bytes[at] = value;
    const { around, run } = await unpack(t, gzipSync(bytes));
    const outcome = await run.catch((error: unknown) => error);
    const nothingElse = (await fs.readdir(around)).join() === 'in';
    return nothingElse && (!(outcome instanceof Error) || outcome instanceof CaldpError);
  });
  await t.notThrowsAsync(fc.assert(survived, { numRuns: 300 }));
});
