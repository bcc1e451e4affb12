import test from 'ava';
import { concatMap, EMPTY, mergeMap, NEVER, of, tap, timer, map, type ObservableInput } from 'rxjs';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import type { DatasetSource, SourceItem } from '../../src/sources/dataset-source.ts';
import { admit, type AdmitTools } from '../../src/streams/admit.ts';
import type { DatasetRequest, Outcome, Settled } from '../../src/streams/events.ts';
import { Shutdown } from '../../src/streams/shutdown.ts';
import { Telemetry } from '../../src/streams/telemetry.ts';
import { marbles } from '../helpers/marbles.ts';

const request = (id: string): DatasetRequest => ({
  status: 'requested',
  dataset: parseDatasetName(id),
  origin: id,
});
const a = request('j8cb010a0');
const b = request('j8cb010b0');
const c = request('j8cb010c0');

/** A source of given answers that counts how often it was asked. */
function sourceOf(
  answers: readonly ObservableInput<SourceItem>[],
): DatasetSource & { asked: number } {
  return {
    name: 'the test',
    asked: 0,
    next() {
      this.asked += 1;
      return answers[this.asked - 1] ?? of({ status: 'done' } as const);
    },
  };
}

function toolsWith(maxInFlight: number): AdmitTools {
  return {
    maxInFlight,
    shutdown: new Shutdown(),
    telemetry: new Telemetry(),
    clock: { now: () => new Date(0) },
  };
}

const finish = (event: DatasetRequest | Settled): Outcome =>
  event.status === 'requested'
    ? { ...event, status: 'skipped', because: 'finished', reason: 'test' }
    : event;
const done = { a: finish(a), b: finish(b), c: finish(c) };

test('a source without datasets completes', (t) => {
  marbles(t, ({ expectObservable }) => {
    expectObservable(admit(sourceOf([]), toolsWith(2), map(finish))).toBe('|');
  });
});

test('a source that does not answer is waited for', (t) => {
  marbles(t, ({ expectObservable }) => {
    expectObservable(admit(sourceOf([NEVER]), toolsWith(2), map(finish)), '^---!').toBe('-----');
  });
});

test('no more than the limit are inside, and the source is asked only when there is a place', (t) => {
  const source = sourceOf([of(a), of(b), of(c)]);
  const asked: number[] = [];
  marbles(t, ({ expectObservable }) => {
    const flow = mergeMap((event: DatasetRequest | Settled) =>
      timer(5).pipe(
        map(() => finish(event)),
        tap(() => asked.push(source.asked)),
      ),
    );
    expectObservable(admit(source, toolsWith(2), flow)).toBe('-----(ab)-(c|)', done);
  });
  t.deepEqual(asked, [2, 3, 4]);
});

test('ten thousand answers at once neither recurse nor wait', (t) => {
  const answers = Array.from({ length: 10_000 }, (_, index) =>
    of(request(`j${String(index).padStart(8, '0')}`)),
  );
  let outcomes = 0;
  let completed = false;
  admit(sourceOf(answers), toolsWith(3), map(finish)).subscribe({
    next: () => (outcomes += 1),
    complete: () => (completed = true),
  });
  t.is(outcomes, 10_000);
  t.true(completed);
});

test('an error of the source comes after the outcomes of those inside', (t) => {
  marbles(t, ({ cold, expectObservable }) => {
    const source = sourceOf([cold('-(x|)', { x: a }), cold<SourceItem>('-#', {}, 'broken')]);
    expectObservable(
      admit(
        source,
        toolsWith(2),
        concatMap((event) => timer(5).pipe(map(() => finish(event)))),
      ),
    ).toBe('------(a#)', done, 'broken');
  });
});

test('a source that ends without an answer is an error that names it', (t) => {
  let message = '';
  admit(sourceOf([EMPTY]), toolsWith(1), map(finish)).subscribe({
    error: (error: unknown) => {
      message = String(error);
    },
  });
  t.regex(message, /`the test` gave no answer/);
});

test('draining admits no further dataset and lets those inside finish', (t) => {
  const tools = toolsWith(1);
  const source = sourceOf([of(a), of(b)]);
  marbles(t, ({ cold, expectObservable }) => {
    cold('--x').subscribe(() => {
      tools.shutdown.drain();
    });
    expectObservable(
      admit(
        source,
        tools,
        mergeMap((event) => timer(5).pipe(map(() => finish(event)))),
      ),
    ).toBe('-----(a|)', done);
  });
  t.is(source.asked, 1);
});

test('draining does not wait for a source that has no answer', (t) => {
  const tools = toolsWith(1);
  marbles(t, ({ cold, expectObservable }) => {
    cold('--x').subscribe(() => {
      tools.shutdown.drain();
    });
    expectObservable(admit(sourceOf([NEVER]), tools, map(finish))).toBe('--|');
  });
});

test('unsubscribing aborts the question that is under way', (t) => {
  let signal: AbortSignal | undefined;
  const source: DatasetSource = {
    name: 'the test',
    next: (options) => {
      signal = options.signal;
      return NEVER;
    },
  };
  admit(source, toolsWith(1), map(finish)).subscribe().unsubscribe();
  t.true(signal?.aborted);
});

test('observers are told of each admission and each outcome with its time', (t) => {
  let now = 0;
  const tools = { ...toolsWith(1), clock: { now: () => new Date(now) } };
  const told: string[] = [];
  tools.telemetry.events.subscribe((event) => {
    told.push(
      event.type === 'settled' ? `settled after ${String(event.milliseconds)}` : event.type,
    );
  });
  const flow = map((event: DatasetRequest | Settled) => {
    now += 7;
    return finish(event);
  });
  admit(sourceOf([of(a)]), tools, flow).subscribe();
  t.deepEqual(told, ['admitted', 'settled after 7']);
});
