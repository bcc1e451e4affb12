import type { Frame } from '../frames/frame.ts';

/** Multiplies science and error by a factor, in single precision. */
export function scaleFrame(frame: Frame, factor: number): void {
  const { sci, err } = frame;
  const count = sci.length;
  for (let k = 0; k < count; k += 1) {
    sci[k] = (sci[k] ?? 0) * factor;
    err[k] = (err[k] ?? 0) * factor;
  }
}
