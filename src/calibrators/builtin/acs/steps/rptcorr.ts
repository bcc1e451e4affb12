import type { Frame } from '../frames/frame.ts';

/** Squares the errors of the first exposure, so that those of the others can be added. */
export function startSum(frame: Frame): void {
  const { err } = frame;
  for (let k = 0; k < err.length; k += 1) err[k] = (err[k] ?? 0) * (err[k] ?? 0);
}

/**
 * RPTCORR: adds an exposure of a repeat observation to the sum; errors are added squared, flags are united. One block of rows.
 *
 * In and out: electrons (SBC: counts). No reference. Source: ACS Data Handbook, "ACSSUM".
 */
export function rptcorr(sum: Frame, exposure: Frame): void {
  const { sci, err, dq } = sum;
  for (let k = 0; k < sci.length; k += 1) {
    const error = exposure.err[k] ?? 0;
    sci[k] = (sci[k] ?? 0) + (exposure.sci[k] ?? 0);
    err[k] = (err[k] ?? 0) + Math.fround(error * error);
    dq[k] = (dq[k] ?? 0) | (exposure.dq[k] ?? 0);
  }
}

/** Turns the summed squares into errors. */
export function finishSum(frame: Frame): void {
  const { err } = frame;
  for (let k = 0; k < err.length; k += 1) err[k] = Math.sqrt(err[k] ?? 0);
}
