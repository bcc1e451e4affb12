import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test from 'ava';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { StoreDataTree } from '../../src/sinks/store-data-tree.ts';
import { StoreMessageTree } from '../../src/sinks/store-message-tree.ts';
import { treeLayout } from '../../src/sinks/tree-layout.ts';
import { digestFile } from '../../src/system/digest-file.ts';
import { FileStore } from '../../src/stores/file-store.ts';
import { thisProcess } from '../../src/system/process-identity.ts';
import { startFixture } from '../helpers/fixture-process.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const self = await thisProcess({ fileSystem: fs });
const dataset = parseDatasetName('j8cb010b0');

test('of several processes that wait for the dataset of a killed one, one gets it', async (t) => {
  const root = await temporaryFolder(t);
  const store = new FileStore(root, { fileSystem: fs, self });
  const tree = new StoreMessageTree(store, {
    layout: treeLayout,
    clock: systemClock,
    self,
    fileSystem: fs,
  });
  const start = () => startFixture(t, { name: 'claim-dataset.ts', args: [root, dataset.id] });
  const holder = start();
  await holder.line();
  holder.say('go\n');
  t.is(await holder.line(), 'claimed 1');
  t.like(await tree.state(dataset), { status: 'processing', stale: false });
  const takers = [start(), start(), start()];
  for (const taker of takers) await taker.line();
  await holder.kill();
  t.like(await tree.state(dataset), { status: 'processing', stale: true });
  for (const taker of takers) taker.say('go\n');
  const answers = await Promise.all(takers.map((taker) => taker.line()));
  t.deepEqual(answers.sort(), ['claimed 2', 'held', 'held']);
});

test('a process killed at any time while it publishes leaves a whole dataset', async (t) => {
  const root = await temporaryFolder(t);
  const store = new FileStore(root, { fileSystem: fs, self });
  const tree = new StoreDataTree(store, { layout: treeLayout, clock: systemClock, fileSystem: fs });
  for (let round = 0; round < 6; round += 1) {
    const scratch = await temporaryFolder(t);
    const args = [root, scratch, dataset.id];
    const publisher = startFixture(t, { name: 'publish-for-ever.ts', args });
    await publisher.line();
    const wait = Math.random() * 60;
    await delay(wait);
    await publisher.kill();
    const swept = await store.sweep('');
    t.log(`killed after ${wait.toFixed(1)} ms: ${swept.join(', ') || 'nothing to sweep'}`);
    const manifest = await tree.manifest(dataset);
    t.is(manifest?.outputs.length, 3);
    for (const { name, size, sha256 } of manifest?.outputs ?? []) {
      const path = join(root, treeLayout.dataFolder(dataset), name);
      t.deepEqual(await digestFile(path, { fileSystem: fs }), { name, size, sha256 });
    }
    t.deepEqual(await fs.readdir(join(root, 'data/acs')), ['.caldp-tmp', dataset.id]);
    t.deepEqual(await fs.readdir(join(root, 'data/acs/.caldp-tmp')), []);
  }
});
