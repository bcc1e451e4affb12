import nodeFileSystem from 'node:fs/promises';
import test from 'ava';
import { FolderWatcher } from '../../../src/sources/watch/folder-watcher.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

for (const code of ['ENOSPC', 'EMFILE']) {
  test(`without watches left (${code}) it says so, polls, and tries again later`, async (t) => {
    const failures: ((error: unknown) => void)[] = [];
    const watcher = new FolderWatcher(await temporaryFolder(t), {
      depth: 2,
      mode: 'events',
      fileSystem: nodeFileSystem,
      onHint: () => undefined,
      start: (_root, { onFailure }) => {
        failures.push(onFailure);
        return { close: () => Promise.resolve() };
      },
    });
    await watcher.adapt('1', { now: 0 });
    t.is(watcher.mode, 'events');
    failures[0]?.(Object.assign(new Error(`${code}: System limit reached`), { code }));
    t.is(watcher.mode, 'poll');
    t.like(watcher.problems, [{ code: 'WATCH_LIMITED' }]);
    await watcher.adapt('1', { now: 1000 });
    t.is(watcher.mode, 'poll');
    await watcher.adapt('1', { now: 1_000_000 });
    t.is(watcher.mode, 'events');
    t.deepEqual(watcher.problems, []);
  });
}

test('polling starts no watcher', async (t) => {
  const watcher = new FolderWatcher(await temporaryFolder(t), {
    depth: 2,
    mode: 'poll',
    fileSystem: nodeFileSystem,
    onHint: () => undefined,
  });
  await watcher.adapt('1', { now: 0 });
  t.is(watcher.mode, 'poll');
});
