import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { FileStore } from '../../src/stores/file-store.ts';
import { thisProcess } from '../../src/system/process-identity.ts';
import { TemporaryNames } from '../../src/stores/temporary-names.ts';
import { keysOf, storeContract, text } from '../contract/store.ts';
import { FailingFileSystem } from '../helpers/failing-file-system.ts';
import { namesBelow } from '../helpers/names-below.ts';
import { goneProcess } from '../helpers/gone-process.ts';
import { sourceFile } from '../helpers/source-file.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const self = await thisProcess({ fileSystem: fs });
const roots = new Map<unknown, string>();

storeContract(test, {
  name: 'file store',
  make: async (t) => {
    const root = join(await temporaryFolder(t), 'not', 'yet');
    const store = new FileStore(root, { fileSystem: fs, self });
    roots.set(store, root);
    return store;
  },
  again: (store) =>
    Promise.resolve(new FileStore(roots.get(store) ?? '', { fileSystem: fs, self })),
  refusesKeyBelowObject: true,
  swapsFoldersAtOnce: true,
});

test('what a process that is gone left behind is swept', async (t) => {
  const root = await temporaryFolder(t);
  const store = new FileStore(root, { fileSystem: fs, self });
  await store.write('a/b', 'x');
  const names = new TemporaryNames({ self: await goneProcess(self), fileSystem: fs });
  await fs.writeFile(join(root, 'a/.caldp-tmp', names.make('b', 'tmp')), 'half');
  await fs.mkdir(join(root, '.caldp-tmp', names.make('id', 'tmp'), 'logs'), { recursive: true });
  t.deepEqual(await keysOf(store, ''), ['a/b']);
  t.is((await store.sweep('')).length, 2);
  t.deepEqual(await namesBelow(root), ['a', 'a/b']);
  t.deepEqual(await store.sweep(''), []);
});

test('what a living process, or one on another machine, works on is not swept', async (t) => {
  const root = await temporaryFolder(t);
  const store = new FileStore(root, { fileSystem: fs, self });
  const elsewhere = { ...self, space: '0'.repeat(16), pid: 1 };
  const mine = new TemporaryNames({ self, fileSystem: fs }).make('a', 'tmp');
  const other = new TemporaryNames({ self: elsewhere, fileSystem: fs }).make('b', 'tmp');
  const place = join(root, '.caldp-tmp');
  await fs.mkdir(place);
  for (const name of [mine, other]) await fs.writeFile(join(place, name), 'half');
  t.deepEqual(await store.sweep(''), []);
  const twoDaysAgo = new Date(Date.now() - 48 * 3600 * 1000);
  for (const name of [mine, other]) await fs.utimes(join(place, name), twoDaysAgo, twoDaysAgo);
  t.is((await store.sweep('')).length, 1);
  t.deepEqual(await fs.readdir(place), [mine]);
});

for (const way of ['sweep', 'replaceFolder'] as const) {
  test(`a folder that was put aside by a process that is gone is brought back by ${way}`, async (t) => {
    const root = await temporaryFolder(t);
    const store = new FileStore(root, { fileSystem: fs, self });
    const names = new TemporaryNames({ self: await goneProcess(self), fileSystem: fs });
    const place = join(root, '.caldp-tmp');
    const old = join(place, names.make('id', 'old'));
    await fs.mkdir(old, { recursive: true });
    await fs.writeFile(join(old, 'f'), 'former');
    await fs.mkdir(join(place, names.make('id', 'tmp')));
    if (way === 'sweep') {
      t.is((await store.sweep('')).length, 2);
    } else {
      const file = await sourceFile(await temporaryFolder(t), { name: 'f', body: 'new' });
      const bad = { ...file, sha256: '0'.repeat(64) };
      await t.throwsAsync(store.replaceFolder('id', [bad]));
    }
    t.is(await text(store, 'id/f'), 'former');
    t.deepEqual(await namesBelow(root), ['id', 'id/f']);
  });
}

test('a folder that was put aside is removed where a new one is in its place', async (t) => {
  const root = await temporaryFolder(t);
  const store = new FileStore(root, { fileSystem: fs, self });
  const old = join(
    root,
    '.caldp-tmp',
    new TemporaryNames({ self: await goneProcess(self), fileSystem: fs }).make('id', 'old'),
  );
  await fs.mkdir(old, { recursive: true });
  await store.write('id/f', 'new');
  await store.sweep('');
  t.is(await text(store, 'id/f'), 'new');
  t.deepEqual(await namesBelow(root), ['id', 'id/f']);
});

test('a file in the place of a folder is not replaced', async (t) => {
  const store = new FileStore(await temporaryFolder(t), { fileSystem: fs, self });
  const file = await sourceFile(await temporaryFolder(t), { name: 'f', body: 'new' });
  await store.write('id', 'object');
  const error = await t.throwsAsync(store.replaceFolder('id', [file]), { instanceOf: CaldpError });
  t.is(error.code, 'KEY_CONFLICT');
  t.is(await text(store, 'id'), 'object');
});

