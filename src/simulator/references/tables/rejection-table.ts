import type { ReferenceTable } from '../write-reference-table.ts';

/** Numbers of exposures, and the mean exposure times, that there are rows for. */
const rows = [2, 3, 4].flatMap((exposures) => [
  { exposures, meanExposure: 1000 },
  { exposures, meanExposure: 10_000 },
]);

/** CRREJTAB: how exposures are combined against cosmic rays. */
export function rejectionTable(): ReferenceTable {
  const real = (value: number): Float32Array => new Float32Array(rows.length).fill(value);
  const text = (value: string): readonly string[] => rows.map(() => value);
  return {
    name: 'CRREJTAB',
    rows: rows.length,
    columns: [
      { name: 'CRSPLIT', format: '1I', values: Int16Array.from(rows, (row) => row.exposures) },
      { name: 'MEANEXP', format: '1E', values: Float32Array.from(rows, (row) => row.meanExposure) },
      { name: 'SCALENSE', format: '1E', values: real(30) },
      { name: 'INITGUES', format: '8A', values: text('minimum') },
      { name: 'SKYSUB', format: '4A', values: text('mode') },
      { name: 'CRSIGMAS', format: '20A', values: text('6.5,5.5,4.5') },
      { name: 'CRRADIUS', format: '1E', values: real(2.1) },
      { name: 'CRTHRESH', format: '1E', values: real(0.5555) },
      { name: 'BADINPDQ', format: '1I', values: new Int16Array(rows.length).fill(39) },
      { name: 'CRMASK', format: 'L', values: rows.map(() => true) },
    ],
  };
}
