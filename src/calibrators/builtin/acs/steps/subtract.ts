import type { Frame } from '../frames/frame.ts';

/**
 * Subtracts one frame from another: science differs, errors add in quadrature, flags are united.
 * Every operation is rounded to single precision, as in calacs; in double precision the last bit would differ.
 */
export function subtract(frame: Frame, other: Frame): void {
  const { sci, err, dq } = frame;
  const { sci: otherSci, err: otherErr, dq: otherDq } = other;
  const count = sci.length;
  for (let k = 0; k < count; k += 1) {
    const own = err[k] ?? 0;
    const theirs = otherErr[k] ?? 0;
    sci[k] = (sci[k] ?? 0) - (otherSci[k] ?? 0);
    err[k] = Math.sqrt(Math.fround(Math.fround(own * own) + Math.fround(theirs * theirs)));
    dq[k] = (dq[k] ?? 0) | (otherDq[k] ?? 0);
  }
}
