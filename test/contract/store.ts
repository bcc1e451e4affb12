import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext, TestFn } from 'ava';
import fc from 'fast-check';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import type { FileDigest } from '../../src/ports/file-digest.ts';
import type { Store } from '../../src/stores/store.ts';
import { sourceFile } from '../helpers/source-file.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** What a kind of store declares about itself. */
export interface StoreTraits {
  /** For test titles: `file store`. */
  readonly name: string;
  /** A new, empty store; removed when the test ends. */
  readonly make: (t: ExecutionContext) => Promise<Store>;
  /** A second view of the same store, as another process has it. */
  readonly again: (store: Store) => Promise<Store>;
  /** Whether a key below an object is refused (`a` and `a/b`): directories do, buckets cannot tell. */
  readonly refusesKeyBelowObject: boolean;
  /** Whether no reader sees a folder with files of two versions while it is replaced. */
  readonly swapsFoldersAtOnce: boolean;
  /** Milliseconds that trying random keys may take; default 3 seconds. More for a store that is made to fail. */
  readonly timeForKeys?: number;
}

type Body = (t: ExecutionContext, store: Store) => Promise<void>;

const fiveMiB = 5 * 1024 * 1024;

/** The promises of `Store`, as tests. */
export function storeContract(test: TestFn, traits: StoreTraits): void {
  const check = (title: string, body: Body): void => {
    test(`${traits.name}: ${title}`, async (t) => {
      await body(t, await traits.make(t));
    });
  };
  objects(check, traits);
  files(check);
  folders(check, traits);
  listing(check);
  keys(check, traits);
}

type Check = (title: string, body: Body) => void;

function objects(check: Check, traits: StoreTraits): void {
  check('what is not there reads as undefined', async (t, store) => {
    t.is(await store.read('messages/none'), undefined);
    t.is(await store.stat('messages/none'), undefined);
    await store.remove('messages/none');
    t.deepEqual(await keysOf(store, ''), []);
    t.deepEqual(await keysOf(store, 'messages'), []);
  });

  check('an object reads as it was written, an empty one too', async (t, store) => {
    for (const body of ['', 'x', randomBytes(70_000)]) {
      await store.write('a/b', body);
      t.deepEqual(Buffer.from((await store.read('a/b')) ?? '?'), Buffer.from(body));
      t.is((await store.stat('a/b'))?.size, Buffer.from(body).length);
    }
  });

  check('a folder is no object', async (t, store) => {
    await store.write('a/b', 'x');
    t.is(await store.read('a'), undefined);
    t.is(await store.stat('a'), undefined);
  });

  check('an object of which the time is asked was modified just now', async (t, store) => {
    await store.write('a', 'x');
    const entry = await store.stat('a');
    t.true(Math.abs((entry?.modified.getTime() ?? 0) - Date.now()) < 60_000);
  });

  check('create puts an object only where there is none', async (t, store) => {
    t.true(await store.create('a/b', 'first'));
    t.false(await store.create('a/b', 'second'));
    t.is(await text(store, 'a/b'), 'first');
    await store.remove('a/b');
    t.true(await store.create('a/b', 'third'));
  });

  check('of many that create the same object at once, one succeeds', async (t, store) => {
    const others = [store, await traits.again(store), await traits.again(store)];
    const takers = Array.from({ length: 24 }, (_, index) => ({ body: `taker ${index}`, index }));
    const answers = await Promise.all(
      takers.map(({ body, index }) => (others[index % 3] ?? store).create('a/b', body)),
    );
    t.is(answers.filter(Boolean).length, 1);
    t.is(await text(store, 'a/b'), `taker ${answers.indexOf(true)}`);
  });

  check('of many that write the same object at once, one is there whole', async (t, store) => {
    const bodies = Array.from({ length: 12 }, (_, index) => `${index}`.repeat(9_000));
    await Promise.all(bodies.map((body) => store.write('a/b', body)));
    t.true(bodies.includes((await text(store, 'a/b')) ?? ''));
    t.deepEqual(await keysOf(store, ''), ['a/b']);
  });

  check('an aborted call changes nothing', async (t, store) => {
    await store.write('a', 'old');
    const signal = AbortSignal.abort(new Error('stopped'));
    await t.throwsAsync(() => store.write('a', 'new', { signal }), { message: 'stopped' });
    await t.throwsAsync(() => store.create('b', 'new', { signal }), { message: 'stopped' });
    await t.throwsAsync(() => store.remove('a', { signal }), { message: 'stopped' });
    t.is(await text(store, 'a'), 'old');
    t.deepEqual(await keysOf(store, ''), ['a']);
  });

  if (traits.refusesKeyBelowObject) {
    check('a key below an object, or above one, is refused', async (t, store) => {
      await store.write('a/b', 'x');
      await refused(t, () => store.write('a/b/c', 'x'), 'KEY_CONFLICT');
      await refused(t, () => store.write('a', 'x'), 'KEY_CONFLICT');
      await refused(t, () => store.create('a', 'x'), 'KEY_CONFLICT');
      t.deepEqual(await keysOf(store, ''), ['a/b']);
    });
  }
}

