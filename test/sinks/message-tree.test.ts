import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { calcloudLayout } from '../../src/sinks/calcloud-layout.ts';
import type { Layout, MessageState } from '../../src/sinks/layout.ts';
import type { Claim, DatasetState, MessageTree } from '../../src/sinks/message-tree.ts';
import { StoreMessageTree } from '../../src/sinks/store-message-tree.ts';
import { treeLayout } from '../../src/sinks/tree-layout.ts';
import { FileStore } from '../../src/stores/file-store.ts';
import { thisProcess, type ProcessIdentity } from '../../src/system/process-identity.ts';
import { keysOf, text } from '../contract/store.ts';
import { goneProcess } from '../helpers/gone-process.ts';
import { namesBelow } from '../helpers/names-below.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { TestClock } from '../helpers/test-clock.ts';
import { until } from '../helpers/until.ts';

const self = await thisProcess({ fileSystem: fs });
const gone = await goneProcess(self);
const dataset = parseDatasetName('j8cb010b0');
const ttl = 60_000;

interface World {
  readonly root: string;
  readonly store: FileStore;
  readonly clock: TestClock;
  readonly layout: Layout;
  /** The tree as another process has it. */
  readonly treeOf: (process: ProcessIdentity, options?: { ttl: number }) => MessageTree;
  readonly tree: MessageTree;
  readonly key: (state: MessageState) => string;
}

async function makeWorld(t: ExecutionContext, layout: Layout): Promise<World> {
  const root = await temporaryFolder(t);
  const clock = new TestClock();
  const store = new FileStore(root, { fileSystem: fs, self });
  const treeOf = (process: ProcessIdentity, options = { ttl }): MessageTree =>
    new StoreMessageTree(store, { layout, clock, self: process, fileSystem: fs, ...options });
  const key = (state: MessageState): string => layout.messageKey(state, dataset.id);
  return { root, store, clock, layout, treeOf, tree: treeOf(self), key };
}

async function claimOf(tree: MessageTree, options?: { attempt: number }): Promise<Claim> {
  const answer = await tree.claim(dataset, options);
  if (answer.status === 'held') throw new Error(answer.holder);
  return answer.claim;
}

const failure = {
  stage: 'calibrate',
  code: 'PROGRAM_FAILED',
  exitCode: 23,
  message: '`calacs.e` exited with status 1.',
  advice: 'Read `process.txt`.',
};

