import { readdirSync, readlinkSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { parseErrorMessage } from '../../src/sinks/error-message.ts';
import { parseLease } from '../../src/sinks/lease.ts';
import { parseManifest, type Manifest } from '../../src/sinks/manifest.ts';
import { digestFile } from '../../src/system/digest-file.ts';
import type { PipelineFolders } from './run-pipeline.ts';

/** What a run left, seen from outside: names and bodies of messages, folders of datasets. */
interface Trees {
  /** State to ids. */
  readonly messages: Readonly<Record<string, readonly string[]>>;
  /** Paths of the folders of datasets. */
  readonly datasets: readonly string[];
}

interface Check {
  readonly folders: PipelineFolders;
  readonly ids: readonly string[];
  /** What was done to the run, for messages of the test. */
  readonly label: string;
}

/**
 * I1 and I2, at any moment after `recover`, also while datasets are unfinished: what a `processed` message promises is there, and
 * everything that has a final name is whole.
 */
export async function assertWhole(t: ExecutionContext, { folders, label }: Check): Promise<void> {
  const { messages, datasets } = await treesOf(folders.output);
  for (const id of messages['dataset-processed'] ?? []) {
    t.true(
      datasets.some((path) => path.endsWith(`/${id}`)),
      `I1 after ${label}: \`${id}\` is processed and has no data`,
    );
  }
  for (const path of datasets) {
    for (const { name, size, sha256 } of promised(await manifestIn(path))) {
      const found = await digestFile(join(path, name), { fileSystem: fs }).catch(() => undefined);
      t.deepEqual(
        { size: found?.size, sha256: found?.sha256 },
        { size, sha256 },
        `I1, I2 after ${label}: ${path}/${name}`,
      );
    }
  }
  for (const [state, ids] of Object.entries(messages)) {
    for (const id of ids) {
      const body = await fs.readFile(join(folders.output, 'messages', state, id));
      t.true(isWholeMessage(state, body), `I2 after ${label}: ${state}/${id}: ${String(body)}`);
    }
  }
}

/** I3 and I5, after a run that ended by itself: every dataset is settled exactly once and nothing temporary or alive is left. */
export async function assertSettled(t: ExecutionContext, check: Check): Promise<void> {
  const { folders, ids, label } = check;
  await assertWhole(t, check);
  const { messages } = await treesOf(folders.output);
  for (const id of ids) {
    const states = Object.keys(messages).filter((state) => messages[state]?.includes(id));
    t.is(states.length, 1, `I3 after ${label}: \`${id}\` has ${states.join(' and ')}`);
    t.true(['dataset-processed', 'dataset-error'].includes(states[0] ?? ''), `I3: ${label}`);
  }
  await assertNothingLeft(t, check);
}

/** I5: no temporary in the output, nothing half removed in the work folder, no process that works there. */
export async function assertNothingLeft(
  t: ExecutionContext,
  { folders, label }: Pick<Check, 'folders' | 'label'>,
): Promise<void> {
  const left = (await namesIn(folders.output)).filter((name) =>
    /\.caldp-(?:tmp\/|old|lock)/.test(name),
  );
  t.deepEqual(left, [], `I5 after ${label}: temporaries`);
  const removing = (await namesIn(folders.work)).filter((name) => name.includes('.removing-'));
  t.deepEqual(removing, [], `I5 after ${label}: half removed work directories`);
  t.deepEqual(processesIn(folders.work), [], `I5 after ${label}: processes`);
}

/**
 * The output as text, for I4: every file with its digest. Left out is what tells of one attempt and not of its products: times,
 * attempt number, CPU time and memory.
 */
export async function outputOf(folder: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    if (!(await fs.stat(path)).isFile()) continue;
    if (name.endsWith('logs/manifest.json')) {
      lines.push(
        `${name} ${JSON.stringify(withoutVolatile(await manifestIn(join(path, '../..'))))}`,
      );
    } else if (name.endsWith('_metrics.txt')) lines.push(name);
    else lines.push(`${name} ${(await digestFile(path, { fileSystem: fs })).sha256}`);
  }
  return lines.sort();
}

function withoutVolatile(manifest: Manifest): unknown {
  const logs = manifest.logs.filter(({ name }) => !name.endsWith('_metrics.txt'));
  return { ...manifest, logs, attempt: 0, started: '', finished: '' };
}

const promised = ({ outputs, logs }: Manifest): Manifest['outputs'] => [...outputs, ...logs];

async function manifestIn(dataset: string): Promise<Manifest> {
  const path = join(dataset, 'logs/manifest.json');
  return parseManifest(await fs.readFile(path, 'utf8'), { origin: path });
}

function isWholeMessage(state: string, body: Buffer): boolean {
  switch (state) {
    case 'dataset-processing':
      return parseLease(body).status === 'ok';
    case 'dataset-error':
      return parseErrorMessage(body).status === 'ok';
    default:
      return body.length === 0;
  }
}

async function treesOf(output: string): Promise<Trees> {
  const messages: Record<string, readonly string[]> = {};
  for (const state of await visible(join(output, 'messages'))) {
    if (state === 'dataset-takeover') continue;
    messages[state] = await visible(join(output, 'messages', state));
  }
  const datasets: string[] = [];
  for (const instrument of await visible(join(output, 'data'))) {
    const folder = join(output, 'data', instrument);
    datasets.push(...(await visible(folder)).map((id) => join(folder, id)));
  }
  return { messages, datasets };
}

async function visible(folder: string): Promise<readonly string[]> {
  const names = await fs.readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.')).sort();
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return fs.readdir(folder, { recursive: true }).catch(() => []);
}

/** Processes whose working folder lies below `folder`, dead ones apart; none where there is no `/proc`. */
function processesIn(folder: string): readonly string[] {
  const pids = namesOfProc().filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      // ENOENT, EACCES: it ended meanwhile, or is another user's.
      return false;
    }
  });
}

function namesOfProc(): readonly string[] {
  try {
    return readdirSync('/proc');
  } catch {
    // ENOENT: a system without /proc.
    return [];
  }
}
