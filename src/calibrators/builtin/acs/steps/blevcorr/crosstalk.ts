import type { Frame } from '../../frames/frame.ts';

const scale = 9.1e-5;

/**
 * BLEVCORR of the WFC after May 2009, second part: adds back the negative ghost that each half of a chip leaves in the other.
 *
 * In and out: electrons. No reference. Source: ACS ISR 2012-02.
 * In place from left to right, so that the right half sees the corrected left half, as in calacs.
 */
export function correctCrosstalk(frame: Frame): void {
  const { sci, nx, ny } = frame;
  for (let j = 0; j < ny; j += 1) {
    const first = j * nx;
    const last = first + nx - 1;
    for (let i = 0; i < nx; i += 1)
      sci[first + i] = (sci[first + i] ?? 0) + Math.fround((sci[last - i] ?? 0) * scale);
  }
}
