import { RandomStream } from '../random/random-stream.ts';

/** Columns of an amplifier's line whose mean is the middle of the physical overscan, and the pause after a line in pixels. */
const middleOfOverscan = 11.5;
const pause = 146;

/** The low-frequency noise of the WFC electronics, the same in all amplifiers at the same moment: stripes along lines. */
export interface Stripes {
  /** Electrons at a line and a column of an amplifier's half, both in the order of readout, of `columns` columns a line. */
  at(line: number, column: number): number;
}

/** Stripes of a standard deviation in electrons, one value a line and between lines the straight line through them. */
export function stripes(
  name: string,
  options: { readonly lines: number; readonly columns: number; readonly deviation: number },
): Stripes {
  const { lines, columns, deviation } = options;
  const random = new RandomStream(`${name} stripes`);
  const nodes = Float64Array.from({ length: lines }, () => deviation * random.normal());
  return {
    at: (line, column) => {
      const time = line + (column - middleOfOverscan) / (columns + pause);
      const before = Math.min(Math.max(Math.floor(time), 0), lines - 2);
      const first = nodes[before] ?? 0;
      return first + (time - before) * ((nodes[before + 1] ?? 0) - first);
    },
  };
}
