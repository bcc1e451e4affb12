import { deadTime } from '../../exposures/expose-sbc.ts';
import type { ReferenceTable } from '../write-reference-table.ts';

/** MLINTAB: how the SBC loses photons at high rates. */
export function linearityTable(): ReferenceTable {
  const one = (value: number): Float64Array => Float64Array.of(value);
  return {
    name: 'MLINTAB',
    rows: 1,
    columns: [
      { name: 'DETECTOR', format: '8A', values: ['SBC'] },
      { name: 'GLOBAL_LIMIT', format: '1D', values: one(200_000) },
      { name: 'LOCAL_LIMIT', format: '1D', values: one(300) },
      { name: 'TAU', format: '1D', values: one(deadTime) },
      { name: 'EXPAND', format: '1E', values: Float32Array.of(1.5) },
    ],
  };
}
