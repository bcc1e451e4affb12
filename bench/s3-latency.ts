/**
 * How long it takes from the last byte of a dataset in a bucket to its admission, in scan intervals.
 *
 *     npx tsx bench/s3-latency.ts [datasets, default 20] [interval in ms, default 2000]
 *
 * Exposures wait for `quiet`, here the interval as in the defaults; tarballs for half of it; messages for nothing.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { firstValueFrom, from } from 'rxjs';
import { s3Listing } from '../src/sources/s3-listing.ts';
import { putObject } from '../src/stores/s3/put-object.ts';
import { manyIds } from '../test/contract/source.ts';
import { newBucket } from '../test/helpers/bucket.ts';
import { startGateway } from '../test/helpers/gateway.ts';
import { tinyFits } from '../test/helpers/tiny-fits.ts';

const [count = 20, interval = 2000] = process.argv.slice(2).map(Number);
const gateway = await startGateway();
try {
  const bucket = await newBucket(gateway, { role: 'input' });
  const source = s3Listing(bucket, { interval, quiet: interval });
  const { signal } = new AbortController();
  const put = new Map<string, number>();
  const admitted = new Map<string, number>();
  const raw = tinyFits({ INSTRUME: "'ACS     '", ASN_ID: "'NONE    '" });
  const kinds = ['exposure', 'tarball', 'message'] as const;
  const ids = manyIds(count * kinds.length);
  const kindOf = (id: string) => kinds[ids.indexOf(id) % kinds.length] ?? 'exposure';
  const writing = (async () => {
    for (const id of ids) {
      await delay(Math.random() * interval * 0.4);
      const name = {
        exposure: `${id}_raw.fits`,
        tarball: `${id}.tar.gz`,
        message: `messages/dataset-submitted/${id}`,
      }[kindOf(id)];
      await putObject(bucket, name, { body: raw });
      put.set(id, performance.now());
    }
  })();
  while (admitted.size < ids.length) {
    const item = await firstValueFrom(from(source.next({ signal })));
    if (item.status !== 'requested') continue;
    const { dataset, origin } = item;
    admitted.set(dataset.id, performance.now());
    const reason = 'measured';
    source.settled?.({ status: 'skipped', dataset, origin, because: 'finished', reason });
  }
  await writing;
  console.log('| | median intervals | longest |\n| --- | --- | --- |');
  for (const kind of kinds) {
    const waits = ids
      .filter((id) => kindOf(id) === kind)
      .map((id) => ((admitted.get(id) ?? NaN) - (put.get(id) ?? NaN)) / interval)
      .sort((a, b) => a - b);
    const median = waits[Math.floor(waits.length / 2)] ?? NaN;
    console.log(`| ${kind} | ${median.toFixed(2)} | ${(waits.at(-1) ?? NaN).toFixed(2)} |`);
  }
} finally {
  await gateway.stop();
}
