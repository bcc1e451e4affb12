import { readdir, utimes, writeFile } from 'node:fs/promises';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { withFileLock } from '../../../src/crds/cache/file-lock.ts';
import { thisProcess } from '../../../src/system/process-identity.ts';
import { never } from '../../helpers/folder-rules.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const options = { fileSystem: fs, signal: never };

test('work under one lock never overlaps', async (t) => {
  const path = join(await temporaryFolder(t), 'x.lock');
  let running = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => withFileLock(path, work, options)));
  t.is(most, 1);
  t.deepEqual(await readdir(join(path, '..')), []);
});

test('a lock is given up when the work fails', async (t) => {
  const path = join(await temporaryFolder(t), 'x.lock');
  const fail = (): Promise<never> => Promise.reject(new Error('work'));
  await t.throwsAsync(withFileLock(path, fail, options), { message: 'work' });
  t.is(await withFileLock(path, () => Promise.resolve(1), options), 1);
});

test('the lock of a process that is over is taken', async (t) => {
  const path = join(await temporaryFolder(t), 'x.lock');
  const own = await thisProcess({ fileSystem: fs });
  const gone = { ...own, pid: 0x3fffff, start: '1', token: 'gone' };
  await writeFile(path, JSON.stringify(gone));
  t.is(await withFileLock(path, () => Promise.resolve(1), options), 1);
});

test('the lock of a process with the number of another that is over is taken', async (t) => {
  const path = join(await temporaryFolder(t), 'x.lock');
  const own = await thisProcess({ fileSystem: fs });
  await writeFile(path, JSON.stringify({ ...own, start: 'earlier', token: 'gone' }));
  t.is(await withFileLock(path, () => Promise.resolve(1), options), 1);
});

test('the lock of another host is respected while it shows life, and taken when it has shown none for long', async (t) => {
  const path = join(await temporaryFolder(t), 'x.lock');
  await writeFile(path, JSON.stringify({ host: 'x', pid: 1, space: 'elsewhere', token: 'other' }));
  const controller = new AbortController();
  const waiting = withFileLock(path, () => Promise.resolve(1), {
    fileSystem: fs,
    signal: controller.signal,
  });
  setTimeout(() => {
    controller.abort(new Error('waited'));
  }, 200);
  await t.throwsAsync(waiting, { message: 'waited' });
  const long = new Date(Date.now() - 300_000);
  await utimes(path, long, long);
  t.is(await withFileLock(path, () => Promise.resolve(1), options), 1);
});