function files(check: Check): void {
  for (const size of [0, 1, fiveMiB - 1, fiveMiB, fiveMiB + 1]) {
    check(`a file of ${size} bytes is stored as it is`, async (t, store) => {
      const body = randomBytes(size);
      const file = await sourceFile(await temporaryFolder(t), { name: 'f', body });
      await store.putFile('data/f', file);
      t.true(body.equals((await store.read('data/f')) ?? randomBytes(1)));
      await store.putFile('data/f', file);
      t.deepEqual(await keysOf(store, ''), ['data/f']);
    });
  }

  const wrong = {
    'a wrong digest': { sha256: '0'.repeat(64) },
    'fewer bytes than announced': { size: 7 },
    'more bytes than announced': { size: 5 },
  };
  for (const [what, change] of Object.entries(wrong)) {
    check(`a file with ${what} is refused and the former one stays`, async (t, store) => {
      const file = await sourceFile(await temporaryFolder(t), { name: 'f', body: 'newest' });
      await store.write('data/f', 'old');
      await refused(t, () => store.putFile('data/f', { ...file, ...change }), 'DIGEST_MISMATCH');
      await refused(t, () => store.putFile('data/g', { ...file, ...change }), 'DIGEST_MISMATCH');
      t.is(await text(store, 'data/f'), 'old');
      t.deepEqual(await keysOf(store, ''), ['data/f']);
    });
  }

  check('a large file that changed since its digest is refused', async (t, store) => {
    const file = await sourceFile(await temporaryFolder(t), {
      name: 'f',
      body: randomBytes(fiveMiB),
    });
    await writeFile(file.path, randomBytes(fiveMiB));
    await refused(t, () => store.putFile('data/f', file), 'DIGEST_MISMATCH');
    t.deepEqual(await keysOf(store, ''), []);
  });

  check('a file that is gone is named', async (t, store) => {
    const path = join(await temporaryFolder(t), 'gone.fits');
    const file = { name: 'f', path, size: 1, sha256: '0'.repeat(64) };
    const error = await refused(t, () => store.putFile('data/f', file), 'SOURCE_UNREADABLE');
    t.true(error.message.includes(path));
  });

  check('a file that is aborted half-way leaves the former one', async (t, store) => {
    const body = randomBytes(4 * fiveMiB);
    const file = await sourceFile(await temporaryFolder(t), { name: 'f', body });
    await store.write('data/f', 'old');
    const stop = new AbortController();
    const putting = store.putFile('data/f', file, { signal: stop.signal });
    setImmediate(() => {
      stop.abort(new Error('stopped'));
    });
    await t.throwsAsync(putting, { message: 'stopped' });
    t.is(await text(store, 'data/f'), 'old');
    t.deepEqual(await keysOf(store, ''), ['data/f']);
  });

  check('of many that put the same file at once, one is there whole', async (t, store) => {
    const folder = await temporaryFolder(t);
    const sources = await Promise.all(
      ['x', 'y', 'z'].map((name) => sourceFile(folder, { name, body: name.repeat(300_000) })),
    );
    await Promise.all(sources.map((file) => store.putFile('data/f', file)));
    const found = await text(store, 'data/f');
    t.is(found, found?.charAt(0).repeat(300_000));
  });
}