for (const layout of [treeLayout, calcloudLayout]) {
  const check = (
    title: string,
    body: (t: ExecutionContext, world: World) => Promise<void>,
  ): void => {
    test(`${layout.name}: ${title}`, async (t) => {
      await body(t, await makeWorld(t, layout));
    });
  };

  check('a dataset without messages has no state and can be claimed once', async (t, world) => {
    t.deepEqual(await world.tree.state(dataset), { status: 'none' });
    const claim = await claimOf(world.tree);
    t.is(claim.attempt, 1);
    t.deepEqual(claim.former, { status: 'none' });
    const second = await world.treeOf(self).claim(dataset);
    t.is(second.status, 'held');
    if (second.status === 'held') t.true(second.holder.includes(`process ${process.pid} on `));
    const state = await world.tree.state(dataset);
    t.like(state, { status: 'processing', stale: false, lease: { pid: process.pid, attempt: 1 } });
    await claim.release();
    t.deepEqual(await keysOf(world.store, ''), []);
  });

  check('a processed dataset has one message and it says what was announced', async (t, world) => {
    for (const state of ['error', 'synced', 'archived'] as const) {
      await world.store.write(world.key(state), 'former');
    }
    for (const key of layout.requestKeys(dataset.id)) await world.store.write(key, '');
    const claim = await claimOf(world.tree);
    await claim.processed('announced');
    t.deepEqual(await keysOf(world.store, ''), [world.key('processed')]);
    t.is(await text(world.store, world.key('processed')), 'announced');
    t.like(await world.tree.state(dataset), { status: 'processed' });
  });

  check('a failed dataset has one message that says what to do', async (t, world) => {
    await world.store.write(world.key('processed'), '');
    const claim = await claimOf(world.tree);
    t.is(claim.former.status, 'processed');
    await claim.failed(failure);
    t.deepEqual(await keysOf(world.store, ''), [world.key('error')]);
    const state = await world.tree.state(dataset);
    t.like(state, { status: 'error', error: { ...failure, dataset: dataset.id, attempt: 1 } });
  });

  check('attempts are counted over failures, crashes and manifests', async (t, world) => {
    await (await claimOf(world.tree)).failed(failure);
    const second = await claimOf(world.treeOf(gone));
    t.is(second.attempt, 2);
    const third = await claimOf(world.tree);
    t.is(third.attempt, 3);
    await third.release();
    t.is((await claimOf(world.tree, { attempt: 7 })).attempt, 8);
  });

  check('the lease of a process that is gone is seen as stale and taken over', async (t, world) => {
    await claimOf(world.treeOf(gone));
    t.like(await world.tree.state(dataset), { status: 'processing', stale: true });
    const claim = await claimOf(world.tree);
    t.is(claim.attempt, 2);
    t.deepEqual(await keysOf(world.store, ''), [world.key('processing')]);
    await claim.processed('');
    t.deepEqual(await keysOf(world.store, ''), [world.key('processed')]);
  });

  check('the lease of another machine is taken over only when its time is up', async (t, world) => {
    const elsewhere = { ...gone, space: '0'.repeat(16), host: 'elsewhere' };
    await claimOf(world.treeOf(elsewhere));
    t.is((await world.tree.claim(dataset)).status, 'held');
    world.clock.ahead = ttl + 5_000;
    t.is((await claimOf(world.tree)).attempt, 2);
  });

  check('of many that take over at once, one succeeds', async (t, world) => {
    await claimOf(world.treeOf(gone));
    const takers = Array.from({ length: 12 }, () => world.treeOf(self).claim(dataset));
    const answers = await Promise.all(takers);
    t.is(answers.filter(({ status }) => status === 'claimed').length, 1);
    t.deepEqual(await keysOf(world.store, ''), [world.key('processing')]);
  });

  check('garbage in a lease is told, held and in time taken over', async (t, world) => {
    for (const garbage of ['', '{', '[]', '{"pid":-1}', '\u0000\ufffd', 'processing-j8cb010b0\n']) {
      world.clock.ahead = 0;
      await world.store.write(world.key('processing'), garbage);
      const state = await world.tree.state(dataset);
      t.is(state.status, 'processing');
      if (state.status === 'processing') t.truthy(state.problem);
      const answer = await world.tree.claim(dataset);
      t.is(answer.status, 'held');
      if (answer.status === 'held') t.regex(answer.holder, /cannot be read/);
      world.clock.ahead = ttl + 5_000;
      await (await claimOf(world.tree)).release();
    }
  });

  check('garbage in an error message is told and does not stop a claim', async (t, world) => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (garbage) => {
        await world.store.write(world.key('error'), garbage);
        const state = await world.tree.state(dataset);
        const claim = await claimOf(world.tree);
        await claim.release();
        return state.status === 'error' && state.problem !== undefined && claim.attempt === 1;
      }),
      { numRuns: 30, interruptAfterTimeLimit: 5_000 },
    );
    t.pass();
  });

  check('every dataset is listed once, in order, other files are not', async (t, world) => {
    const put = (state: MessageState, id: string): Promise<void> =>
      world.store.write(layout.messageKey(state, id), '');
    await put('processed', 'jbz504010');
    await put('processed', 'j8bt05njq');
    await put('synced', 'j8bt05njq');
    await put('error', 'acs_8ph_01');
    await put('archived', 'skycell-p2381x06y09');
    await put('error', 'README');
    await claimOf(world.tree);
    const seen: [string, DatasetState['status']][] = [];
    for await (const { dataset: found, state } of world.tree.list()) {
      seen.push([found.id, state.status]);
    }
    t.deepEqual(seen, [
      ['acs_8ph_01', 'error'],
      ['j8bt05njq', 'processed'],
      ['j8cb010b0', 'processing'],
      ['jbz504010', 'processed'],
      ['skycell-p2381x06y09', 'archived'],
    ]);
  });

  check('what an attempt wrote last counts where it ended half-way', async (t, world) => {
    const settledAs = async (last: 'processed' | 'failed'): Promise<string> => {
      const claim = await claimOf(world.treeOf(gone));
      const lease = (await text(world.store, world.key('processing'))) ?? '';
      const former = await text(world.store, world.key(last === 'failed' ? 'processed' : 'error'));
      if (last === 'failed') await claim.failed(failure);
      else await claim.processed('');
      await world.store.write(world.key('processing'), lease);
      await world.store.write(world.key(last === 'failed' ? 'processed' : 'error'), former ?? '');
      const next = await claimOf(world.tree);
      await next.release();
      const kept = last === 'failed' ? 'error' : 'processed';
      t.deepEqual(await keysOf(world.store, ''), [world.key(kept)]);
      return next.former.status;
    };
    await world.store.write(world.key('processed'), '');
    t.is(await settledAs('failed'), 'error');
    await world.store.remove(world.key('processed'));
    t.is(await settledAs('processed'), 'processed');
  });
}