test('symbolic links to folders are listed, circles are not followed', async (t) => {
  const root = await temporaryFolder(t);
  const store = new FileStore(join(root, 'tree'), { fileSystem: fs, self });
  await store.write('a/f', 'x');
  await fs.mkdir(join(root, 'disk'));
  await fs.writeFile(join(root, 'disk', 'g'), 'y');
  await fs.symlink(join(root, 'disk'), join(root, 'tree', 'b'));
  await fs.symlink(join(root, 'tree'), join(root, 'tree', 'a', 'circle'));
  await fs.symlink('nowhere', join(root, 'tree', 'c'));
  t.deepEqual(await keysOf(store, ''), ['a/f', 'b/g']);
});

test('without hard links, of many that create an object one succeeds and it is whole', async (t) => {
  const root = await temporaryFolder(t);
  const link = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('EPERM: no links here'), { code: 'EPERM' }));
  const store = new FileStore(root, { fileSystem: { ...fs, link }, self });
  const tries = Array.from({ length: 10 }, (_, index) => store.create('a', `taker ${index}`));
  const answers = await Promise.allSettled(tries);
  const won = answers.filter((a) => a.status === 'fulfilled' && a.value);
  t.is(won.length, 1);
  for (const answer of answers) {
    if (answer.status === 'rejected') t.is((answer.reason as CaldpError).code, 'STORE_BUSY');
  }
  t.regex((await text(store, 'a')) ?? '', /^taker \d$/);
  t.deepEqual(await namesBelow(root), ['a']);
  t.false(await store.create('a', 'late'));
});

const classes = {
  ENOSPC: ['STORE_FULL', 'never'],
  EDQUOT: ['STORE_FULL', 'never'],
  EACCES: ['STORE_DENIED', 'never'],
  EROFS: ['STORE_DENIED', 'never'],
  EXDEV: ['STORE_UNSUPPORTED', 'never'],
  ENAMETOOLONG: ['KEY_INVALID', 'never'],
  EIO: ['STORE_FAILED', 'backoff'],
  ETIMEDOUT: ['STORE_FAILED', 'backoff'],
  ESTALE: ['STORE_FAILED', 'backoff'],
  EBUSY: ['STORE_FAILED', 'backoff'],
  EMFILE: ['STORE_FAILED', 'backoff'],
} as const;
for (const [system, [code, retry]] of Object.entries(classes)) {
  test(`${system} is ${code}, to be tried again: ${retry}`, async (t) => {
    const rename = (): Promise<never> =>
      Promise.reject(Object.assign(new Error(`${system}: injected`), { code: system }));
    const root = await temporaryFolder(t);
    const store = new FileStore(root, { fileSystem: { ...fs, rename }, self });
    const error = await t.throwsAsync(store.write('a', 'x'), { instanceOf: CaldpError });
    t.is(error.code, code);
    t.is(error.retry, retry);
    t.true(error.message.includes('`a`') && error.message.includes(root));
    t.deepEqual(await namesBelow(root), []);
  });
}

test('what is stored has the permissions of a new file, not those of its source', async (t) => {
  const root = await temporaryFolder(t);
  const store = new FileStore(root, { fileSystem: fs, self });
  const file = await sourceFile(await temporaryFolder(t), { name: 'f', body: 'x' });
  await fs.chmod(file.path, 0o400);
  await store.putFile('f', file);
  await store.write('g', 'x');
  t.is((await fs.stat(join(root, 'f'))).mode, (await fs.stat(join(root, 'g'))).mode);
});

test('the failing file system counts operations on open files too', async (t) => {
  const failing = new FailingFileSystem();
  const store = new FileStore(await temporaryFolder(t), { fileSystem: failing.fileSystem, self });
  await store.write('a', 'x');
  t.true(failing.calls >= 8);
});

test('a lock that a dead process left is told, and swept after an hour', async (t) => {
  const root = await temporaryFolder(t);
  const link = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('EPERM: no links here'), { code: 'EPERM' }));
  const store = new FileStore(root, { fileSystem: { ...fs, link }, self });
  const lock = join(root, '.caldp-tmp/a.caldp-lock');
  await fs.mkdir(lock, { recursive: true });
  const error = await t.throwsAsync(store.create('a', 'x'), { instanceOf: CaldpError });
  t.is(error.code, 'STORE_BUSY');
  t.true(error.message.includes(lock));
  t.deepEqual(await store.sweep(''), []);
  const twoHoursAgo = new Date(Date.now() - 2 * 3600 * 1000);
  await fs.utimes(lock, twoHoursAgo, twoHoursAgo);
  t.deepEqual(await store.sweep(''), [`removed \`${lock}\``]);
  t.true(await store.create('a', 'x'));
});

test('a cloned file is checked and has the permissions of a new file', async (t) => {
  const root = await temporaryFolder(t);
  // Stands for a file system that clones: few test machines have one.
  const copyFile: typeof fs.copyFile = (from, to) => fs.copyFile(from, to);
  const store = new FileStore(root, { fileSystem: { ...fs, copyFile }, self });
  const body = 'x'.repeat(2 * 1024 * 1024);
  const file = await sourceFile(await temporaryFolder(t), { name: 'f', body });
  await fs.chmod(file.path, 0o400);
  await store.putFile('f', file);
  await store.write('g', 'x');
  t.is((await fs.stat(join(root, 'f'))).mode, (await fs.stat(join(root, 'g'))).mode);
  const other = { ...file, sha256: '0'.repeat(64) };
  const error = await t.throwsAsync(store.putFile('h', other), { instanceOf: CaldpError });
  t.is(error.code, 'DIGEST_MISMATCH');
  t.deepEqual(await namesBelow(root), ['f', 'g']);
});
