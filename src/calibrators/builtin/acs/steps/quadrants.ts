import { CaldpError } from '../../../../errors/caldp-error.ts';

/** One number for each amplifier. */
export interface AmpValues {
  readonly A: number;
  readonly B: number;
  readonly C: number;
  readonly D: number;
}

/** What decides which amplifier read a pixel. */
export interface AmpGeometry {
  readonly detector: 'WFC' | 'HRC' | 'SBC';
  readonly chip: number;
  readonly nx: number;
  readonly ny: number;
  /** Columns that the left amplifier reads, of CCDTAB. */
  readonly ampX: number;
  /** Lines that the lower amplifier reads, of CCDTAB. */
  readonly ampY: number;
  readonly ltv1: number;
  readonly ltv2: number;
}

/** A frame cut where the amplifier changes; top means lines from `splitY` on, right means columns from `splitX` on. */
export interface Quadrants {
  readonly splitX: number;
  readonly splitY: number;
  readonly topLeft: number;
  readonly topRight: number;
  readonly bottomLeft: number;
  readonly bottomRight: number;
}

/**
 * Gives each quadrant of a frame the value of the amplifier that read it.
 *
 * @param options - `gains` decides, on the HRC, which amplifiers were in use.
 */
export function quadrantsOf(
  values: AmpValues,
  options: { readonly geometry: AmpGeometry; readonly gains: AmpValues },
): Quadrants {
  const { geometry, gains } = options;
  const offsetX = geometry.ltv1 > 0 ? Math.trunc(geometry.ltv1) : 0;
  const offsetY = geometry.ltv2 > 0 ? Math.trunc(geometry.ltv2) : 0;
  return {
    splitX: split(geometry.ampX, { offset: offsetX, size: geometry.nx, ltv: geometry.ltv1 }),
    splitY: split(geometry.ampY, { offset: offsetY, size: geometry.ny, ltv: geometry.ltv2 }),
    ...cornerValues(values, { geometry, gains }),
  };
}

function split(
  amp: number,
  axis: { readonly offset: number; readonly size: number; readonly ltv: number },
): number {
  const position = amp === 0 ? 0 : amp + axis.offset;
  return position >= axis.size - axis.ltv || position > axis.size ? axis.size : position;
}

function cornerValues(
  values: AmpValues,
  options: { readonly geometry: AmpGeometry; readonly gains: AmpValues },
): Omit<Quadrants, 'splitX' | 'splitY'> {
  const { geometry, gains } = options;
  if (geometry.detector === 'WFC')
    return geometry.chip === 2 ? sides(values.C, values.D) : sides(values.A, values.B);
  if (geometry.ampX === 0 && geometry.ampY === 0) {
    const first = ampNames.find((amp) => gains[amp] > 0) ?? 'A';
    return { topLeft: 0, topRight: values[first], bottomLeft: 0, bottomRight: 0 };
  }
  if (gains.A === 0 && gains.D === 0) return sides(values.C, values.B);
  if (gains.B === 0 && gains.C === 0) return sides(values.A, values.D);
  return {
    topLeft: values.A,
    topRight: values.B,
    bottomLeft: values.C,
    bottomRight: values.D,
  };
}

/** The amplifiers in calacs' order. */
export const ampNames = ['A', 'B', 'C', 'D'] as const;

export type AmpName = (typeof ampNames)[number];

function sides(left: number, right: number): Omit<Quadrants, 'splitX' | 'splitY'> {
  return { topLeft: left, topRight: right, bottomLeft: left, bottomRight: right };
}

/** Pixels `start` to `end - 1` of a block of rows, which one amplifier read. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

/** The runs of pixels of one amplifier in rows `line` to `line + lines - 1`, counted from the start of the first row. */
export function* segments(
  quadrants: Quadrants,
  rows: { readonly line: number; readonly lines: number; readonly nx: number },
): Generator<Segment> {
  const { splitX, splitY } = quadrants;
  for (let row = 0; row < rows.lines; row += 1) {
    const isTop = rows.line + row >= splitY;
    const left = isTop ? quadrants.topLeft : quadrants.bottomLeft;
    const right = isTop ? quadrants.topRight : quadrants.bottomRight;
    const start = row * rows.nx;
    if (splitX > 0) yield { start, end: start + splitX, value: left };
    if (splitX < rows.nx) yield { start: start + splitX, end: start + rows.nx, value: right };
  }
}

/**
 * Refuses quadrants of which a used one has no value.
 *
 * @param options - `what`: the value, for the message; `ny`: lines of the frame.
 * @throws CaldpError `ACS_AMP_VALUE_MISSING`. As in calacs only the left value of a split frame is checked: a missing right one
 * makes zeros.
 */
export function requireQuadrants(
  quadrants: Quadrants,
  options: { readonly what: string; readonly ny: number },
): void {
  const { splitX, splitY } = quadrants;
  const bottom = splitX > 0 ? quadrants.bottomLeft : quadrants.bottomRight;
  const top = splitX > 0 ? quadrants.topLeft : quadrants.topRight;
  if ((splitY === 0 || bottom !== 0) && (splitY >= options.ny || top !== 0)) return;
  throw new CaldpError(`CCDTAB has no ${options.what} for an amplifier that read this exposure.`, {
    code: 'ACS_AMP_VALUE_MISSING',
    advice: 'Check that CCDAMP of the exposure and the CCDTAB reference belong together.',
    exit: 'STAGE1_ERROR',
  });
}
