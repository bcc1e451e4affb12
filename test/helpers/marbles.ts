import type { ExecutionContext } from 'ava';
import { TestScheduler } from 'rxjs/testing';

type RunHelpers = Parameters<Parameters<TestScheduler['run']>[0]>[0];

/** Runs marble diagrams in virtual time; a difference fails the test and shows both diagrams. */
export function marbles(t: ExecutionContext, body: (helpers: RunHelpers) => void): void {
  new TestScheduler((actual, expected) => {
    t.deepEqual(actual, expected);
  }).run(body);
}