function folders(check: Check, traits: StoreTraits): void {
  check('the last file of a folder is made of the digests of the others', async (t, store) => {
    const folder = await temporaryFolder(t);
    const large = randomBytes(fiveMiB * 2 + 17);
    await writeFile(join(folder, 'large'), large);
    await writeFile(join(folder, 'small'), 'small');
    const files = ['large', 'small'].map((name) => ({ name, path: join(folder, name) }));
    let told: readonly FileDigest[] = [];
    await store.replaceFolder('data/id', files, {
      last: async (digests) => {
        told = digests;
        t.deepEqual(await keysOf(store, 'data'), []);
        return sourceFile(folder, { name: 'logs/manifest', body: 'manifest' });
      },
    });
    const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('hex');
    t.deepEqual(told, [
      { name: 'large', size: large.length, sha256: sha256(large) },
      { name: 'small', size: 5, sha256: sha256(Buffer.from('small')) },
    ]);
    t.deepEqual(await keysOf(store, 'data'), [
      'data/id/large',
      'data/id/logs/manifest',
      'data/id/small',
    ]);
    t.deepEqual(Buffer.from((await store.read('data/id/large')) ?? ''), large);
    const last = () => Promise.reject(new Error('No manifest.'));
    await t.throwsAsync(() => store.replaceFolder('data/id', files.slice(1), { last }));
    t.is((await keysOf(store, 'data')).length, 3);
  });

  check('a folder holds exactly what it was replaced with', async (t, store) => {
    const from = await temporaryFolder(t);
    const named = (name: string, body: string) => sourceFile(from, { name, body });
    await store.write('data/beside', 'x');
    await store.replaceFolder('data/id', [await named('a', '1'), await named('logs/b', '2')]);
    await store.replaceFolder('data/id', [
      await named('logs/b', '3'),
      await named('previews/c', '4'),
    ]);
    t.deepEqual(await keysOf(store, ''), ['data/beside', 'data/id/logs/b', 'data/id/previews/c']);
    t.is(await text(store, 'data/id/logs/b'), '3');
    await store.replaceFolder('data/id', []);
    t.deepEqual(await keysOf(store, ''), ['data/beside']);
  });

  check('a folder with a damaged file is refused and the former one stays', async (t, store) => {
    const from = await temporaryFolder(t);
    const good = await sourceFile(from, { name: 'a', body: 'new' });
    const bad = { ...(await sourceFile(from, { name: 'b', body: 'bad' })), sha256: '1'.repeat(64) };
    await store.write('data/id/a', 'old');
    await refused(t, () => store.replaceFolder('data/id', [good, bad]), 'DIGEST_MISMATCH');
    t.is(await text(store, 'data/id/a'), 'old');
    t.deepEqual(await keysOf(store, ''), ['data/id/a']);
  });

  check('a folder with ambiguous or escaping names is refused', async (t, store) => {
    const a = await sourceFile(await temporaryFolder(t), { name: 'a', body: 'x' });
    for (const names of [['a', 'a'], ['a', 'a/b'], ['../a'], ['/a'], ['']]) {
      const sources = names.map((name) => ({ ...a, name }));
      await refused(t, () => store.replaceFolder('data/id', sources), 'KEY_INVALID');
    }
    t.deepEqual(await keysOf(store, ''), []);
  });

  if (traits.swapsFoldersAtOnce) {
    check('of many that replace a folder at once, one is there whole', async (t, store) => {
      const from = await temporaryFolder(t);
      const other = await traits.again(store);
      const versions = await Promise.all(
        ['1', '2', '3', '4'].map(async (body) => [
          { ...(await sourceFile(from, { name: `${body}/a`, body })), name: 'a' },
          { ...(await sourceFile(from, { name: `${body}/b`, body })), name: 'b' },
        ]),
      );
      await Promise.all(
        versions.map((v, index) => (index % 2 === 0 ? store : other).replaceFolder('data/id', v)),
      );
      t.deepEqual(await keysOf(store, ''), ['data/id/a', 'data/id/b']);
      t.is(await text(store, 'data/id/a'), await text(store, 'data/id/b'));
    });
  }
}

