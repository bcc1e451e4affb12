import { createHash, randomInt } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { simulatedSetups, writeSimulatedImages } from '../simulated/simulated-exposure.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { parseManifest } from '../../src/sinks/manifest.ts';
import type { Bucket } from '../../src/stores/s3/bucket.ts';
import { putObject } from '../../src/stores/s3/put-object.ts';
import { S3Store } from '../../src/stores/s3-store.ts';
import { manyIds } from '../contract/source.ts';
import { keysOf, text } from '../contract/store.ts';
import { newBucket } from '../helpers/bucket.ts';
import { seededPlan, startFaultProxy, type FaultPlan } from '../helpers/fault-proxy.ts';
import { hasGateway, startGateway } from '../helpers/gateway.ts';
import { keptDaemon, type KeptDaemon, type SettledLine } from '../helpers/kept-daemon.ts';
import { skip } from '../helpers/needs.ts';
import { seededRandom } from '../helpers/seeded-random.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { until } from '../helpers/until.ts';

const gateway = hasGateway() ? await startGateway() : undefined;
test.after.always(() => gateway?.stop());

const count = Number(process.env['CALDP_TEST_ORACLE'] ?? 12);
const isLong = count > 50;
/** Each start looks at everything again, so that many would cost the square of the datasets. */
const most = isLong ? 12 : 3;
const patience = { deadline: 60_000 + 3_000 * count };

