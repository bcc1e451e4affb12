import type { Frame } from '../frames/frame.ts';
import { dqFlags } from '../frames/dq-flags.ts';
import type { BadPixelRow } from '../tables/bpixtab.ts';

/** Where the frame lies on the detector. */
export interface FrameOffset {
  readonly ltv1: number;
  readonly ltv2: number;
  readonly ltm1: number;
  readonly ltm2: number;
}

/**
 * DQICORR, first part: flags pixels at or above the limit of the analog-to-digital converter (2048).
 *
 * In: DN as read out. Reference: ATODSAT of CCDTAB. Source: ACS Data Handbook, "DQICORR".
 */
export function flagConverterSaturation(frame: Frame, limit: number): void {
  const { sci, dq } = frame;
  const count = sci.length;
  for (let k = 0; k < count; k += 1)
    if ((sci[k] ?? 0) >= limit) dq[k] = (dq[k] ?? 0) | dqFlags.adSaturated;
}

/**
 * DQICORR, second part: flags the pixels that the bad-pixel table lists.
 *
 * Reference: BPIXTAB, rows of one amplifier, gain and chip, each a run of pixels along a line (AXIS 1) or a column (AXIS 2).
 * Source: ACS Data Handbook, "DQICORR".
 *
 * @returns Whether a row applied. Where none did, calacs sets a place-holder flag so that the DQ array is written at all; so do we.
 */
export function flagBadPixels(
  frame: Frame,
  options: { readonly rows: Iterable<BadPixelRow>; readonly offset: FrameOffset },
): boolean {
  let applied = false;
  for (const row of options.rows) {
    applied = true;
    flagRow(frame, { row, offset: options.offset });
  }
  if (!applied) setPlaceHolder(frame, options.offset);
  return applied;
}

function flagRow(
  frame: Frame,
  options: { readonly row: BadPixelRow; readonly offset: FrameOffset },
): void {
  const { row, offset } = options;
  const { nx, ny, dq } = frame;
  const x = Math.trunc(row.pix1 - 1 + offset.ltv1 + (offset.ltm1 - 1));
  const y = Math.trunc(row.pix2 - 1 + offset.ltv2 + (offset.ltm2 - 1));
  const isLine = row.axis === 1;
  const size = isLine ? nx : ny;
  const across = isLine ? y : x;
  if (across < 0 || across >= (isLine ? ny : nx)) return;
  const start = isLine ? x : y;
  const first = Math.max(start, 0);
  const end = Math.min(start + row.length, size);
  for (let along = first; along < end; along += 1) {
    const k = isLine ? across * nx + along : along * nx + across;
    dq[k] = (dq[k] ?? 0) | row.value;
  }
}

function setPlaceHolder(frame: Frame, offset: FrameOffset): void {
  const k = Math.trunc(offset.ltm2) * frame.nx + Math.trunc(offset.ltm1);
  frame.dq[k] = (frame.dq[k] ?? 0) | dqFlags.placeHolder;
}