function listing(check: Check): void {
  check(
    'a listing is in the order of keys and has what lies below the folder',
    async (t, store) => {
      const all = ['a-b', 'a.b', 'a/b', 'a/b.c', 'a/d/c', 'a0', 'ab/z', 'ab/é'];
      for (const key of [...all].reverse()) await store.write(key, key);
      t.deepEqual(await keysOf(store, ''), all);
      t.deepEqual(await keysOf(store, 'a'), ['a/b', 'a/b.c', 'a/d/c']);
      t.deepEqual(await keysOf(store, 'ab'), ['ab/z', 'ab/é']);
    },
  );

  check('a listing shows final names only while files are put', async (t, store) => {
    const folder = await temporaryFolder(t);
    const file = await sourceFile(folder, { name: 'f', body: randomBytes(2 * fiveMiB) });
    const putting = store.putFile('data/f', file);
    const progress = { done: false };
    void putting.finally(() => {
      progress.done = true;
    });
    while (!progress.done) t.true((await keysOf(store, '')).every((key) => key === 'data/f'));
    await putting;
    t.deepEqual(await keysOf(store, ''), ['data/f']);
  });

  check('an aborted listing stops', async (t, store) => {
    for (const key of ['a', 'b', 'c']) await store.write(key, key);
    const stop = new AbortController();
    await t.throwsAsync(
      async () => {
        for await (const { key } of store.list('', { signal: stop.signal })) {
          t.is(key, 'a');
          stop.abort(new Error('stopped'));
        }
      },
      { message: 'stopped' },
    );
  });
}

function keys(check: Check, { timeForKeys = 3_000 }: StoreTraits): void {
  const bad = ['', '/', '/a', 'a/', 'a//b', '.', '..', 'a/../b', '../a', 'a\\b', 'a\0b', 'a\nb'];
  check('keys that are no keys are refused everywhere', async (t, store) => {
    const file = await sourceFile(await temporaryFolder(t), { name: 'f', body: 'x' });
    for (const key of [...bad, 'x.caldp-tmp', '\ud800', 'n'.repeat(171)]) {
      await refused(t, () => store.read(key), 'KEY_INVALID');
      await refused(t, () => store.write(key, ''), 'KEY_INVALID');
      await refused(t, () => store.create(key, ''), 'KEY_INVALID');
      await refused(t, () => store.putFile(key, file), 'KEY_INVALID');
      await refused(t, () => store.replaceFolder(key, [file]), 'KEY_INVALID');
      await refused(t, () => store.stat(key), 'KEY_INVALID');
      await refused(t, () => store.remove(key), 'KEY_INVALID');
      if (key !== '') await refused(t, () => keysOf(store, key), 'KEY_INVALID');
    }
  });

  check('any key is stored under its own name or refused', async (t, store) => {
    const part = fc.oneof(
      fc.string({ minLength: 1, maxLength: 12 }),
      fc.constantFrom('..', '.', ''),
    );
    const key = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    await fc.assert(
      fc.asyncProperty(key, async (name) => {
        try {
          await store.write(name, name);
        } catch (error) {
          return error instanceof CaldpError && /^KEY_/.test(error.code);
        }
        const found =
          (await keysOf(store, '')).includes(name) && (await text(store, name)) === name;
        await store.remove(name);
        return found;
      }),
      { interruptAfterTimeLimit: timeForKeys, numRuns: 100 },
    );
    t.pass();
  });
}

/** All keys below a folder. */
export async function keysOf(store: Store, folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list(folder)) found.push(key);
  return found;
}

/** The text of an object, or undefined. */
export async function text(store: Store, key: string): Promise<string | undefined> {
  const body = await store.read(key);
  return body === undefined ? undefined : Buffer.from(body).toString();
}

async function refused(
  t: ExecutionContext,
  action: () => Promise<unknown>,
  code: string,
): Promise<CaldpError> {
  const error = await t.throwsAsync(action, { instanceOf: CaldpError });
  t.is(error.code, code);
  t.not(error.advice, '');
  return error;
}
