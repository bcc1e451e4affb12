import * as fs from 'node:fs/promises';
import test from 'ava';
import { systemClock } from '../../src/ports/clock.ts';
import type { Bucket } from '../../src/stores/s3/bucket.ts';
import { S3Store } from '../../src/stores/s3-store.ts';
import type { Store } from '../../src/stores/store.ts';
import { storeContract } from '../contract/store.ts';
import { newBucket } from '../helpers/bucket.ts';
import { hasGateway, startGateway } from '../helpers/gateway.ts';
import { skip } from '../helpers/needs.ts';

const gateway = hasGateway() ? await startGateway() : undefined;
test.after.always(() => gateway?.stop());

if (gateway === undefined) {
  test('a bucket is a store', (t) => {
    skip(t, '`radosgw`, `ceph-mon`, `ceph-osd` or `ceph` is not on PATH');
  });
} else {
  const buckets = new Map<unknown, Bucket>();
  const storeOn = (bucket: Bucket): Store => {
    const store = new S3Store(bucket, { fs, clock: systemClock });
    buckets.set(store, bucket);
    return store;
  };
  storeContract(test, {
    name: 's3 store',
    make: async () => storeOn(await newBucket(gateway, { prefix: 'some/archive' })),
    again: (store) => {
      const bucket = buckets.get(store);
      return bucket === undefined
        ? Promise.reject(new Error('no bucket'))
        : Promise.resolve(storeOn(bucket));
    },
    refusesKeyBelowObject: false,
    swapsFoldersAtOnce: false,
  });
}
