import type { Clock } from '../../src/ports/clock.ts';

/** A clock that is ahead of the machine's by as much as a test tells. */
export class TestClock implements Clock {
  ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.ahead);
  }
}