/** What is issued, and what was seen of it. */
interface Issue {
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

/** Issues datasets at random times; every 20th is damaged, so that it can only fail. */
async function issueAll(
  bucket: Bucket,
  options: { readonly raw: Buffer; readonly random: () => number },
): Promise<Issue> {
  const { raw, random } = options;
  const [good, bad]: [string[], string[]] = [[], []];
  for (const [index, id] of manyIds(count).entries()) {
    const isBad = index % 20 === 7;
    (isBad ? bad : good).push(id);
    await putObject(bucket, `drop/${id}_raw.fits`, { body: isBad ? raw.subarray(0, 9_000) : raw });
    await delay(random() * (isLong ? 120 : 60));
  }
  return { good, bad };
}

/** Stops one of the daemons at random times, in one of the ways in which processes stop, and starts it again. */
async function disturb(
  t: ExecutionContext,
  daemons: readonly KeptDaemon[],
  options: {
    readonly random: () => number;
    readonly isOver: () => boolean;
    readonly least: number;
  },
): Promise<readonly string[]> {
  const { random, isOver, least } = options;
  const done: string[] = [];
  while (done.length < (isOver() ? least : most)) {
    await delay((isLong ? 10_000 : 600) * (0.5 + random()));
    const which = random() < 0.5 ? 0 : 1;
    const signal = done.length % 2 === 0 ? 'SIGKILL' : 'SIGTERM';
    const daemon = daemons[which];
    const code = await daemon?.stop(signal);
    // 143: the grace period was over; 25, 26: refused at its start, just now.
    if (signal === 'SIGTERM') {
      t.true([0, 143, 25, 26].includes(code ?? -1), `SIGTERM: exit ${String(code)}`);
    }
    await daemon?.start();
    done.push(`${signal} of ${String(which + 1)}`);
  }
  return done;
}

async function isAtRest(daemon: KeptDaemon): Promise<boolean> {
  const { body } = await daemon.get('/metrics').catch(() => ({ body: '' }));
  const value = (name: string): number =>
    Number(new RegExp(`^${name.replace(/[{}]/g, '\\$&')} (.*)$`, 'm').exec(body)?.[1]);
  return (
    value('caldp_in_flight_datasets') === 0 &&
    value('caldp_source_entries{kind="held"}') === 0 &&
    value('caldp_source_entries{kind="failed"}') === 0
  );
}

async function messagesOf(store: S3Store): Promise<readonly (readonly [string, string])[]> {
  return (await keysOf(store, 'site/messages')).map((key) => {
    const [, , state = '', ...id] = key.split('/');
    return [state, id.join('/')] as const;
  });
}

async function assertData(
  t: ExecutionContext,
  { store, id }: { readonly store: S3Store; readonly id: string },
): Promise<void> {
  const place = `site/data/acs/${id}`;
  const body = (await text(store, `${place}/logs/manifest.json`)) ?? '';
  const { outputs, logs } = parseManifest(body, { origin: id });
  const wanted = [...outputs, ...logs].map(({ name }) => `${place}/${name}`);
  const found = await keysOf(store, place);
  t.deepEqual([...found], [...wanted, `${place}/logs/manifest.json`].sort(), id);
  for (const { name, sha256 } of [...outputs, ...logs]) {
    const bytes = (await store.read(`${place}/${name}`)) ?? '';
    t.is(createHash('sha256').update(bytes).digest('hex'), sha256, `${id} ${name}`);
  }
}

function faultsOf(seed: number): FaultPlan {
  const passing = ['reset-before', 'reset-after', 'cut-body', 'busy', 'stall-after'] as const;
  const rare = ['stall-before', 'stall-body', 'denied'] as const;
  const [often, seldom] = [
    seededPlan(seed, { rate: 0.01, faults: passing }),
    seededPlan(seed + 1, { rate: 0.002, faults: rare }),
  ];
  return (request) => often(request) ?? seldom(request);
}

test('two daemons that are killed, behind faults, do each dataset once', async (t) => {
  if (gateway === undefined) {
    skip(t, '`radosgw`, `ceph-mon`, `ceph-osd` or `ceph` is not on PATH');
    return;
  }
  t.timeout(3 * patience.deadline);
  const seed = Number(process.env['CALDP_TEST_SEED'] ?? randomInt(2 ** 31));
  t.log(`seed ${String(seed)}, ${String(count)} datasets`);
  const random = seededRandom(seed);
  const proxy = await startFaultProxy(gateway, faultsOf(seed));
  t.teardown(() => proxy.stop());
  const bucket = await newBucket(gateway);
  const store = new S3Store(bucket, { fileSystem: fs, clock: systemClock });
  const root = await temporaryFolder(t);
  writeSimulatedImages(root, { root: 'j8zz02a1q', setup: simulatedSetups.hrc });
  const raw = await fs.readFile(join(root, 'j8zz02a1q_raw.fits'));
  const { accessKeyId, secretAccessKey } = gateway.credentials;
  const uri = `s3://${bucket.name}`;
  const args = ['--source', `${uri}/drop`, '-o', `${uri}/site`, '--references', 'keep'];
  const quick = [
    '--interval',
    isLong ? '3s' : '0.5s',
    '--quiet',
    '0.1s',
    '--min-free',
    '0',
    '--preview-style',
    'none',
  ];
  const short = ['--lease', isLong ? '20s' : '5s', '--grace', '2s', '--jobs', '3'];
  const daemons = await Promise.all(
    [1, 2].map(() =>
      keptDaemon(t, {
        args: [...args, ...quick, ...short],
        environment: {
          AWS_ENDPOINT_URL_S3: proxy.endpoint,
          AWS_ACCESS_KEY_ID: accessKeyId,
          AWS_SECRET_ACCESS_KEY: secretAccessKey,
          CALDP_S3_STALL: isLong ? '4' : '1',
        },
      }),
    ),
  );
  await Promise.all(daemons.map((daemon) => daemon.start()));

  let settled = 0;
  const issuing = issueAll(bucket, { raw, random });
  const disturbing = disturb(t, daemons, {
    random,
    isOver: () => settled > count * 0.9,
    least: isLong ? 6 : 3,
  });
  t.teardown(() => {
    t.log(`${String(settled)} settled while they were disturbed`);
  });
  await until(async () => {
    const messages = await messagesOf(store);
    settled = messages.filter(([state]) => /processed|error/.test(state)).length;
    await delay(200);
    return settled > count * 0.9;
  }, patience);
  const { good, bad } = await issuing;
  const stops = await disturbing;
  proxy.plan(() => undefined);
  await until(async () => {
    await delay(200);
    const messages = await messagesOf(store);
    const ends = messages.filter(([state]) => state !== 'dataset-processing');
    const rest = await Promise.all(daemons.map(isAtRest));
    return ends.length === count && messages.length === count && rest.every(Boolean);
  }, patience);

  const began = performance.now();
  const fresh = 'j9zz99a1q';
  await putObject(bucket, `drop/${fresh}_raw.fits`, { body: raw });
  await until(async () =>
    (await messagesOf(store)).some(([state, id]) => state === 'dataset-processed' && id === fresh),
  );
  t.log(`a fresh dataset took ${((performance.now() - began) / 1000).toFixed(1)} s`);
  for (const daemon of daemons) t.is(await daemon.stop('SIGTERM'), 0);

  const messages = await messagesOf(store);
  t.deepEqual(messages.map(([, id]) => id).sort(), [...good, ...bad, fresh].sort());
  const inState = (wanted: string) =>
    messages.filter(([state]) => state === wanted).map(([, id]) => id);
  const [processed, failed] = [inState('dataset-processed'), inState('dataset-error')];
  t.deepEqual(
    messages.filter(([state]) => !/dataset-(processed|error)$/.test(state)),
    [],
  );
  t.true(
    bad.every((id) => failed.includes(id)),
    'damaged datasets fail',
  );
  const told = daemons.flatMap((daemon) => daemon.settled());
  const published = told.filter(({ status }) => status === 'published').map((line) => line.dataset);
  t.is(new Set(published).size, published.length, 'nothing was published twice');
  t.true(published.every((id) => processed.includes(id)));
  for (const id of processed) await assertData(t, { store, id });
  t.log(stops.join(', '));
  t.log(`${String(processed.length)} published, ${String(failed.length)} failed; ${tally(told)}`);
  t.log(`${String(proxy.requests.length)} requests, faults: ${JSON.stringify([...proxy.made])}`);
});

/** How often each kind of outcome was told. */
function tally(told: readonly SettledLine[]): string {
  const counts = new Map<string, number>();
  for (const { status, because, code } of told) {
    const what = [status, because, code].filter((word) => word !== undefined).join(' ');
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, times]) => `${what}: ${String(times)}`).join(', ');
}
