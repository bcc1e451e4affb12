import { FailingFileSystem, type Fault } from './failing-file-system.ts';

/** One run of a scenario: everything is set up, then `act` is called with the fault in place. */
export interface Scenario {
  /** What is under test; it works on the failing file system. */
  act(): Promise<unknown>;
  /** Called without a fault after `act` resolved (`failed` undefined) or rejected. */
  verify(failed: unknown, fault: Fault): Promise<void>;
}

export const allFaults: readonly Omit<Fault, 'nth'>[] = [
  { code: 'ENOSPC', mode: 'on' },
  { code: 'EIO', mode: 'once' },
  { code: 'EACCES', mode: 'on' },
  { code: 'ETIMEDOUT', mode: 'once' },
  { code: 'EIO', mode: 'after' },
];

/**
 * Runs a scenario with the first operation failing, then the second, and so on until it passes without meeting the fault.
 * Answers how many runs met one.
 */
export async function everyFault(
  prepare: (failing: FailingFileSystem) => Promise<Scenario>,
  faults: readonly Omit<Fault, 'nth'>[] = allFaults,
): Promise<number> {
  let met = 0;
  for (const kind of faults) {
    for (let nth = 1; ; nth += 1) {
      const failing = new FailingFileSystem();
      const scenario = await prepare(failing);
      const fault = { ...kind, nth };
      failing.set(fault);
      const failed = await scenario.act().then(
        () => undefined,
        (error: unknown) => error ?? new Error('rejected without a reason'),
      );
      const { calls } = failing;
      failing.set(undefined);
      await scenario.verify(failed, fault);
      if (calls < nth) break;
      met += 1;
    }
  }
  return met;
}
