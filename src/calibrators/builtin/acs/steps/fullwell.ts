import type { Frame } from '../frames/frame.ts';
import { dqFlags } from '../frames/dq-flags.ts';

/**
 * Full-well flagging: marks pixels (256) whose signal is above the full-well depth of that pixel.
 *
 * In: electrons, bias level subtracted. Reference: SATUFILE, SCI of the chip, of raw size.
 * Source: ACS ISR 2020-03 (Cohen & Grogin); done where both BIASCORR and BLEVCORR were.
 *
 * @param frame - A block of rows of the untrimmed frame.
 * @param options - `depths`: the rows of the saturation image that belong to it, of the same width; only columns `firstX` to
 * `endX - 1` are tested.
 */
export function flagFullWell(
  frame: Frame,
  options: { readonly depths: Float32Array; readonly firstX: number; readonly endX: number },
): void {
  const { sci, dq, nx, ny } = frame;
  const { depths, firstX, endX } = options;
  for (let row = 0; row < ny; row += 1) {
    const end = row * nx + endX;
    for (let k = row * nx + firstX; k < end; k += 1)
      if ((sci[k] ?? 0) > (depths[k] ?? 0)) dq[k] = (dq[k] ?? 0) | dqFlags.fullWell;
  }
}
