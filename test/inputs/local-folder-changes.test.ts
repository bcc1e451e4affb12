import * as fs from 'node:fs/promises';
import test from 'ava';
import { writeSimulatedAssociation } from '../simulated/simulated-association.ts';
import { simulatedDatasets } from '../simulated/simulated-data.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { localFolder } from '../../src/inputs/local-folder.ts';
import type { FileSystem } from '../../src/ports/file-system.ts';
import { bring, failsWith, folders } from '../helpers/bringing.ts';

/** A file system in which something happens right before one operation, with its first path. */
function before(
  name: 'copyFile' | 'chmod' | 'stat',
  act: (path: string) => void | Promise<void>,
): FileSystem {
  const operation = fs[name] as (...args: unknown[]) => Promise<unknown>;
  const acting = async (...args: unknown[]): Promise<unknown> => {
    await act(String(args[0]));
    return operation(...args);
  };
  return { ...fs, [name]: acting };
}

for (const [title, act, says] of [
  ['is appended to', (path: string) => fs.appendFile(path, 'more'), /changed its size/],
  [
    'is replaced by a file of the same size',
    async (path: string) => {
      await fs.copyFile(path, `${path}.new`);
      await fs.rename(`${path}.new`, path);
    },
    /written to or replaced/,
  ],
  ['is removed', (path: string) => fs.rm(path), /went away/],
] as const) {
  test(`an input that ${title} while it is copied is tried again later`, async (t) => {
    const both = await folders(t);
    simulatedDatasets.exposure(both.source);
    const error = await failsWith(t, bring('j8zz02a1q', both, before('copyFile', act)), {
      code: 'SOURCE_CHANGED',
      says,
    });
    t.is(error.retry, 'backoff');
  });
}

test('a copy that is shorter than its source is noticed', async (t) => {
  const both = await folders(t);
  simulatedDatasets.exposure(both.source);
  const short = before('chmod', (path) => fs.truncate(path, 2880));
  await failsWith(t, bring('j8zz02a1q', both, short), {
    code: 'SOURCE_CHANGED',
    says: /gave 2880 bytes instead of 23040/,
  });
});

test('an association table that is replaced after it was read is noticed', async (t) => {
  const both = await folders(t);
  const { source } = both;
  simulatedDatasets.crSplit(source);
  const members = [
    { name: 'j8zz01a1q', type: 'EXP-CRJ' },
    { name: 'j8zz01a7q', type: 'EXP-CRJ' },
  ];
  // Its state is asked for twice around reading it, then again before it is copied.
  let asked = 0;
  const replacing = before('stat', () => {
    asked += 1;
    if (asked !== 3) return;
    writeSimulatedAssociation(source, { id: 'j8zz01010', instrument: 'ACS', members });
  });
  await failsWith(t, bring('j8zz01010', both, replacing), {
    code: 'SOURCE_CHANGED',
    says: /other content/,
  });
});

test('an abort stops before the next file', async (t) => {
  const { source, work } = await folders(t);
  simulatedDatasets.crSplit(source);
  const controller = new AbortController();
  const inputs = localFolder(source, {
    fileSystem: before('copyFile', () => {
      controller.abort(new Error('stop'));
    }),
  });
  const run = inputs.bring(parseDatasetName('j8zz01010'), {
    folder: work,
    signal: controller.signal,
  });
  await t.throwsAsync(run, { message: 'stop' });
  t.is((await fs.readdir(work)).length, 1);
});
