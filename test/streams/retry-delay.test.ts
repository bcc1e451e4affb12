import test from 'ava';
import { defaultRetryPolicy, retryDelay } from '../../src/streams/retry-delay.ts';

const delays = (retry: 'never' | 'now' | 'backoff', policy = defaultRetryPolicy) =>
  [1, 2, 3, 4, 5].map((failures) => retryDelay(retry, { failures, policy }));

test('an error that will not pass is not tried again', (t) => {
  t.deepEqual(delays('never'), Array(5).fill(undefined));
});

test('backoff doubles from one second, three times', (t) => {
  t.deepEqual(delays('backoff'), [1000, 2000, 4000, undefined, undefined]);
});

test('no delay exceeds the longest', (t) => {
  t.deepEqual(
    delays('backoff', { retries: 5, firstDelay: 1000, longestDelay: 3000 }),
    [1000, 2000, 3000, 3000, 3000],
  );
});

test('now does not wait but still counts', (t) => {
  t.deepEqual(delays('now', { ...defaultRetryPolicy, retries: 1 }), [
    0,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
