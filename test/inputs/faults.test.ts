import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { create } from 'tar';
import { simulatedDatasets } from '../simulated/simulated-data.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import type { BroughtInputs } from '../../src/inputs/dataset-inputs.ts';
import type { FileSystem } from '../../src/ports/file-system.ts';
import { fileInputs } from '../../src/inputs/file-inputs.ts';
import { createWorkspace } from '../../src/inputs/workspace.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { everyFault } from '../helpers/every-fault.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const { signal } = new AbortController();
const dataset = parseDatasetName('j8zz01010');

async function digests(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await fs.readdir(folder)).sort();
  const hash = async (name: string): Promise<readonly [string, string]> => [
    name,
    createHash('sha256')
      .update(await fs.readFile(join(folder, name)))
      .digest('hex'),
  ];
  return Object.fromEntries(await Promise.all(names.map(hash)));
}

/** Brings the dataset with every operation failing in turn: it is brought whole or there is an error; sources never change. */
async function survives(t: ExecutionContext, source: string): Promise<void> {
  const around = await temporaryFolder(t);
  const before = await digests(source);
  const whole = await bringTo(join(around, 'whole'), source, fs);
  let runs = 0;
  const met = await everyFault(async (failing) => {
    runs += 1;
    const work = join(around, String(runs));
    await fs.mkdir(work);
    let brought: BroughtInputs | undefined;
    return {
      act: async () => {
        brought = await bringTo(work, source, failing.fileSystem);
      },
      verify: async (failed, fault) => {
        t.is(failed === undefined, brought !== undefined, JSON.stringify(fault));
        if (brought !== undefined) {
          t.deepEqual(brought, whole);
          t.deepEqual(await digests(work), await digests(join(around, 'whole')));
        }
        t.deepEqual(await digests(source), before);
      },
    };
  });
  t.log(`${met} faults`);
  t.true(met > 50);
}

async function bringTo(
  folder: string,
  source: string,
  fileSystem: FileSystem,
): Promise<BroughtInputs> {
  await fs.mkdir(folder, { recursive: true });
  return fileInputs(source, { fileSystem }).bring(dataset, { folder, signal });
}

test('a folder is brought whole or not at all whichever operation fails', async (t) => {
  const source = await temporaryFolder(t);
  simulatedDatasets.crSplit(source);
  await survives(t, source);
});

test('a tarball is brought whole or not at all whichever operation fails', async (t) => {
  const [loose, source] = [await temporaryFolder(t), await temporaryFolder(t)];
  const { id, files } = simulatedDatasets.crSplit(loose);
  await create({ file: join(source, `${id}.tar.gz`), gzip: true, cwd: loose }, [...files]);
  await survives(t, source);
});

test('a work directory is new or there is none whichever operation fails', async (t) => {
  const around = await temporaryFolder(t);
  let runs = 0;
  const met = await everyFault(async (failing) => {
    runs += 1;
    const root = join(around, String(runs));
    const options = { root, clock: systemClock };
    const workspace = createWorkspace({ ...options, fileSystem: fs });
    const failed = await workspace.create(dataset, { attempt: 1 });
    await fs.writeFile(join(failed.folder, 'evidence'), '');
    await failed.keep();
    const tried = createWorkspace({ ...options, fileSystem: failing.fileSystem });
    return {
      act: async () => {
        const work = await tried.create(dataset, { attempt: 1 });
        await work.remove();
      },
      verify: async () => {
        t.deepEqual(await fs.readdir(failed.folder), ['evidence']);
        const next = await workspace.create(dataset, { attempt: 1 });
        t.deepEqual(await fs.readdir(next.folder), []);
        await workspace.sweep();
        const left = await fs.readdir(join(root, dataset.id));
        t.true(left.every((name) => !name.startsWith('.')));
      },
    };
  });
  t.true(met > 20, `${met} faults`);
});
