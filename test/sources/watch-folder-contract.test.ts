import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import test, { type ExecutionContext } from 'ava';
import { datasetStream } from '../../src/sources/dataset-list.ts';
import { watchFolder } from '../../src/sources/watch-folder.ts';
import { sourceContract, type TestedSource } from '../contract/source.ts';
import { dropExposure, removeExposure } from '../helpers/drop.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

function watched(mode: 'events' | 'poll'): (t: ExecutionContext) => Promise<TestedSource> {
  return async (t) => {
    const root = join(await temporaryFolder(t), 'drop');
    await mkdir(root);
    let version = 0;
    return {
      source: watchFolder(root, { mode, interval: 60, quiet: 60 }),
      add: async (ids) => {
        for (const id of ids) await dropExposure(root, { id });
      },
      addRefused: (name) => writeFile(join(root, `${name}_raw.fits`), ''),
      change: async (id) => {
        version += 1;
        await dropExposure(root, { id, seed: version });
      },
      remove: (id) => removeExposure(root, { id }),
      breakIt: () => rm(root, { recursive: true }),
      mendIt: async () => {
        await mkdir(root);
      },
    };
  };
}

sourceContract(test, { name: 'watch by events', make: watched('events'), ends: false, many: 5000 });
sourceContract(test, { name: 'watch by polling', make: watched('poll'), ends: false, many: 5000 });

sourceContract(test, {
  name: 'list',
  ends: true,
  many: 10_000,
  make: async () => {
    const names: string[] = [];
    const add = (more: readonly string[]): Promise<void> => {
      names.push(...more);
      return Promise.resolve();
    };
    const lines = Readable.from(
      (function* () {
        yield Buffer.from(names.join('\n'));
      })(),
    );
    return Promise.resolve({
      source: datasetStream('ids.txt', lines),
      add,
      addRefused: (name) => add([name]),
    });
  },
});
