import type { Detector } from '../../detectors/detector.ts';
import type { CardRow } from '../../headers/card-rows.ts';
import type { ReferenceTable } from '../write-reference-table.ts';

/** The filter that each detector is simulated with, and invented throughputs that drift with time as real ones do. */
const modes = {
  HRC: { mode: 'acs,hrc,f555w,mjd#', flam: [3.0e-19, 3.1e-19], plam: 5355, bw: 357 },
  WFC: { mode: 'acs,wfc1,f814w,mjd#', flam: [7.0e-20, 7.2e-20], plam: 8046, bw: 652 },
  SBC: { mode: 'acs,sbc,f125lp,mjd#', flam: [1.7e-17, 1.8e-17], plam: 1438, bw: 96 },
} as const;

/** Modified Julian Dates between which the throughput is interpolated. */
const dates = [52_334, 62_000] as const;

/** Keywords of the primary header of an IMPHTTAB. */
export const photometryRows: readonly CardRow[] = [
  ['PHOTZPT', { real: -21.1 }, 'Photometric zero-point for STMAG system'],
  ['PARNUM', 1, 'Number of parameterized variables'],
  ['EXTRAP', true, 'Allow extrapolation'],
];

/** IMPHTTAB: one table each for sensitivity, pivot wavelength and bandwidth. */
export function photometryTables({ name }: Detector): readonly ReferenceTable[] {
  const { mode, flam, plam, bw } = modes[name];
  return [
    tableOf('PHOTFLAM', { mode, values: flam }),
    tableOf('PHOTPLAM', { mode, values: [plam, plam] }),
    tableOf('PHOTBW', { mode, values: [bw, bw] }),
  ];
}

function tableOf(
  name: string,
  { mode, values }: { readonly mode: string; readonly values: readonly number[] },
): ReferenceTable {
  return {
    name,
    rows: 1,
    columns: [
      { name: 'OBSMODE', format: '40A', values: [mode] },
      { name: 'DATACOL', format: '12A', values: [`${name}1`] },
      { name, format: '1D', values: Float64Array.of(0) },
      { name: `${name}1`, format: '2D', values: Float64Array.from(values) },
      { name: 'PAR1NAMES', format: '8A', values: ['MJD#'] },
      { name: 'PAR1VALUES', format: '2D', values: Float64Array.from(dates) },
      { name: 'NELEM1', format: '1I', values: Int16Array.of(dates.length) },
      { name: 'PEDIGREE', format: '30A', values: ['MODEL 01/03/2002 01/03/2030'] },
      { name: 'DESCRIP', format: '60A', values: ['SIMULATED by caldp'] },
    ],
  };
}
