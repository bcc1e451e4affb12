import type { Frame } from '../frames/frame.ts';
import { type Quadrants, segments } from './quadrants.ts';

/**
 * Converts counts to electrons: science and error times the gain of the amplifier that read the pixel.
 *
 * In: DN. Out: electrons. Reference: the gains ATODGNA to ATODGND of CCDTAB.
 * Source: ACS Data Handbook, "BIASCORR" (the conversion follows the bias subtraction, whether or not that is done).
 *
 * @param options - `line`: the first row of `frame` in the whole image.
 */
export function convertToElectrons(
  frame: Frame,
  options: { readonly gains: Quadrants; readonly line: number },
): void {
  const { sci, err, nx, ny } = frame;
  for (const { start, end, value } of segments(options.gains, {
    line: options.line,
    lines: ny,
    nx,
  }))
    for (let k = start; k < end; k += 1) {
      sci[k] = (sci[k] ?? 0) * value;
      err[k] = (err[k] ?? 0) * value;
    }
}
