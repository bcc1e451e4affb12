import type { Frame } from '../frames/frame.ts';
import { divide } from './divide.ts';

/**
 * FLATCORR: divides by one flat field; one block of rows. Called for the pixel-to-pixel flat and then for the delta flat.
 *
 * In and out: electrons. References: PFLTFILE, DFLTFILE, of trimmed size; SCI, ERR and DQ.
 * Source: ACS Data Handbook, "FLATCORR".
 */
export function flatcorr(frame: Frame, flat: Frame): void {
  divide(frame, flat);
}
