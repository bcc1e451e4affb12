import type { ColumnValues, Table } from '../../fits/table-reader.ts';
import { notASpectrum } from './not-a-spectrum.ts';
import type { Spectrum } from './spectrum.ts';

/**
 * Reads one segment or order from the row of a spectral table.
 *
 * @param options.quality - the column of data quality, and which of its values flag a sample.
 * @throws CaldpError `PREVIEW_NOT_A_SPECTRUM` where the columns hold no numbers or not the same count of them; FitsError where one
 * is missing.
 */
export function readSamples(
  table: Table,
  options: {
    readonly row: number;
    readonly quality: { readonly column: string; readonly isBad: (value: number) => boolean };
  },
): Spectrum & { readonly quality: Float64Array } {
  const { row, quality } = options;
  const [wavelength, flux, error, flags] = [
    readCell(table, { row, column: 'WAVELENGTH' }),
    readCell(table, { row, column: 'FLUX' }),
    readCell(table, { row, column: 'ERROR' }),
    readCell(table, { row, column: quality.column }),
  ];
  for (const other of [flux, error, flags]) {
    if (other.length === wavelength.length) continue;
    throw notASpectrum(
      table.hdu,
      `row ${row + 1} has ${wavelength.length} wavelengths but ${other.length} of another column`,
    );
  }
  const bad = new Uint8Array(flags.length);
  flags.forEach((value, index) => {
    bad[index] = quality.isBad(value) ? 1 : 0;
  });
  return { wavelength, flux, error, bad, quality: flags };
}

function readCell(
  table: Table,
  options: { readonly row: number; readonly column: string },
): Float64Array {
  const values = onlyCell(table.values(options.column, { from: options.row, count: 1 }));
  if (values instanceof Float64Array) return values;
  if (
    values instanceof Float32Array ||
    values instanceof Int16Array ||
    values instanceof Int32Array
  ) {
    return new Float64Array(values);
  }
  throw notASpectrum(table.hdu, `the column \`${options.column}\` holds no numbers of a spectrum`);
}

/** What was read of the one cell; a column of variable length gives an entry a row. */
function onlyCell(values: ColumnValues): unknown {
  return ArrayBuffer.isView(values) ? values : values[0];
}
