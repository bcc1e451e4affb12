import test from 'ava';
import fc from 'fast-check';
import { takeLease } from '../../src/sinks/take-lease.ts';
import { MemoryObjects } from '../helpers/memory-objects.ts';

/** One operation on the store: which taker gets the next turn, and whether it dies there instead. */
interface Step {
  readonly taker: number;
  readonly dies: boolean;
}

interface Taker {
  readonly name: string;
  outcome: 'running' | 'taken' | 'held' | 'failed' | 'dead';
  /** Lets the operation go on that the taker waits with. */
  go: (() => void) | undefined;
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs takers over one stale lease, one operation at a time in the order that `steps` tells, then to their ends. */
async function race(steps: readonly Step[], count: number): Promise<readonly Taker[]> {
  const takers: Taker[] = Array.from({ length: count }, (_, index) => ({
    name: `taker ${index}`,
    outcome: 'running',
    go: undefined,
  }));
  const objects = new Map([['lease', 'stale']]);
  for (const taker of takers) void run(taker, { objects, takers });
  await settle();
  let at = 0;
  for (;;) {
    const waiting = takers.filter(({ go }) => go !== undefined);
    if (waiting.length === 0) return takers;
    const step = steps[at++] ?? { taker: at, dies: false };
    const taker = waiting[step.taker % waiting.length];
    if (taker === undefined) continue;
    const go = taker.go;
    taker.go = undefined;
    if (step.dies) taker.outcome = 'dead';
    else go?.();
    await settle();
  }
}

async function run(
  taker: Taker,
  world: { readonly objects: Map<string, string>; readonly takers: readonly Taker[] },
): Promise<void> {
  const store = new MemoryObjects(world.objects, () => {
    return new Promise<void>((resolve) => {
      taker.go = resolve;
    });
  });
  const isDead = (body: string): boolean =>
    body === 'stale' ||
    world.takers.some(({ name, outcome }) => name === body && outcome === 'dead');
  try {
    const taken = await takeLease('lease', {
      store,
      marks: 'marks',
      compose: () => taker.name,
      isStale: (body) => Promise.resolve(isDead(body)),
    });
    taker.outcome = taken.status;
  } catch {
    taker.outcome = 'failed';
  }
}

test('whatever the order of operations and deaths, at most one living taker has the lease', async (t) => {
  let taken = 0;
  const step = fc.record({
    taker: fc.nat(5),
    dies: fc.integer({ min: 0, max: 15 }).map((n) => n === 0),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 2, max: 5 }),
      async (steps, count) => {
        const takers = await race(steps, count);
        const winners = takers.filter(({ outcome }) => outcome === 'taken').length;
        taken += winners;
        return winners <= 1 && takers.every(({ outcome }) => outcome !== 'running');
      },
    ),
    { numRuns: 3_000, interruptAfterTimeLimit: 8_000 },
  );
  t.log(`${taken} leases taken`);
  t.true(taken > 100);
});

test('a taker that comes after any number of dead ones takes the lease', async (t) => {
  for (let deaths = 0; deaths < 40; deaths += 1) {
    // The first taker makes `deaths` operations and dies; then the second, which meets its traces, and then the third.
    const first = [
      ...Array<Step>(deaths).fill({ taker: 0, dies: false }),
      { taker: 0, dies: true },
    ];
    const takers = await race([...first, ...first], 3);
    const outcomes = takers.map(({ outcome }) => outcome);
    t.is(outcomes.filter((outcome) => outcome === 'taken').length, 1, outcomes.join());
  }
});
