import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { S3Store } from '../../src/stores/s3-store.ts';
import { keysOf, storeContract } from '../contract/store.ts';
import { newBucket } from '../helpers/bucket.ts';
import { BucketStores } from '../helpers/bucket-stores.ts';
import { hasGateway, startGateway } from '../helpers/gateway.ts';
import { skip } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const gateway = hasGateway() ? await startGateway() : undefined;
test.after.always(() => gateway?.stop());

if (gateway === undefined) {
  test('a bucket is a store', (t) => {
    skip(t, '`radosgw`, `ceph-mon`, `ceph-osd` or `ceph` is not on PATH');
  });
} else {
  const stores = new BucketStores();
  storeContract(test, {
    name: 's3 store',
    make: async () => stores.on(await newBucket(gateway, { prefix: 'some/archive' })),
    again: (store) => stores.again(store),
    refusesKeyBelowObject: false,
    swapsFoldersAtOnce: false,
  });

  test('a large file that changes between its two readings is refused by the service', async (t) => {
    const bucket = await newBucket(gateway, { tries: 1 });
    const path = join(await temporaryFolder(t), 'large');
    await fs.writeFile(path, Buffer.alloc(11e6, 1));
    let opened = 0;
    const open: typeof fs.open = async (...args) => {
      opened += 1;
      if (opened === 2) await fs.writeFile(path, Buffer.alloc(11e6, 2));
      return fs.open(...args);
    };
    const store = new S3Store(bucket, { fileSystem: { ...fs, open }, clock: systemClock });
    const storing = () => store.replaceFolder('data/id', [{ name: 'large', path }]);
    const error = await t.throwsAsync(storing, { instanceOf: CaldpError });
    t.is(error.code, 'STORE_FAILED');
    t.regex(error.message, /XAmzContentSHA256Mismatch/);
    t.deepEqual(await keysOf(store, ''), []);
  });
}
