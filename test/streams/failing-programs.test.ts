import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { hstcalCalibrator } from '../../src/calibrators/hstcal.ts';
import { parseErrorMessage } from '../../src/sinks/error-message.ts';
import type { ToolOptions } from '../../src/streams/create-tools.ts';
import type { Outcome } from '../../src/streams/events.ts';
import { crashFolders } from '../helpers/crash-run.ts';
import { fixtureProgram } from '../helpers/fixture-program.ts';
import { assertNothingLeft, assertSettled } from '../helpers/invariants.ts';
import { pipelineTools, runPipeline, type PipelineFolders } from '../helpers/run-pipeline.ts';

const bad = 'j8zz02a1q';
const good = 'j8zz02a2q';
const ids = [bad, good];

/** A `calacs.e` that is one fixture for the bad dataset and copies raws for every other. */
async function calibratorWith(folders: PipelineFolders, fixture: string) {
  const bin = `${folders.programs}-two`;
  const path = join(bin, 'calacs.e');
  await mkdir(bin);
  await writeFile(
    path,
    `#!/bin/bash
[[ "$*" == *${bad}* ]] && exec ${fixtureProgram(fixture)} "$@"
exec ${fixtureProgram('copies-raws')} "$@"
`,
  );
  await chmod(path, 0o755);
  const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
  return hstcalCalibrator({ environment, grace: 200, patience: 0 });
}

async function runBoth(
  t: ExecutionContext,
  fixture: string,
  options: Partial<ToolOptions> = {},
): Promise<{ readonly folders: PipelineFolders; readonly outcome: Outcome }> {
  const folders = await crashFolders(t, ids);
  const calibrator = await calibratorWith(folders, fixture);
  const outcomes = await runPipeline(ids, await pipelineTools(folders, { ...options, calibrator }));
  await assertSettled(t, { folders, ids, label: fixture });
  await assertNothingLeft(t, { folders, label: fixture });
  const about = (id: string) =>
    outcomes.find((outcome) => 'dataset' in outcome && outcome.dataset.id === id);
  t.is(about(good)?.status, 'published', 'the other dataset is not affected');
  const outcome = about(bad);
  if (outcome === undefined) throw new Error('expected an outcome');
  return { folders, outcome };
}

interface Expected {
  readonly code: string;
  readonly exitCode: number;
  readonly says: RegExp;
}

const fails = test.macro(
  async (
    t: ExecutionContext,
    fixture: string,
    { code, exitCode, says }: Expected,
    options: Partial<ToolOptions> = {},
  ) => {
    const { folders, outcome } = await runBoth(t, fixture, options);
    if (outcome.status !== 'failed') return t.fail(`expected a failure, got ${outcome.status}`);
    t.like(outcome.error, { code, exitCode });
    t.regex(outcome.error.message, says);
    const body = await readFile(join(folders.output, 'messages/dataset-error', bad));
    const told = parseErrorMessage(body);
    if (told.status !== 'ok') return t.fail(told.problem);
    const { message, advice } = outcome.error;
    t.like(told.record, { stage: 'calibrate', code, exitCode, message, advice, attempt: 1 });
    const kept = await readdir(join(folders.work, bad, '1/files'));
    t.true(kept.includes(`${bad}_raw.fits`), 'the work directory is kept');
    const logs = await readdir(join(folders.work, bad, '1/logs'));
    t.deepEqual(logs, ['process.txt', 'process_metrics.txt']);
    const owner = await readFile(join(folders.work, bad, '1/owner.json'), 'utf8');
    t.regex(owner, /"state": "kept"/);
  },
);

test('a program that ends with 0 and makes nothing', fails, 'ends-without-products', {
  code: 'PRODUCT_MISSING',
  exitCode: 23,
  says: /did not make/,
});
test('a program that ends with 65', fails, 'ends-with-65', {
  code: 'PROGRAM_FAILED',
  exitCode: 23,
  says: /ended with status 65/,
});
test('a program that ends with 40', fails, 'ends-with-40', {
  code: 'PROGRAM_FAILED',
  exitCode: 23,
  says: /ended with status 40/,
});
test(
  'a program that ignores TERM',
  fails,
  'ignores-term',
  { code: 'PROGRAM_TIMED_OUT', exitCode: 23, says: /ran longer than 1 s/ },
  { deadline: 1000 },
);
test('a program that forks and ends', fails, 'forks-and-ends', {
  code: 'PRODUCT_MISSING',
  exitCode: 23,
  says: /did not make/,
});
test('a program that leaves its group and ends', fails, 'leaves-its-group', {
  code: 'PRODUCT_MISSING',
  exitCode: 23,
  says: /did not make/,
});
test('a program that is killed by SIGKILL', fails, 'is-killed', {
  code: 'MEMORY_SHORT',
  exitCode: 33,
  says: /was ended by SIGKILL/,
});
test('a program that ends with 1 after a MemoryError', fails, 'lacks-memory', {
  code: 'MEMORY_SHORT',
  exitCode: 31,
  says: /ended with status 1/,
});
test('a program that tells its trouble on standard error', fails, 'writes-to-stderr-only', {
  code: 'PROGRAM_FAILED',
  exitCode: 23,
  says: /something is wrong/,
});
test('a program whose product the disk cuts off', fails, 'fills-the-disk', {
  code: 'PRODUCT_DAMAGED',
  exitCode: 23,
  says: /is not a whole FITS file/,
});

test.serial(
  'a program that prints 200 MB fails by its status and costs us no memory',
  async (t) => {
    const before = process.resourceUsage().maxRSS;
    const { outcome } = await runBoth(t, 'prints-200-mb');
    t.true(outcome.status === 'failed' && outcome.error.message.includes('the last line'));
    const grown = (process.resourceUsage().maxRSS - before) / 1024;
    t.log(`${grown.toFixed(0)} MiB more`);
    t.true(grown < 100);
  },
);

test('a program that changes its input is published with a warning, and the source stays as it was', async (t) => {
  const folders = await crashFolders(t, ids);
  const raw = join(folders.raw, `${bad}_raw.fits`);
  const before = await readFile(raw);
  const calibrator = await calibratorWith(folders, 'changes-its-input');
  const outcomes = await runPipeline(ids, await pipelineTools(folders, { calibrator }));
  const outcome = outcomes.find((o) => 'dataset' in o && o.dataset.id === bad);
  if (outcome?.status !== 'published') return t.fail(outcome?.status);
  t.true(outcome.warnings.some(({ code }) => code === 'INPUT_CHANGED'));
  t.true(before.equals(await readFile(raw)));
  await assertSettled(t, { folders, ids, label: 'a changed input' });
});
