import type { Frame } from '../../frames/frame.ts';
import type { AmpName } from '../quadrants.ts';

/** The pixels that one amplifier read, in the order in which it read them. */
export interface AmpView {
  readonly amp: AmpName;
  readonly rows: number;
  readonly columns: number;
  /** Position of row 0, column 0 in the frame. */
  readonly origin: number;
  /** Distance from a row to the next. */
  readonly rowStep: number;
  /** Distance from a column to the next: 1 or -1. */
  readonly columnStep: number;
}

/** Looks at a frame from an amplifier's corner. `columns`: half of the frame's width where two amplifiers share a line. */
export function ampView(
  frame: Frame,
  options: { readonly amp: AmpName; readonly columns: number },
): AmpView {
  const { amp, columns } = options;
  const isUpper = amp === 'A' || amp === 'B';
  const isRight = amp === 'B' || amp === 'D';
  return {
    amp,
    rows: frame.ny,
    columns,
    origin: (isUpper ? (frame.ny - 1) * frame.nx : 0) + (isRight ? frame.nx - 1 : 0),
    rowStep: isUpper ? -frame.nx : frame.nx,
    columnStep: isRight ? -1 : 1,
  };
}