test('a claim that another process has taken over is lost and announces nothing', async (t) => {
  const world = await makeWorld(t, treeLayout);
  const claim = await claimOf(world.tree);
  world.clock.ahead = ttl + 5_000;
  const other = await claimOf(world.treeOf(self));
  const error = await t.throwsAsync(claim.processed(''), { instanceOf: CaldpError });
  t.is(error.code, 'CLAIM_LOST');
  t.true(claim.lost.aborted);
  await claim.release();
  t.like(await world.tree.state(dataset), { status: 'processing', lease: { attempt: 2 } });
  await other.processed('');
  t.is((await world.tree.state(dataset)).status, 'processed');
});

test('a heartbeat keeps a claim alive and notices when it is lost', async (t) => {
  const world = await makeWorld(t, treeLayout);
  const claim = await claimOf(world.treeOf(self, { ttl: 100 }));
  const first = await text(world.store, world.key('processing'));
  await until(async () => (await text(world.store, world.key('processing'))) !== first);
  t.false(claim.lost.aborted);
  // A heartbeat that has just looked writes the lease once more, so it is removed until one finds it gone.
  await until(async () => {
    await world.store.remove(world.key('processing'));
    return claim.lost.aborted;
  });
  t.deepEqual(await keysOf(world.store, ''), []);
});

test('a claim whose heartbeats cannot be written is lost when its time is up', async (t) => {
  const root = await temporaryFolder(t);
  const broken = { on: false };
  const rename: typeof fs.rename = (from, to) =>
    broken.on ? Promise.reject(new Error('EIO: injected')) : fs.rename(from, to);
  const store = new FileStore(root, { fileSystem: { ...fs, rename }, self });
  const clock = new TestClock();
  const tree = new StoreMessageTree(store, {
    layout: treeLayout,
    clock,
    self,
    fileSystem: fs,
    ttl: 200,
  });
  const claim = await claimOf(tree);
  broken.on = true;
  await until(() => claim.lost.aborted);
  broken.on = false;
  await claim.release();
  t.deepEqual(await keysOf(store, ''), []);
});

test('no heartbeat comes back after a claim has ended', async (t) => {
  const world = await makeWorld(t, treeLayout);
  for (let round = 0; round < 10; round += 1) {
    const claim = await claimOf(world.treeOf(self, { ttl: 5 }));
    const first = await text(world.store, world.key('processing'));
    await until(async () => (await text(world.store, world.key('processing'))) !== first);
    await claim.processed('');
    t.deepEqual(await keysOf(world.store, ''), [world.key('processed')]);
  }
  t.deepEqual(await namesBelow(join(world.root, 'messages/dataset-processing')), []);
});

test('an aborted claim leaves no lease', async (t) => {
  const world = await makeWorld(t, treeLayout);
  const signal = AbortSignal.abort(new Error('stopped'));
  await t.throwsAsync(world.tree.claim(dataset, { signal }), { message: 'stopped' });
  t.deepEqual(await keysOf(world.store, ''), []);
});
