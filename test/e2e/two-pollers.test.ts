import { randomInt } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { lastValueFrom, toArray } from 'rxjs';
import { simulatedSetups, writeSimulatedImages } from '../simulated/simulated-exposure.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { parseManifest } from '../../src/sinks/manifest.ts';
import { s3Listing } from '../../src/sources/s3-listing.ts';
import { reachBucket } from '../../src/stores/s3/bucket.ts';
import { inParallel } from '../../src/stores/s3/in-parallel.ts';
import { listObjects } from '../../src/stores/s3/list-objects.ts';
import { putObject } from '../../src/stores/s3/put-object.ts';
import { digestFile } from '../../src/system/digest-file.ts';
import { S3Store } from '../../src/stores/s3-store.ts';
import { pipeline } from '../../src/streams/pipeline.ts';
import { manyIds } from '../contract/source.ts';
import { keysOf, text } from '../contract/store.ts';
import { gatewayOptions, newBucket } from '../helpers/bucket.ts';
import { seededPlan, startFaultProxy } from '../helpers/fault-proxy.ts';
import { hasGateway, startGateway } from '../helpers/gateway.ts';
import { skip } from '../helpers/needs.ts';
import { makeFolders, pipelineTools } from '../helpers/run-pipeline.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const gateway = hasGateway() ? await startGateway() : undefined;
test.after.always(() => gateway?.stop());

test('two that poll one bucket behind faults publish each dataset once', async (t) => {
  if (gateway === undefined) {
    skip(t, '`radosgw`, `ceph-mon`, `ceph-osd` or `ceph` is not on PATH');
    return;
  }
  const seed = Number(process.env['CALDP_TEST_SEED'] ?? randomInt(2 ** 31));
  t.log(`seed ${seed}`);
  const faults = ['reset-before', 'reset-after', 'cut-body', 'busy', 'stall-after'] as const;
  const proxy = await startFaultProxy(gateway, seededPlan(seed, { rate: 0.03, faults }));
  t.teardown(() => proxy.stop());
  const direct = await newBucket(gateway);
  const root = await temporaryFolder(t);
  writeSimulatedImages(root, { root: 'j8zz02a1q', setup: simulatedSetups.hrc });
  const raw = await fs.readFile(join(root, 'j8zz02a1q_raw.fits'));
  const ids = manyIds(Number(process.env['CALDP_TEST_DATASETS'] ?? 24));
  await inParallel(ids, (id) => putObject(direct, `drop/${id}_raw.fits`, { body: raw }));

  const poller = async (name: string) => {
    const folder = join(root, name);
    await fs.mkdir(folder);
    const reach = (prefix: string, role: 'input' | 'output') =>
      reachBucket(
        { bucket: direct.name, prefix },
        {
          ...gatewayOptions(gateway),
          endpoint: proxy.endpoint,
          timeouts: { stall: 1_500 },
          tries: 8,
          role,
        },
      );
    const source = s3Listing(reach('drop', 'input'), { interval: 200, quiet: 0, until: 'idle' });
    const output = new S3Store(reach('site', 'output'), { fileSystem: fs, clock: systemClock });
    const folders = await makeFolders(folder);
    const tools = await pipelineTools(folders, { inputs: source.inputs, output, jobs: 2 });
    return lastValueFrom(pipeline(source, tools).pipe(toArray()));
  };
  const outcomes = (await Promise.all([poller('one'), poller('two')])).flat();

  const published = outcomes.flatMap((outcome) =>
    outcome.status === 'published' ? [outcome.dataset.id] : [],
  );
  t.deepEqual([...published].sort(), ids);
  const failed = outcomes.filter(({ status }) => status === 'failed');
  t.deepEqual(failed, []);
  const store = new S3Store(direct, { fileSystem: fs, clock: systemClock });
  const messages = (await keysOf(store, 'site/messages')).map((key) => key.split('/').slice(2));
  t.deepEqual(
    messages,
    ids.map((id) => ['dataset-processed', id]),
  );
  for (const id of ids) {
    const place = `site/data/acs/${id}`;
    const manifest = parseManifest((await text(store, `${place}/logs/manifest.json`)) ?? '', {
      origin: id,
    });
    for (const { name, sha256 } of [...manifest.outputs, ...manifest.logs]) {
      const copy = join(root, 'copy');
      await fs.writeFile(copy, (await store.read(`${place}/${name}`)) ?? '');
      t.is((await digestFile(copy, { fileSystem: fs })).sha256, sha256, `${id} ${name}`);
    }
  }
  const uploads = listObjects(direct, { start: 'site/', signal: undefined });
  for await (const { key } of uploads) t.false(key.includes('takeover'), key);
  t.log(`${proxy.requests.length} requests, faults: ${JSON.stringify([...proxy.made])}`);
});
