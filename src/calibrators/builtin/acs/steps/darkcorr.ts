import type { Frame } from '../frames/frame.ts';
import type { GoodMean } from './good-mean.ts';
import { scaleFrame } from './scale-frame.ts';
import { subtract } from './subtract.ts';

/**
 * DARKCORR: subtracts the dark current that gathered during the dark time; one block of rows.
 *
 * In and out: electrons. Reference: DARKFILE, electrons per second, of trimmed size; SCI, ERR and DQ.
 * Source: ACS Data Handbook, "DARKCORR". `dark` is scaled in place.
 *
 * @param options - `darkTime`: seconds, single precision; `mean`: collects MEANDARK.
 */
export function darkcorr(
  frame: Frame,
  options: { readonly dark: Frame; readonly darkTime: number; readonly mean: GoodMean },
): void {
  const { dark, darkTime, mean } = options;
  if (darkTime !== 1) scaleFrame(dark, darkTime);
  mean.add(dark);
  subtract(frame, dark);
}
