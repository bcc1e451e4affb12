import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import test from 'ava';
import fc from 'fast-check';
import { firstValueFrom, from } from 'rxjs';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { datasetArguments, datasetFile, datasetStream } from '../../src/sources/dataset-list.ts';
import type { DatasetSource, SourceItem } from '../../src/sources/dataset-source.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

async function everything(source: DatasetSource): Promise<readonly SourceItem[]> {
  const items: SourceItem[] = [];
  for (;;) {
    const item = await firstValueFrom(from(source.next({ signal: new AbortController().signal })));
    if (item.status === 'done') return items;
    items.push(item);
  }
}

const listed = (text: string | Buffer): DatasetSource =>
  datasetStream('ids.txt', Readable.from([Buffer.from(text)], { objectMode: false }));

const told = (items: readonly SourceItem[]): readonly string[] =>
  items.map((item) =>
    item.status === 'rejected'
      ? `rejected ${item.text} (${item.origin})`
      : 'dataset' in item
        ? `${item.status} ${item.dataset.id} (${item.origin})`
        : item.status,
  );

test('comments, blank lines, carriage returns and a byte order mark are no names', async (t) => {
  const items = await everything(
    listed('\uFEFF# reprocess\r\nJ8CB010B0  # deep field\r\n\r\n  \njbz504010'),
  );
  t.deepEqual(told(items), [
    'requested j8cb010b0 (ids.txt line 2)',
    'requested jbz504010 (ids.txt line 5)',
  ]);
});

test('a bad line is reported with its number and the rest runs', async (t) => {
  const items = await everything(listed('j8cb010b0\nnot a name\njbz504010\n'));
  t.deepEqual(told(items), [
    'requested j8cb010b0 (ids.txt line 1)',
    'rejected not a name (ids.txt line 2)',
    'requested jbz504010 (ids.txt line 3)',
  ]);
  const [, bad] = items;
  t.true(bad?.status === 'rejected' && bad.error.exitCode === 2);
  t.true(bad?.status === 'rejected' && bad.error.message.includes('ids.txt line 2'));
});

test('a dataset named twice is asked for once, and the repetition is said', async (t) => {
  const items = await everything(datasetArguments(['j8cb010b0', 'jbz504010', 'J8CB010B0']));
  t.deepEqual(told(items).slice(2), ['skipped j8cb010b0 (argument 3)']);
  const [, , repeated] = items;
  t.true(repeated?.status === 'skipped' && repeated.reason.includes('argument 1'));
});

test('a list without a name is refused', async (t) => {
  const [only] = await everything(listed('# nothing today\n\n'));
  t.true(only?.status === 'rejected' && only.error.code === 'LIST_EMPTY');
});

test('a list that is not there is an error of the source', async (t) => {
  const path = join(await temporaryFolder(t), 'absent.txt');
  const error = await t.throwsAsync(everything(datasetFile(path)), { instanceOf: CaldpError });
  t.is(error.code, 'LIST_UNREADABLE');
  t.is(error.exitCode, 2);
});

test('a folder given as a list is an error of the source', async (t) => {
  const error = await t.throwsAsync(everything(datasetFile(await temporaryFolder(t))), {
    instanceOf: CaldpError,
  });
  t.is(error.code, 'LIST_UNREADABLE');
});

test('a line of ten megabytes is one bad line and the next one is read', async (t) => {
  const path = join(await temporaryFolder(t), 'ids.txt');
  await writeFile(path, `${'x'.repeat(10_000_000)}\nj8cb010b0\n`);
  const items = await everything(datasetFile(path));
  t.is(items.length, 2);
  t.true(items[0]?.status === 'rejected' && items[0].text.length <= 80);
  t.true(items[1]?.status === 'requested');
});

test('characters cut between two chunks stay whole', async (t) => {
  const bytes = Buffer.from('jbz504010 # Größe\nj8cb010b0');
  const source = datasetStream(
    'ids.txt',
    Readable.from([bytes.subarray(0, 15), bytes.subarray(15)], { objectMode: false }),
  );
  t.is((await everything(source)).length, 2);
});

test('any bytes give items or nothing, never an exception', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const items = await everything(listed(Buffer.from(bytes)));
      return items.every((item) => ['requested', 'rejected', 'skipped'].includes(item.status));
    }),
  );
  t.pass();
});
