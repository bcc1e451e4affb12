import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { sweepRegularly } from '../../src/cli/sweep-regularly.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { StoreDataTree } from '../../src/sinks/store-data-tree.ts';
import { StoreMessageTree } from '../../src/sinks/store-message-tree.ts';
import { treeLayout } from '../../src/sinks/tree-layout.ts';
import { FileStore } from '../../src/stores/file-store.ts';
import { TemporaryNames } from '../../src/stores/temporary-names.ts';
import { thisProcess } from '../../src/system/process-identity.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { until } from '../helpers/until.ts';
import { goneProcess } from '../helpers/gone-process.ts';

test('what is cut short while a run goes on for ever is cleared, again and again', async (t) => {
  const root = await temporaryFolder(t);
  const self = await thisProcess({ fileSystem: fs });
  const store = new FileStore(root, { fileSystem: fs, self });
  const context = { layout: treeLayout, clock: systemClock, self, fileSystem: fs };
  const said: string[] = [];
  const sweeping = sweepRegularly({
    data: new StoreDataTree(store, context),
    messages: new StoreMessageTree(store, context),
    interval: 10,
    say: (text) => said.push(text),
  });
  const place = join(root, 'data/acs/.caldp-tmp');
  for (const id of ['j8zz01a1q', 'j8zz02a1q']) {
    const name = new TemporaryNames({ self: await goneProcess(self), fileSystem: fs }).make(
      id,
      'old',
    );
    await fs.mkdir(join(place, name), { recursive: true });
    await until(() =>
      said.some((text) => text.includes(`brought back \`${root}/data/acs/${id}\``)),
    );
  }
  await sweeping.stop();
  const { length } = said;
  const name = new TemporaryNames({ self: await goneProcess(self), fileSystem: fs }).make(
    'j8zz03a1q',
    'old',
  );
  await fs.mkdir(join(place, name));
  await new Promise((resolve) => setTimeout(resolve, 60));
  t.is(said.length, length);
  t.deepEqual((await fs.readdir(place)).length, 1);
});
