import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import type { FileSystem } from '../../src/ports/file-system.ts';
import { FileStore } from '../../src/stores/file-store.ts';
import { thisProcess } from '../../src/system/process-identity.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test('an object that goes while another tries to create it was there, and that is no error', async (t) => {
  const root = await temporaryFolder(t);
  const self = await thisProcess({ fileSystem: fs });
  const vanishing: FileSystem = {
    ...fs,
    // The other process creates its object just before the link is tried and removes it just after.
    link: async (from, to) => {
      await fs.writeFile(to, 'theirs');
      try {
        await fs.link(from, to);
      } finally {
        await fs.unlink(to);
      }
    },
  };
  const store = new FileStore(root, { fileSystem: vanishing, self });
  t.false(await store.create('messages/mark', 'ours'));
  t.is(await new FileStore(root, { fileSystem: fs, self }).read('messages/mark'), undefined);
  t.deepEqual(await fs.readdir(join(root, 'messages', '.caldp-tmp')), []);
});
