import * as fs from 'node:fs/promises';
import { systemClock } from '../../src/ports/clock.ts';
import type { Bucket } from '../../src/stores/s3/bucket.ts';
import { S3Store } from '../../src/stores/s3-store.ts';
import type { Store } from '../../src/stores/store.ts';

/** Stores in buckets, which can be opened a second time as another process would. */
export class BucketStores {
  readonly #buckets = new Map<unknown, Bucket>();

  on(bucket: Bucket): Store {
    const store = new S3Store(bucket, { fileSystem: fs, clock: systemClock });
    this.#buckets.set(store, bucket);
    return store;
  }

  again(store: Store): Promise<Store> {
    const bucket = this.#buckets.get(store);
    return bucket === undefined
      ? Promise.reject(new Error('That store is not one of these tests.'))
      : Promise.resolve(this.on(bucket));
  }
}
