import { readdir, readFile } from 'node:fs/promises';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { lastValueFrom, of, toArray } from 'rxjs';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { acknowledge } from '../../src/operators/acknowledge.ts';
import { parseErrorMessage } from '../../src/sinks/error-message.ts';
import type { Claim } from '../../src/sinks/message-tree.ts';
import { StoreMessageTree } from '../../src/sinks/store-message-tree.ts';
import { treeLayout } from '../../src/sinks/tree-layout.ts';
import { FileStore } from '../../src/stores/file-store.ts';
import { thisProcess } from '../../src/system/process-identity.ts';
import type { Failed, Outcome, Published, Rejected, Settled } from '../../src/streams/events.ts';
import type { StepTools } from '../../src/streams/attempt.ts';
import { publishedOf } from '../helpers/events.ts';
import { eventually } from '../helpers/eventually.ts';
import { FailingFileSystem } from '../helpers/failing-file-system.ts';
import { stepTools } from '../helpers/step-tools.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { TestClock } from '../helpers/test-clock.ts';

const id = 'j8cb010b0';
const dataset = parseDatasetName(id);
const self = await thisProcess({ fileSystem: fs });
const quick = { retries: 0, firstDelay: 0, longestDelay: 0 };

interface World {
  readonly root: string;
  readonly failing: FailingFileSystem;
  readonly clock: TestClock;
  readonly tree: StoreMessageTree;
}

async function worldIn(t: ExecutionContext, ttl = 60_000): Promise<World> {
  const root = await temporaryFolder(t);
  const failing = new FailingFileSystem();
  const clock = new TestClock();
  const store = new FileStore(root, { fileSystem: failing.fileSystem, self });
  const tree = new StoreMessageTree(store, {
    layout: treeLayout,
    clock,
    self,
    fileSystem: fs,
    ttl,
  });
  return { root, failing, clock, tree };
}

async function claimIn({ tree }: World): Promise<Claim> {
  const answer = await tree.claim(dataset);
  if (answer.status === 'held') throw new Error('expected a claim');
  return answer.claim;
}

async function acknowledged(
  outcome: Published | Settled,
  tools: StepTools = { ...stepTools(), retry: quick },
): Promise<Outcome> {
  const outcomes = await lastValueFrom(of(outcome).pipe(acknowledge(tools), toArray()));
  const [only] = outcomes;
  if (only === undefined || outcomes.length !== 1) throw new Error('expected one outcome');
  return only;
}

/** The messages of the dataset: `processed`, `error`, `processing`. */
async function messagesIn({ root }: World): Promise<readonly string[]> {
  const states = await readdir(join(root, 'messages'));
  const found: string[] = [];
  for (const state of states.filter((name) => name !== 'dataset-takeover').sort()) {
    const names: readonly string[] = await readdir(join(root, 'messages', state));
    if (names.includes(id)) found.push(state.replace('dataset-', ''));
  }
  return found;
}

const failedAt = (stage: Failed['stage'], claim: Claim): Failed => ({
  status: 'failed',
  dataset,
  origin: 'argument 1',
  stage,
  claim,
  error: new CaldpError('calacs.e ended with status 2.', {
    code: 'PROGRAM_FAILED',
    advice: 'Read the log.',
    exit: 'STAGE1_ERROR',
  }),
});

test('a published dataset is told as processed', async (t) => {
  const world = await worldIn(t);
  const outcome = await acknowledged({ ...publishedOf(id), claim: await claimIn(world) });
  t.is(outcome.status, 'published');
  t.deepEqual(await messagesIn(world), ['processed']);
});

test('a work directory that cannot be removed is a warning, the dataset stays published', async (t) => {
  const world = await worldIn(t);
  const published = publishedOf(id);
  const remove = (): Promise<never> => Promise.reject(new Error('EBUSY: in use'));
  const work = { ...published.work, remove };
  const outcome = await acknowledged({ ...published, work, claim: await claimIn(world) });
  t.true(outcome.status === 'published' && outcome.warnings[0]?.code === 'WORK_LEFT');
  t.deepEqual(await messagesIn(world), ['processed']);
});

test('a failed dataset is told with stage, code, exit code and advice', async (t) => {
  const world = await worldIn(t);
  const outcome = await acknowledged(failedAt('calibrate', await claimIn(world)));
  t.is(outcome.status, 'failed');
  t.deepEqual(await messagesIn(world), ['error']);
  const body = await readFile(join(world.root, 'messages/dataset-error', id));
  const told = parseErrorMessage(body);
  if (told.status !== 'ok') return t.fail();
  t.like(told.record, {
    dataset: id,
    stage: 'calibrate',
    code: 'PROGRAM_FAILED',
    exitCode: 23,
    message: 'calacs.e ended with status 2.',
    advice: 'Read the log.',
    attempt: 1,
  });
});

