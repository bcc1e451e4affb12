import test from 'ava';
import { normalQuantile } from '../../src/simulator/random/normal-quantile.ts';
import { RandomStream } from '../../src/simulator/random/random-stream.ts';

const count = 50_000;

function moments(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

test('the same name gives the same numbers, to the bit, and another name others', (t) => {
  const numbers = (name: string): readonly number[] => {
    const random = new RandomStream(name);
    return [random.uniform(), random.normal(), random.poisson(3), random.poisson(300)];
  };
  t.deepEqual(numbers('a star'), numbers('a star'));
  t.notDeepEqual(numbers('a star'), numbers('a moon'));
  // Taken from the first version: simulated data and their hashes depend on them.
  t.deepEqual(numbers('a star'), [0.19135403644759208, -1.5715452524391211, 7, 280]);
});

test('normal quantiles are those of the tables', (t) => {
  const expected = [
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.001, -3.090232306167814],
    [1e-12, -7.034483825301131],
  ] as const;
  for (const [p, value] of expected) t.true(Math.abs(normalQuantile(p) - value) < 1e-12, `${p}`);
});

test('uniform and normal numbers have the mean and variance they should', (t) => {
  const random = new RandomStream('moments');
  const uniform = moments(Array.from({ length: count }, () => random.uniform()));
  t.true(Math.abs(uniform.mean - 0.5) < 0.01 && Math.abs(uniform.variance - 1 / 12) < 0.002);
  const normal = moments(Array.from({ length: count }, () => random.normal()));
  t.true(Math.abs(normal.mean) < 0.02 && Math.abs(normal.variance - 1) < 0.03);
});

for (const mean of [0.02, 1, 7.5, 39, 41, 2000]) {
  test(`counts of mean ${mean} have that mean and variance and are never negative`, (t) => {
    const random = new RandomStream(`poisson ${mean}`);
    const counts = Array.from({ length: count }, () => random.poisson(mean));
    t.true(counts.every((value) => Number.isInteger(value) && value >= 0));
    const found = moments(counts);
    t.true(Math.abs(found.mean - mean) < 5 * Math.sqrt(mean / count), `${found.mean}`);
    t.true(Math.abs(found.variance / mean - 1) < 0.05, `${found.variance}`);
  });
}

test('nothing is counted of nothing', (t) => {
  t.is(new RandomStream('nothing').poisson(0), 0);
  t.is(new RandomStream('nothing').poisson(-1), 0);
});
