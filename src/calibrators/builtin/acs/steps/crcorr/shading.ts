import { PlaneReader } from '../../frames/plane-reader.ts';
import type { Plane } from '../../frames/plane.ts';

const { fround } = Math;

/** The shutter shading as the cosmic-ray rejection sees it, in seconds; lines are held two at a time. */
export interface Shading {
  /** Moves on to a line of the frame. */
  advance(line: number): void;
  /** `1 + shading / time` of a line, for the threshold. */
  factor(line: number, time: number): Float32Array;
  /** The shading of the current line. */
  current(line: number): Float32Array;
  close(): void;
}

/**
 * Reads the shading two lines at a time, on even lines. A threshold for a line further up then uses the line of the same parity in
 * the buffer, which is stale; reproduced, because it decides which pixels are rejected.
 *
 * @param section - Where the frame lies in the plane.
 */
export function readShading(
  plane: Plane,
  section: { readonly x0: number; readonly y0: number; readonly nx: number },
): Shading {
  const reader = new PlaneReader(plane, section);
  const buffer = [new Float32Array(section.nx), new Float32Array(section.nx)] as const;
  const lineOf = (line: number): Float32Array => buffer[line % 2 === 0 ? 0 : 1];
  return {
    advance(line) {
      if (line % 2 !== 0) return;
      for (const [offset, target] of buffer.entries())
        if (section.y0 + line + offset < plane.ny)
          reader.readFloats(target, { line: line + offset, lines: 1, nx: section.nx });
    },
    factor(line, time) {
      const scale = fround(1 / time);
      return lineOf(line).map((value) => 1 + fround(value * scale));
    },
    current: lineOf,
    close() {
      reader.close();
    },
  };
}
