import type { ExecutionContext, TestFn } from 'ava';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import type { DatasetSource } from '../../src/sources/dataset-source.ts';
import { SourceReader } from '../helpers/source-reader.ts';
import { until } from '../helpers/until.ts';

/** A source under test and the means to change what it draws from. */
export interface TestedSource {
  readonly source: DatasetSource;
  /** Adds datasets, whole. */
  readonly add: (ids: readonly string[]) => Promise<void>;
  /** Adds something that looks like a dataset of this name and names none. */
  readonly addRefused: (name: string) => Promise<void>;
  /** Only where the source sees changes. */
  readonly change?: (id: string) => Promise<void>;
  readonly remove?: (id: string) => Promise<void>;
  /** Only where the source recovers: breaks what it draws from, and mends it. */
  readonly breakIt?: () => Promise<void>;
  readonly mendIt?: () => Promise<void>;
}

/** What a kind of source declares about itself. */
export interface SourceTraits {
  /** For test titles: `list`, `watch by events`. */
  readonly name: string;
  readonly make: (t: ExecutionContext) => Promise<TestedSource>;
  /** Whether it is done when all is given out, or goes on for ever. */
  readonly ends: boolean;
  /** How many datasets are many: 10,000 where they cost nothing. */
  readonly many: number;
}

type Body = (t: ExecutionContext, tested: TestedSource) => Promise<void>;

/** The promises of `DatasetSource`, as tests. */
export function sourceContract(test: TestFn, traits: SourceTraits): void {
  const check = (title: string, body: Body): void => {
    test(`${traits.name}: ${title}`, async (t) => {
      await body(t, await traits.make(t));
    });
  };
  check('what is there at the start is given out, each dataset once', async (t, tested) => {
    await tested.add(['j8zz02a1q', 'j8zz02a2q', 'j8zz02a3q']);
    const reader = new SourceReader(t, tested.source);
    await reader.requests(3);
    t.deepEqual([...reader.ids].sort(), ['j8zz02a1q', 'j8zz02a2q', 'j8zz02a3q']);
    await reader.isQuiet();
  });

  check('many datasets are given out, each once', async (t, tested) => {
    const ids = manyIds(traits.many);
    await tested.add(ids);
    const reader = new SourceReader(t, tested.source);
    await reader.requests(ids.length, { within: 90_000 });
    t.deepEqual([...reader.ids].sort(), ids);
  });

  check('what names no dataset is rejected and stops nothing', async (t, tested) => {
    await tested.addRefused('u2g30101t');
    await tested.add(['j8zz02a1q']);
    const reader = new SourceReader(t, tested.source);
    await until(() => reader.items.length >= 2);
    const rejected = reader.items.find(({ status }) => status === 'rejected');
    t.true(rejected?.status === 'rejected' && rejected.error.code === 'NAME_INVALID');
    t.deepEqual(reader.ids, ['j8zz02a1q']);
  });

  check('an aborted question ends and leaves nothing running', async (t, tested) => {
    const reader = new SourceReader(t, tested.source);
    reader.stop();
    await reader.ended;
    t.deepEqual(reader.ids, []);
  });

  if (traits.ends) return;
  check('a late dataset is given out', async (t, tested) => {
    const reader = new SourceReader(t, tested.source);
    await tested.add(['j8zz02a1q']);
    await reader.requests(1);
    await tested.add(['j8zz02a2q']);
    await reader.requests(2);
    t.deepEqual(reader.ids, ['j8zz02a1q', 'j8zz02a2q']);
  });

  check(
    'a changed dataset is given out again, after the first one is settled',
    async (t, tested) => {
      await tested.add(['j8zz02a1q']);
      const reader = new SourceReader(t, tested.source, { settles: false });
      await reader.requests(1);
      await tested.change?.('j8zz02a1q');
      await reader.isQuiet();
      reader.settleAll();
      await reader.requests(2);
      t.deepEqual(reader.ids, ['j8zz02a1q', 'j8zz02a1q']);
    },
  );

  check('a dataset may go away, before or after it was given out', async (t, tested) => {
    await tested.add(['j8zz02a1q', 'j8zz02a2q']);
    await tested.remove?.('j8zz02a2q');
    const reader = new SourceReader(t, tested.source);
    await reader.requests(1);
    await tested.remove?.('j8zz02a1q');
    await tested.add(['j8zz02a3q']);
    await reader.requests(2);
    t.deepEqual(reader.ids, ['j8zz02a1q', 'j8zz02a3q']);
  });

  check('a dataset that another process held is offered again', async (t, tested) => {
    t.timeout(60_000);
    await tested.add(['j8zz02a1q']);
    const reader = new SourceReader(t, tested.source, { settles: false });
    await reader.requests(1);
    const dataset = parseDatasetName('j8zz02a1q');
    const [origin, reason] = ['here', 'held by process 1'];
    tested.source.settled?.({ status: 'skipped', dataset, origin, because: 'held', reason });
    await reader.requests(2, { within: 40_000 });
    t.deepEqual(reader.ids, ['j8zz02a1q', 'j8zz02a1q']);
  });

  check('what is broken is waited for, and goes on when it is mended', async (t, tested) => {
    await tested.add(['j8zz02a1q']);
    const reader = new SourceReader(t, tested.source);
    await reader.requests(1);
    await tested.breakIt?.();
    await reader.isQuiet();
    await tested.mendIt?.();
    await tested.add(['j8zz02a2q']);
    await until(() => reader.ids.includes('j8zz02a2q'));
    t.pass();
  });
}

/** Distinct names of single exposures, sorted. */
export function manyIds(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `j8${index.toString(36).padStart(6, '0')}q`,
  ).sort();
}
