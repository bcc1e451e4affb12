import { dqFlags } from '../frames/dq-flags.ts';
import type { Frame } from '../frames/frame.ts';

/**
 * Divides one frame by another with error propagation, every operation in single precision; flags are united.
 * A pixel whose divisor is 0 keeps its value and gets the flag 512.
 */
export function divide(frame: Frame, divisor: Frame): void {
  const { sci, err, dq } = frame;
  const { sci: by, err: byErr, dq: byDq } = divisor;
  const { fround, sqrt } = Math;
  const count = sci.length;
  for (let k = 0; k < count; k += 1) {
    const b = by[k] ?? 0;
    const flags = (dq[k] ?? 0) | (byDq[k] ?? 0);
    if (b === 0) {
      dq[k] = flags | dqFlags.badFlat;
      continue;
    }
    const s = sci[k] ?? 0;
    const own = fround((err[k] ?? 0) / b);
    const theirs = fround(fround(fround((byErr[k] ?? 0) * s) / b) / b);
    sci[k] = s / b;
    err[k] = sqrt(fround(fround(own * own) + fround(theirs * theirs)));
    dq[k] = flags;
  }
}
