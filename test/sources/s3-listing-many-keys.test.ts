import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import test, { type ExecutionContext } from 'ava';
import { s3Listing } from '../../src/sources/s3-listing.ts';
import { reachBucket, type Bucket } from '../../src/stores/s3/bucket.ts';
import { SourceReader } from '../helpers/source-reader.ts';
import { tinyFits } from '../helpers/tiny-fits.ts';

/** A real service would need minutes to be filled; the whole million is for a run by hand. */
const keys = Number(process.env['CALDP_TEST_KEYS'] ?? 100_000);
const megabyte = 1024 * 1024;

/** One exposure in a hundred thousand keys has a raw file; the others have a support file only. */
function keyAt(index: number, suffix: string): string {
  const root = `j8${index.toString(36).padStart(6, '0')}q`;
  return `${root}_${index % (keys / 10) === 7 ? 'raw' : suffix}.fits`;
}

/** The place of the first key behind `after`, by halving. */
function placeBehind(after: string, suffix: string): number {
  let [low, high] = [0, keys];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyAt(middle, suffix) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

function page(query: URLSearchParams, suffix: string): string {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('start-after') ?? '';
  const begin = placeBehind(after > prefix ? after : prefix.slice(0, -1), suffix);
  const contents: string[] = [];
  let index = begin;
  for (; index < keys && contents.length < 1000; index += 1) {
    const key = keyAt(index, suffix);
    if (!key.startsWith(prefix)) {
      if (key > prefix) break;
      continue;
    }
    contents.push(
      `<Contents><Key>${key}</Key><LastModified>2020-01-01T00:00:00.000Z</LastModified><ETag>&quot;${index}&quot;</ETag><Size>2880</Size></Contents>`,
    );
  }
  const more = index < keys && keyAt(index, suffix).startsWith(prefix);
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${contents.join('')}</ListBucketResult>`;
}

/** A server that has `keys` objects and holds none: it speaks just what a listing needs. */
async function startEndlessBucket(t: ExecutionContext, suffix: string): Promise<Bucket> {
  const raw = tinyFits({ INSTRUME: "'ACS     '" });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://bucket');
    const isListing = url.searchParams.has('list-type');
    const body = isListing ? page(url.searchParams, suffix) : raw;
    response.setHeader('content-type', isListing ? 'application/xml' : 'image/fits');
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP port.');
  return reachBucket(
    { bucket: 'endless', prefix: '' },
    {
      environment: {},
      endpoint: `http://127.0.0.1:${address.port}`,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      role: 'input',
    },
  );
}

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return process.memoryUsage().heapUsed;
}

for (const [suffix, bytesPerKey] of [
  ['flt', 0],
  ['spt', 150],
] as const) {
  test.serial(
    `${keys} keys cost the memory of ${bytesPerKey === 0 ? 'a page' : 'a number for each root name'} (${suffix})`,
    async (t) => {
      t.timeout(600_000);
      const bucket = await startEndlessBucket(t, suffix);
      const before = heapInUse();
      const source = s3Listing(bucket, { quiet: 0, until: 'once' });
      const began = performance.now();
      const reader = new SourceReader(t, source);
      t.is(await reader.ended, undefined);
      const grown = heapInUse() - before;
      t.is(reader.ids.length, 10);
      t.true(grown < 12 * megabyte + keys * bytesPerKey, `${grown} bytes`);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      t.log(`${keys} keys in ${seconds} s; the heap grew by ${(grown / megabyte).toFixed(1)} MiB`);
      t.is(source.health().counts['roots'], bytesPerKey === 0 ? 10 : keys);
    },
  );
}
