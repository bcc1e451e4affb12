import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { setTimeout as delay } from 'node:timers/promises';
import { fileInputs } from '../../src/inputs/file-inputs.ts';
import { parseErrorMessage } from '../../src/sinks/error-message.ts';
import { openFileStore } from '../../src/stores/open-file-store.ts';
import { createTools } from '../../src/streams/create-tools.ts';
import type { Outcome } from '../../src/streams/events.ts';
import { recover } from '../../src/streams/recover.ts';
import type { Tools } from '../../src/streams/tools.ts';
import { copyingCalibrator } from '../helpers/copying-calibrator.ts';
import { crashFolders } from '../helpers/crash-run.ts';
import { FailingFileSystem, type Fault } from '../helpers/failing-file-system.ts';
import { assertSettled, assertWhole, outputOf } from '../helpers/invariants.ts';
import { runPipeline, type PipelineFolders } from '../helpers/run-pipeline.ts';
import { TestClock } from '../helpers/test-clock.ts';

const id = 'j8zz02a1q';
const ids = [id];

const kinds: readonly Omit<Fault, 'nth'>[] = [
  { code: 'ENOSPC', mode: 'once' },
  { code: 'EIO', mode: 'on' },
  { code: 'EACCES', mode: 'once' },
  { code: 'ENOSPC', mode: 'on' },
  { code: 'EIO', mode: 'once' },
  { code: 'EACCES', mode: 'on' },
  { code: 'EIO', mode: 'after' },
];

/** The codes that a fault may come out with, by what the failing operation was for. */
const codes: Readonly<Record<Fault['code'], readonly string[]>> = {
  ENOSPC: ['STORE_FULL', 'DISK_FULL', 'SOURCE_UNREADABLE'],
  EIO: ['STORE_FAILED', 'FILE_SYSTEM_ERROR', 'SOURCE_UNREADABLE'],
  EACCES: ['STORE_DENIED', 'PERMISSION_DENIED', 'SOURCE_UNREADABLE'],
  ETIMEDOUT: [],
};

/** `CALDP_TEST_CRASHES=all` meets every operation with every kind; else each operation meets one, the next kind the next. */
const all = process.env['CALDP_TEST_CRASHES'] === 'all';

/** The faults of a loop; each kind ends with the first run that was over before it met the fault. */
function* faults(hasMet: () => boolean): Generator<Fault> {
  const offset = Math.floor(Math.random() * kinds.length);
  for (const [index, kind] of kinds.entries()) {
    for (let nth = 1; ; nth += 1) {
      if (!all && (nth + offset) % kinds.length !== index) continue;
      yield { ...kind, nth };
      if (!hasMet()) break;
    }
  }
}

interface Options {
  readonly fileSystem?: typeof fs;
  readonly ahead?: number;
  readonly force?: boolean;
}

async function toolsFor(folders: PipelineFolders, options: Options = {}): Promise<Tools> {
  const clock = new TestClock();
  clock.ahead = options.ahead ?? 0;
  const fileSystem = options.fileSystem ?? fs;
  return createTools({
    inputs: fileInputs(folders.raw, { fileSystem }),
    output: await openFileStore(folders.output, { fileSystem }),
    calibrator: copyingCalibrator,
    workRoot: folders.work,
    retry: { retries: 1, firstDelay: 0, longestDelay: 0 },
    force: options.force ?? false,
    fileSystem,
    clock,
  });
}

async function outcomeOf(tools: Tools, label: string): Promise<Outcome> {
  const late = new AbortController();
  const hung = delay(20_000, undefined, { signal: late.signal }).then(() => {
    throw new Error(`The run hangs after ${label}.`);
  });
  const outcomes = await Promise.race([runPipeline(ids, tools), hung]);
  late.abort();
  hung.catch(() => undefined);
  const [outcome] = outcomes;
  if (outcome === undefined || outcomes.length > 1) throw new Error(`Outcomes after ${label}?`);
  return outcome;
}

/** What the outcome says is what the trees say. */
async function assertHonest(
  t: ExecutionContext,
  outcome: Outcome,
  { output, fault }: { readonly output: string; readonly fault: Fault },
): Promise<void> {
  const label = JSON.stringify(fault);
  const processed = await read(join(output, 'messages/dataset-processed', id));
  const error = await read(join(output, 'messages/dataset-error', id));
  if (outcome.status === 'published') {
    t.true(processed !== undefined && error === undefined, `${label}: published and not told`);
    return;
  }
  if (outcome.status !== 'failed') throw new Error(`${label}: ${JSON.stringify(outcome)}`);
  const { code, message } = outcome.error;
  t.true(codes[fault.code].includes(code), `${label}: ${message}`);
  t.is(outcome.error.exitCode, 1);
  t.regex(outcome.error.advice, /\.$/);
  if (error === undefined) return;
  const told = parseErrorMessage(error);
  t.is(told.status === 'ok' && told.record.code, outcome.error.code, label);
}

const read = (path: string): Promise<Buffer | undefined> =>
  fs.readFile(path).catch(() => undefined);

const survives = test.macro(async (t: ExecutionContext, { force }: { force: boolean }) => {
  const source = await crashFolders(t, ids);
  await outcomeOf(await toolsFor(source), 'nothing');
  const wanted = await outputOf(source.output);
  let hasMet = false;
  let met = 0;
  for (const fault of faults(() => hasMet)) {
    const label = JSON.stringify(fault);
    const root = `${source.programs}-${String(met)}`;
    const folders = { ...source, output: join(root, 'output'), work: join(root, 'work') };
    if (force) await fs.cp(source.output, folders.output, { recursive: true });
    const failing = new FailingFileSystem();
    const tools = await toolsFor(folders, { fileSystem: failing.fileSystem as typeof fs, force });
    failing.set(fault);
    const outcome = await outcomeOf(tools, label);
    hasMet = failing.calls >= fault.nth;
    failing.set(undefined);
    // A lease that could not be removed is ours, and we live: it is free when its time is up.
    const next = await toolsFor(folders, { ahead: 10 * 60 * 1000 });
    await recover(folders.work, next);
    // Nor does anybody else touch temporaries of a process that lives; its own stores do.
    await recover(folders.work, tools);
    await assertWhole(t, { folders, ids, label });
    await assertHonest(t, outcome, { output: folders.output, fault });
    const after = await outcomeOf(next, label);
    t.true(['published', 'skipped'].includes(after.status), `${label}: ${after.status}`);
    await assertSettled(t, { folders, ids, label });
    t.deepEqual(await outputOf(folders.output), wanted, `I4 after ${label}`);
    await fs.rm(root, { recursive: true });
    if (hasMet) met += 1;
  }
  t.log(`${String(met)} faults`);
  t.true(met > 50);
});

test(
  'a first run with any one fault of a disk says what is so and the next run mends it',
  survives,
  {
    force: false,
  },
);
test(
  'a repeated run with any one fault of a disk says what is so and the next run mends it',
  survives,
  {
    force: true,
  },
);
