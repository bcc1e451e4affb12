import { dqFlags } from '../frames/dq-flags.ts';
import type { Frame } from '../frames/frame.ts';
import type { LinearityLimits } from '../tables/mlintab.ts';

/**
 * LFLGCORR: flags (256) SBC pixels whose count rate is above the local limit, and those around them.
 *
 * In: counts. Reference: MLINTAB (LOCAL_LIMIT, counts per second and pixel; EXPAND, pixels).
 * Source: ACS Data Handbook, "LFLGCORR".
 *
 * @param options - `exposureTime`: seconds.
 */
export function lflgcorr(
  frame: Frame,
  options: { readonly limits: LinearityLimits; readonly exposureTime: number },
): void {
  const { limits, exposureTime } = options;
  const limit = limits.localLimit * exposureTime;
  const around = offsetsWithin(limits.expand);
  const { nx, ny, sci, dq } = frame;
  for (let k = 0; k < sci.length; k += 1) {
    if (!((sci[k] ?? 0) > limit)) continue;
    const x = k % nx;
    const y = (k - x) / nx;
    for (const { dx, dy } of around) {
      if (x + dx < 0 || x + dx >= nx || y + dy < 0 || y + dy >= ny) continue;
      const n = k + dy * nx + dx;
      dq[n] = (dq[n] ?? 0) | dqFlags.fullWell;
    }
  }
}

function offsetsWithin(radius: number): readonly { readonly dx: number; readonly dy: number }[] {
  const reach = Math.trunc(radius + 0.5);
  const square = Math.fround(radius * radius);
  const offsets: { readonly dx: number; readonly dy: number }[] = [];
  for (let dy = -reach; dy <= reach; dy += 1)
    for (let dx = -reach; dx <= reach; dx += 1)
      if (dx * dx + dy * dy <= square) offsets.push({ dx, dy });
  return offsets;
}
