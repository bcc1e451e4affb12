import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { createWorkspace, type WorkspaceOptions } from '../../src/inputs/workspace.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const dataset = parseDatasetName('j8bt05njq');

async function workspaceIn(
  t: ExecutionContext,
  options: Partial<WorkspaceOptions> = {},
): Promise<{ readonly attempts: string; readonly workspace: ReturnType<typeof createWorkspace> }> {
  const root = join(await temporaryFolder(t), 'new', 'work');
  const workspace = createWorkspace({ root, fileSystem: fs, clock: systemClock, ...options });
  return { attempts: join(root, dataset.id), workspace };
}

const numberOf = (folder: string): string => basename(dirname(folder));

/** Makes an attempt look like that of a process that was killed. */
async function disown(folder: string, change: object = {}): Promise<void> {
  const file = join(dirname(folder), 'owner.json');
  const owner = JSON.parse(await fs.readFile(file, 'utf8')) as object;
  await fs.writeFile(file, JSON.stringify({ ...owner, start: '1', ...change }));
}

test('a work directory is empty, has a place for logs beside it, and is gone after success', async (t) => {
  const { workspace, attempts } = await workspaceIn(t);
  const work = await workspace.create(dataset, { attempt: 1 });
  t.deepEqual(await fs.readdir(work.folder), []);
  await fs.writeFile(work.log('process.txt'), 'log');
  t.false(work.log('process.txt').startsWith(work.folder));
  await work.remove();
  await work.remove();
  t.deepEqual(await fs.readdir(attempts), []);
});

test('no directory is used twice, however many ask at once', async (t) => {
  const { workspace } = await workspaceIn(t);
  const works = await Promise.all(
    Array.from({ length: 12 }, () => workspace.create(dataset, { attempt: 1 })),
  );
  t.is(new Set(works.map(({ folder }) => folder)).size, 12);
});

test('an attempt whose number is taken gets the next one that is free', async (t) => {
  const { workspace } = await workspaceIn(t);
  const first = await workspace.create(dataset, { attempt: 3 });
  await first.keep();
  const second = await workspace.create(dataset, { attempt: 3 });
  t.is(numberOf(second.folder), '4');
});

test('a failed attempt stays; of many, the newest two stay', async (t) => {
  const { workspace, attempts } = await workspaceIn(t);
  for (const attempt of [1, 2, 3, 10]) {
    const work = await workspace.create(dataset, { attempt });
    await fs.writeFile(join(work.folder, 'evidence'), '');
    await work.keep();
  }
  const last = await workspace.create(dataset, { attempt: 11 });
  t.deepEqual((await fs.readdir(attempts)).sort(), ['10', '11', '3']);
  await last.remove();
  t.deepEqual((await fs.readdir(attempts)).sort(), ['10', '3']);
});

test('the directories of attempts that run are never removed', async (t) => {
  const { workspace, attempts } = await workspaceIn(t, { keptAttempts: 0 });
  for (const attempt of [1, 2, 3]) await workspace.create(dataset, { attempt });
  t.deepEqual((await fs.readdir(attempts)).sort(), ['1', '2', '3']);
});

test('the directory of a process that died counts as failed, also where its number lives again', async (t) => {
  const { workspace, attempts } = await workspaceIn(t, { keptAttempts: 1 });
  const first = await workspace.create(dataset, { attempt: 1 });
  await disown(first.folder);
  const second = await workspace.create(dataset, { attempt: 2 });
  t.deepEqual((await fs.readdir(attempts)).sort(), ['1', '2']);
  await disown(second.folder);
  await workspace.create(dataset, { attempt: 3 });
  t.deepEqual((await fs.readdir(attempts)).sort(), ['2', '3']);
});

test('a directory with an owner that nobody can read is left alone', async (t) => {
  const { workspace, attempts } = await workspaceIn(t, { keptAttempts: 0 });
  for (const [attempt, text] of ['', '{"state":', '[]', '{"state":"running","pid":-1}'].entries()) {
    await fs.mkdir(join(attempts, String(attempt)), { recursive: true });
    if (attempt > 0) await fs.writeFile(join(attempts, String(attempt), 'owner.json'), text);
  }
  await workspace.create(dataset, { attempt: 9 });
  t.is((await fs.readdir(attempts)).length, 5);
});

test('a workspace that keeps all removes nothing', async (t) => {
  const { workspace, attempts } = await workspaceIn(t, { keepAll: true, keptAttempts: 0 });
  for (const attempt of [1, 2]) await (await workspace.create(dataset, { attempt })).remove();
  t.deepEqual((await fs.readdir(attempts)).sort(), ['1', '2']);
});

test('sweeping ends removals that were cut off and leaves failed attempts', async (t) => {
  const { workspace, attempts } = await workspaceIn(t);
  await workspace.sweep();
  const failed = await workspace.create(dataset, { attempt: 1 });
  await failed.keep();
  await fs.mkdir(join(attempts, '.removing-x', 'files'), { recursive: true });
  await fs.mkdir(join(dirname(attempts), 'j8bt06o6q'));
  await fs.writeFile(join(dirname(attempts), 'note.txt'), 'of a person');
  await workspace.sweep();
  t.deepEqual(await fs.readdir(attempts), ['1']);
  t.deepEqual((await fs.readdir(dirname(attempts))).sort(), ['j8bt05njq', 'note.txt']);
});

test('a place that cannot be written to is an error of the system', async (t) => {
  const file = join(await temporaryFolder(t), 'file');
  await fs.writeFile(file, '');
  const workspace = createWorkspace({ root: file, fileSystem: fs, clock: systemClock });
  await t.throwsAsync(workspace.create(dataset, { attempt: 1 }), { code: 'ENOTDIR' });
});

test('the directory of a process of another host is left alone', async (t) => {
  const { workspace, attempts } = await workspaceIn(t, { keptAttempts: 0 });
  const first = await workspace.create(dataset, { attempt: 1 });
  await disown(first.folder, { space: 'elsewhere' });
  await workspace.create(dataset, { attempt: 2 });
  t.deepEqual((await fs.readdir(attempts)).sort(), ['1', '2']);
});

test('a process that lives keeps its directory, and loses it after it was killed', async (t) => {
  const { workspace, attempts } = await workspaceIn(t, { keptAttempts: 0 });
  const program = new URL('../fixtures/hold-work-directory.ts', import.meta.url);
  const child = spawn(
    process.execPath,
    ['--import=tsx/esm', fileURLToPath(program), dirname(attempts), dataset.id],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  t.teardown(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  await workspace.create(dataset, { attempt: 1 });
  t.deepEqual((await fs.readdir(attempts)).sort(), ['1', '2']);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await workspace.create(dataset, { attempt: 1 });
  t.deepEqual((await fs.readdir(attempts)).sort(), ['2', '3']);
});
