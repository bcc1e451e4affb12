import test from 'ava';
import { EMPTY, map, of, throwError, timer, type OperatorFunction } from 'rxjs';
import { CaldpError, type RetryClass } from '../../src/errors/caldp-error.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import type { Failed, InFlight, Settled } from '../../src/streams/events.ts';
import type { StepFunction, StepTools } from '../../src/streams/attempt.ts';
import { marbles } from '../helpers/marbles.ts';
import { stepTools } from '../helpers/step-tools.ts';

/** An operator under test: made of tools and a step, so that the step can be one that virtual time sees. */
export interface OperatorUnderTest<A extends InFlight, B extends InFlight> {
  readonly name: string;
  readonly make: (
    tools: StepTools,
    run: StepFunction<A, B>,
  ) => OperatorFunction<A | Settled, B | Settled>;
  /** An event that goes in, and what the step makes of it. */
  readonly input: (id: string) => A;
  readonly output: (event: A) => B;
}

const ids = { a: 'j8cb010a0', b: 'j8cb010b0', c: 'j8cb010c0' } as const;

/** A failure from an earlier stage. */
const failedBefore: Failed = {
  status: 'failed',
  dataset: parseDatasetName('jbz504010'),
  origin: 'argument 9',
  stage: 'admit',
  error: new CaldpError('It failed before.', { code: 'TEST', advice: 'None.' }),
};

function errorOf(retry: RetryClass): CaldpError {
  return new CaldpError(`It fails: ${retry}.`, { code: 'TEST', advice: 'None.', retry });
}

/** What every operator of the stream promises (`docs/operators.md`), as marble diagrams. */
export function operatorContract<A extends InFlight, B extends InFlight>({
  name,
  make,
  input,
  output,
}: OperatorUnderTest<A, B>): void {
  const a = input(ids.a);
  const b = input(ids.b);
  const c = input(ids.c);
  const inputs = { a, b, c, f: failedBefore };
  const outputs = { a: output(a), b: output(b), c: output(c), f: failedBefore };
  const slow: StepFunction<A, B> = (event) => timer(3).pipe(map(() => output(event)));
  const quick: StepFunction<A, B> = (event) => of(output(event));
  const fates = (values: readonly (B | Settled)[]): readonly unknown[] =>
    values.map((value) =>
      value.status === 'failed'
        ? [value.dataset.id, value.status, value.stage, value.error.message]
        : 'dataset' in value && [value.dataset.id, value.status],
    );

  const diagram = (
    title: string,
    source: string,
    subscription: string,
    expected: string,
    run: StepFunction<A, B> = slow,
    unsubscribe?: string,
  ): void => {
    test(`${name}: ${title}`, (t) => {
      marbles(t, ({ hot, cold, expectObservable, expectSubscriptions }) => {
        const error = new Error('The source broke.');
        const events = source.includes('^')
          ? hot(source, inputs, error)
          : cold(source, inputs, error);
        expectObservable(events.pipe(make(stepTools(), run)), unsubscribe).toBe(
          expected,
          outputs,
          error,
        );
        expectSubscriptions(events.subscriptions).toBe(subscription);
      });
    });
  };

  diagram('never: a source that says nothing', '-', '^', '-');
  diagram('empty: a source that ends at once', '|', '(^!)', '|');
  diagram('one dataset', '-a|', '^-!', '----(a|)');
  diagram('one dataset, step at once', '-a|', '^-!', '-a|', quick);
  diagram('many: two at a time, the third waits for a place', '-abc|', '^---!', '----ab-(c|)');
  diagram('a source that never ends keeps its subscription', '-a--b---', '^-------', '----a--b');
  diagram('an error of the source passes', '-a-#', '^--!', '---#');
  diagram('a settled dataset passes at once, without a place', '-abf|', '^---!', '---fa(b|)');
  diagram('unsubscribing early leaves the source', '-a-----b-', '^----!', '----a-', slow, '^----!');

  const failure = (title: string, run: StepFunction<A, B>, message: string): void => {
    test(`${name}: ${title} fails that dataset and no other`, (t) => {
      const seen: (B | Settled)[] = [];
      const troubled: StepFunction<A, B> = (event, context) =>
        event.dataset.id === ids.a ? run(event, context) : quick(event, context);
      marbles(t, ({ cold, flush }) => {
        cold('-ab|', inputs)
          .pipe(make(stepTools(), troubled))
          .subscribe((value) => seen.push(value));
        flush();
      });
      const fate = fates(seen);
      t.is(seen.length, 2);
      t.deepEqual(
        fate.find((entry) => Array.isArray(entry) && entry[0] === ids.b),
        [ids.b, output(b).status],
      );
      const failed = seen.find((value) => value.status === 'failed');
      t.true(failed?.status === 'failed' && failed.error.message.includes(message));
    });
  };

  failure('a step error', () => throwError(() => errorOf('never')), 'It fails: never.');
  failure(
    'a step that throws synchronously',
    () => {
      throw new Error('Thrown.');
    },
    'Thrown.',
  );
  failure('a step that ends without a result', () => EMPTY, 'ended without a result');

  test(`${name}: a passing error is tried again after 1, 2 and 4 seconds`, (t) => {
    const starts: number[] = [];
    marbles(t, ({ cold, flush }) => {
      let virtual = 0;
      const clock = timer(0, 500).subscribe(() => (virtual += 500));
      cold('a|', inputs)
        .pipe(
          make(stepTools(), () => {
            starts.push(virtual);
            return throwError(() => errorOf('backoff'));
          }),
        )
        .subscribe({
          complete: () => {
            clock.unsubscribe();
          },
        });
      flush();
    });
    t.deepEqual(
      starts.map((start) => Math.floor(start / 1000)),
      [0, 1, 3, 7],
    );
  });

  test(`${name}: abort while waiting for the next try interrupts the dataset`, (t) => {
    const tools = stepTools();
    const seen: (B | Settled)[] = [];
    marbles(t, ({ cold, flush }) => {
      timer(300).subscribe(() => {
        tools.shutdown.abort();
      });
      cold('a|', inputs)
        .pipe(make(tools, () => throwError(() => errorOf('backoff'))))
        .subscribe((value) => seen.push(value));
      flush();
    });
    t.deepEqual(
      seen.map(({ status }) => status),
      ['interrupted'],
    );
  });

  test(`${name}: unsubscribing aborts the signal of a step under way`, (t) => {
    let signal: AbortSignal | undefined;
    marbles(t, ({ cold, expectObservable }) => {
      const run: StepFunction<A, B> = (event, context) => {
        signal = context.signal;
        return timer(100).pipe(map(() => output(event)));
      };
      expectObservable(cold('-a', inputs).pipe(make(stepTools(), run)), '^--!').toBe('----');
    });
    t.true(signal?.aborted);
  });

  test(`${name}: the operator is pure until it is subscribed and can be used again`, (t) => {
    let runs = 0;
    const run: StepFunction<A, B> = (event) => {
      runs += 1;
      return of(output(event));
    };
    const stream = of(a).pipe(make(stepTools(), run));
    t.is(runs, 0);
    stream.subscribe();
    stream.subscribe();
    t.is(runs, 2);
  });
}
