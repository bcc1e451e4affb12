import type { CellValues } from '../../fits/decode-cells.ts';
import { isCells, type Table } from '../../fits/table-reader.ts';
import { notASpectrum } from './not-a-spectrum.ts';
import type { Spectrum } from './spectrum.ts';

/** Samples with what the file says about their quality. */
export interface QualifiedSpectrum extends Spectrum {
  readonly quality: Float64Array;
}

/**
 * Reads the segments or orders of a spectral table, one a row. Memory: the samples as doubles, and once more while a column is read.
 *
 * @param options.quality - the column of data quality, and which of its values flag a sample.
 * @throws CaldpError `PREVIEW_NOT_A_SPECTRUM` where the columns hold no numbers or not the same count of them; FitsError where one
 * is missing.
 */
export function readSamples(
  table: Table,
  options: {
    readonly quality: { readonly column: string; readonly isBad: (value: number) => boolean };
  },
): readonly QualifiedSpectrum[] {
  const { column, isBad } = options.quality;
  const wavelengths = readCells(table, 'WAVELENGTH');
  const fluxes = readCells(table, 'FLUX');
  const errors = readCells(table, 'ERROR');
  const qualities = readCells(table, column);
  return wavelengths.map((wavelength, row) => {
    const take = (cells: readonly Float64Array[]): Float64Array =>
      sameCount(cells[row] ?? new Float64Array(), { table, row, wavelength });
    const [flux, error, quality] = [take(fluxes), take(errors), take(qualities)];
    const bad = new Uint8Array(quality.length);
    for (let index = 0; index < bad.length; index++) {
      bad[index] = isBad(quality[index] ?? NaN) ? 1 : 0;
    }
    return { wavelength, flux, error, bad, quality };
  });
}

function sameCount(
  cell: Float64Array,
  options: { readonly table: Table; readonly row: number; readonly wavelength: Float64Array },
): Float64Array {
  const { table, row, wavelength } = options;
  if (cell.length === wavelength.length) return cell;
  throw notASpectrum(
    table.hdu,
    `row ${row + 1} has ${wavelength.length} wavelengths but ${cell.length} of another column`,
  );
}

/** The values of a column as doubles, row by row; the rows of a column of fixed length share their memory. */
function readCells(table: Table, column: string): readonly Float64Array[] {
  const values = table.values(column);
  if (isCells(values)) return values.map((cell) => doubles(cell, { table, column }));
  const all = doubles(values, { table, column });
  const count = all.length / table.rows;
  return Array.from({ length: table.rows }, (_, row) =>
    all.subarray(row * count, (row + 1) * count),
  );
}

function doubles(
  values: CellValues,
  { table, column }: { readonly table: Table; readonly column: string },
): Float64Array {
  if (values instanceof Float64Array) return values;
  if (
    values instanceof Float32Array ||
    values instanceof Int16Array ||
    values instanceof Int32Array
  ) {
    return new Float64Array(values);
  }
  throw notASpectrum(table.hdu, `the column \`${column}\` holds no numbers of a spectrum`);
}
