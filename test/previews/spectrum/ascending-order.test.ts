import test from 'ava';
import fc from 'fast-check';
import { ascendingOrder } from '../../../src/previews/spectrum/ascending-order.ts';

test('numbers are put in order, whatever order they come in', (t) => {
  const seed = Date.now() & 0x7fffffff;
  t.log(`seed ${seed}`);
  const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 60 });
  const check = fc.property(numbers, (some) => {
    const order = ascendingOrder(Float64Array.from(some));
    if (order === undefined)
      return t.deepEqual(
        [...some].sort((a, b) => a - b),
        some,
      );
    t.deepEqual(
      [...order].sort((a, b) => a - b),
      [...some.keys()],
    );
    t.deepEqual(
      [...order].map((index) => some[index]),
      [...some].sort((a, b) => a - b),
    );
    return true;
  });
  fc.assert(check, { seed, interruptAfterTimeLimit: 1000 });
});

test('descending orders that overlap are merged', (t) => {
  t.deepEqual(
    ascendingOrder(Float64Array.of(5, 6, 7, 3, 4, 5.5)),
    Uint32Array.of(3, 4, 0, 5, 1, 2),
  );
});

test('numbers that ascend already, one or none need no order', (t) => {
  for (const numbers of [[], [1], [1, 1, 2]])
    t.is(ascendingOrder(Float64Array.from(numbers)), undefined);
});

test('a hundred thousand numbers in disorder are put in order too', (t) => {
  const numbers = Float64Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 100_003);
  const order = ascendingOrder(numbers) ?? [];
  t.deepEqual(
    Float64Array.from(order, (index) => numbers[index] ?? NaN),
    numbers.toSorted(),
  );
});

test('numbers that are none lose no other', (t) => {
  const order = ascendingOrder(Float64Array.of(3, NaN, 1, NaN, 2)) ?? [];
  t.deepEqual([...order].sort(), [0, 1, 2, 3, 4]);
});
