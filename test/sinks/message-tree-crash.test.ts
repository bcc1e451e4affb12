import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import type { FileSystem } from '../../src/ports/file-system.ts';
import { systemClock } from '../../src/ports/clock.ts';
import type { Claim, MessageTree } from '../../src/sinks/message-tree.ts';
import { StoreMessageTree } from '../../src/sinks/store-message-tree.ts';
import { treeLayout } from '../../src/sinks/tree-layout.ts';
import { FileStore } from '../../src/stores/file-store.ts';
import { thisProcess, type ProcessIdentity } from '../../src/system/process-identity.ts';
import { keysOf, text } from '../contract/store.ts';
import { FailingFileSystem } from '../helpers/failing-file-system.ts';
import { goneProcess } from '../helpers/gone-process.ts';
import { namesBelow } from '../helpers/names-below.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const self = await thisProcess({ fileSystem: fs });
const gone = await goneProcess(self);
const dataset = parseDatasetName('j8cb010b0');
const failure = { stage: 'stage', code: 'X', exitCode: 1, message: 'm.', advice: 'a.' };
const key = (state: string): string => `messages/dataset-${state}/${dataset.id}`;

const treeIn = (root: string, process: ProcessIdentity, system: FileSystem = fs): MessageTree =>
  new StoreMessageTree(new FileStore(root, { fileSystem: system, self: process }), {
    layout: treeLayout,
    clock: systemClock,
    self: process,
    fileSystem: fs,
  });

async function claimIn(tree: MessageTree): Promise<Claim> {
  const answer = await tree.claim(dataset);
  if (answer.status === 'held') throw new Error(answer.holder);
  return answer.claim;
}

interface Crash {
  readonly before: (root: string) => Promise<unknown>;
  /** What the process that dies does. */
  readonly act: (tree: MessageTree) => Promise<unknown>;
  /** Whether some message must be there at every moment. */
  readonly hasStateAlways: boolean;
}

/** A process dies at its n-th operation, for every n; then several processes take over and one finishes. */
async function recovers(t: ExecutionContext, crash: Crash): Promise<void> {
  const folder = await temporaryFolder(t);
  for (let nth = 1; ; nth += 1) {
    const root = join(folder, nth.toFixed());
    const store = new FileStore(root, { fileSystem: fs, self });
    await crash.before(root);
    const failing = new FailingFileSystem();
    failing.set({ nth, code: 'EIO', mode: 'on' });
    await crash.act(treeIn(root, gone, failing.fileSystem)).catch(() => undefined);
    const { calls } = failing;
    const label = `operation ${nth}`;
    const left = await keysOf(store, 'messages');
    if (crash.hasStateAlways)
      t.true(
        left.some((name) => !name.includes('takeover')),
        label,
      );
    const takers = Array.from({ length: 4 }, () => treeIn(root, self).claim(dataset));
    const claims = (await Promise.all(takers)).flatMap((a) =>
      a.status === 'claimed' ? [a.claim] : [],
    );
    t.is(claims.length, 1, label);
    await claims[0]?.processed('');
    t.deepEqual(await keysOf(store, 'messages'), [key('processed')], label);
    await store.sweep('');
    const names = await namesBelow(root);
    t.deepEqual(
      names.filter((name) => name.includes('.caldp-')),
      [],
      label,
    );
    if (calls < nth) break;
  }
}

test('a process that dies anywhere while it claims is replaced by one other', async (t) => {
  await recovers(t, {
    before: () => Promise.resolve(),
    act: (tree) => tree.claim(dataset),
    hasStateAlways: false,
  });
});

test('a process that dies anywhere while it takes over is replaced by one other', async (t) => {
  await recovers(t, {
    before: (root) => claimIn(treeIn(root, gone)),
    act: (tree) => tree.claim(dataset),
    hasStateAlways: false,
  });
});

for (const last of ['processed', 'failed'] as const) {
  test(`a process that dies anywhere while it writes ${last} leaves a state, and a new run ends well`, async (t) => {
    await recovers(t, {
      before: (root) => new FileStore(root, { fileSystem: fs, self }).write(key('error'), '{}'),
      act: async (tree) => {
        const claim = await claimIn(tree);
        await (last === 'processed' ? claim.processed('') : claim.failed(failure));
      },
      hasStateAlways: true,
    });
  });
}

test('processed and failed can be called again after any one fault', async (t) => {
  for (const last of ['processed', 'error'] as const) {
    for (const mode of ['once', 'after'] as const) {
      for (let nth = 1; ; nth += 1) {
        const root = await temporaryFolder(t);
        const failing = new FailingFileSystem();
        const store = new FileStore(root, { fileSystem: failing.fileSystem, self });
        const options = { layout: treeLayout, clock: systemClock, self, fileSystem: fs };
        const claim = await claimIn(new StoreMessageTree(store, options));
        const end = (): Promise<void> =>
          last === 'processed' ? claim.processed('') : claim.failed(failure);
        failing.set({ nth, code: 'EIO', mode });
        const failed = await end().then(
          () => false,
          () => true,
        );
        const { calls } = failing;
        failing.set(undefined);
        if (failed) await end();
        t.deepEqual(await keysOf(store, ''), [key(last)], `${mode} ${nth}`);
        t.false(claim.lost.aborted);
        if (calls < nth) break;
      }
    }
  }
});

test('a claim that fails because of any one fault can be made at once again', async (t) => {
  for (const mode of ['once', 'after'] as const) {
    for (let nth = 1; ; nth += 1) {
      const root = await temporaryFolder(t);
      const failing = new FailingFileSystem();
      const store = new FileStore(root, { fileSystem: failing.fileSystem, self });
      const tree = new StoreMessageTree(store, {
        layout: treeLayout,
        clock: systemClock,
        self,
        fileSystem: fs,
      });
      failing.set({ nth, code: 'ETIMEDOUT', mode });
      const first = await tree.claim(dataset).catch(() => undefined);
      const { calls } = failing;
      failing.set(undefined);
      if (first?.status === 'claimed') await first.claim.release();
      const second = await claimIn(tree);
      await second.processed('');
      t.is(await text(store, key('processed')), '', `${mode} ${nth}`);
      if (calls < nth) break;
    }
  }
});