test('a work directory that cannot be marked as kept does not hide the failure', async (t) => {
  const world = await worldIn(t);
  const keep = (): Promise<never> => Promise.reject(new Error('EROFS: read-only'));
  const failed = failedAt('calibrate', await claimIn(world));
  const outcome = await acknowledged({ ...failed, work: { ...publishedOf(id).work, keep } });
  t.true(outcome.status === 'failed' && outcome.error === failed.error);
  t.deepEqual(await messagesIn(world), ['error']);
});

test('a failure before work was begun leaves what was told before', async (t) => {
  const world = await worldIn(t);
  await acknowledged({ ...publishedOf(id), claim: await claimIn(world) });
  const outcome = await acknowledged(failedAt('skip-finished', await claimIn(world)));
  t.is(outcome.status, 'failed');
  t.deepEqual(await messagesIn(world), ['processed']);
});

test('an interrupted dataset is let go of and nothing is told', async (t) => {
  const world = await worldIn(t);
  const { origin } = publishedOf(id);
  const claim = await claimIn(world);
  await acknowledged({ status: 'interrupted', dataset, origin, stage: 'stage', claim });
  t.deepEqual(await messagesIn(world), []);
});

test('a skipped dataset is let go of and what was told before stays', async (t) => {
  const world = await worldIn(t);
  const { origin } = publishedOf(id);
  await acknowledged({ ...publishedOf(id), claim: await claimIn(world) });
  const claim = await claimIn(world);
  const skipped = { status: 'skipped', dataset, origin, because: 'finished', reason: '' } as const;
  await acknowledged({ ...skipped, claim });
  t.deepEqual(await messagesIn(world), ['processed']);
});

test('a dataset that somebody else holds is passed on and its lease stays', async (t) => {
  const world = await worldIn(t);
  await claimIn(world);
  const { origin } = publishedOf(id);
  const reason = 'held by process 4711';
  await acknowledged({ status: 'skipped', dataset, origin, because: 'held', reason });
  t.deepEqual(await messagesIn(world), ['processing']);
});

test('what names no dataset is passed on', async (t) => {
  const error = new CaldpError('No dataset.', { code: 'TEST', advice: 'None.' });
  const rejected: Rejected = { status: 'rejected', text: '?', origin: 'argument 1', error };
  t.is(await acknowledged(rejected), rejected);
});

test('an abort of the run does not keep the outcome from being told', async (t) => {
  const world = await worldIn(t);
  const tools = { ...stepTools(), retry: quick };
  tools.shutdown.abort();
  const outcome = await acknowledged({ ...publishedOf(id), claim: await claimIn(world) }, tools);
  t.is(outcome.status, 'published');
  t.deepEqual(await messagesIn(world), ['processed']);
});

test('who lost the claim tells nothing over the head of the new holder', async (t) => {
  const world = await worldIn(t);
  const first = await claimIn(world);
  world.clock.ahead = 120_000;
  await claimIn(world);
  const outcome = await acknowledged({ ...publishedOf(id), claim: first });
  t.true(outcome.status === 'failed' && outcome.error.code === 'CLAIM_LOST');
  t.deepEqual(await messagesIn(world), ['processing']);
  const again = await acknowledged(failedAt('calibrate', first));
  t.true(again.status === 'failed');
  t.deepEqual(await messagesIn(world), ['processing']);
});

test('where the failure cannot be told, the user learns first why the dataset failed', async (t) => {
  const world = await worldIn(t);
  const claim = await claimIn(world);
  world.failing.set({ nth: 1, code: 'ENOSPC', mode: 'on' });
  const outcome = await acknowledged(failedAt('calibrate', claim));
  if (outcome.status !== 'failed') return t.fail();
  t.is(outcome.stage, 'calibrate');
  t.is(outcome.error.exitCode, 23);
  t.is(outcome.error.code, 'PROGRAM_FAILED');
  t.regex(outcome.error.message, /^calacs\.e ended with status 2\. .*could not be written either/);
});

test('a dataset that could not be told is not held by heartbeats for ever', async (t) => {
  const world = await worldIn(t, 1000);
  const claim = await claimIn(world);
  world.failing.set({ nth: 1, code: 'EIO', mode: 'on' });
  const outcome = await acknowledged({ ...publishedOf(id), claim });
  t.true(outcome.status === 'failed' && outcome.stage === 'acknowledge');
  world.failing.set(undefined);
  // Heartbeats would keep the lease young for ever.
  await eventually(
    async () => ((await world.tree.claim(dataset)).status === 'claimed' ? true : undefined),
    { what: 'the lease to be free' },
  );
  t.deepEqual(await messagesIn(world), ['processing']);
});
