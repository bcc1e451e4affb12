import type { Frame } from '../frames/frame.ts';
import { subtract } from './subtract.ts';

/**
 * BIASCORR: subtracts the bias structure that remains when the overscan level is taken off.
 *
 * In and out: DN. Reference: BIASFILE, one imset a chip, of the size of the raw frame with its overscan; SCI, ERR and DQ.
 * Source: ACS Data Handbook, "BIASCORR"; calacs subtracts before it converts to electrons.
 */
export function biascorr(frame: Frame, bias: Frame): void {
  subtract(frame, bias);
}
