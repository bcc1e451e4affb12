import type { ReusedMemory } from '../../reused-memory.ts';
import { halvings, type Coefficients } from './coefficients.ts';
import { interleave } from './interleave.ts';
import { joinSquares, roundTo } from './join-squares.ts';
import { smoothDifferences } from './smooth-differences.ts';

/**
 * Turns the H-transform of a tile back into its values, in place: from the sum over the whole tile to those over ever smaller squares.
 *
 * @param options.smoothBy - by how much a difference may be changed to fit its neighbours; 0 for not at all.
 * @param options.scratch - for the tile once more.
 */
export function invertTransform(
  transform: Coefficients,
  options: { readonly smoothBy: number; readonly scratch: ReusedMemory },
): void {
  const { rows, columns, values } = transform;
  const { smoothBy } = options;
  const levels = halvings(Math.max(rows, columns));
  values[0] = roundTo(values[0] ?? 0, 2 ** (levels + 1));
  const scratch = new Float64Array(options.scratch(8 * values.length), 0, values.length);
  for (let level = levels - 1; level >= 0; level--) {
    const squares = interleave(transform, {
      rows: Math.ceil(rows / 2 ** level),
      columns: Math.ceil(columns / 2 ** level),
      scratch,
    });
    if (smoothBy > 0) smoothDifferences(squares, { limit: smoothBy });
    joinSquares(squares, { into: transform, unit: 2 ** level });
  }
}
