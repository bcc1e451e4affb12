import { FitsError } from '../../fits/fits-error.ts';
import type { Table } from '../../fits/table-reader.ts';
import type { CompressedLayout } from './compressed-layout.ts';
import { ditherNumbers, unquantize } from './dither.ts';
import { unpackGzipTile, unpackTile, type TileValues } from './unpack-tile.ts';

/** A tile by its number in the table, counted from 0, and its extent in the first plane. */
export interface TilePlace {
  readonly number: number;
  readonly columns: number;
  readonly rows: number;
}

/** Makes the function that reads the physical values of one tile, x running fastest; more planes may follow the first. */
export function tileReader(
  table: Table,
  layout: CompressedLayout,
): (tile: TilePlace) => TileValues {
  const numbers = layout.dither.method === 'none' ? new Float32Array(0) : ditherNumbers();
  const isFloat = layout.bitpix < 0;
  return (tile) => {
    const { number } = tile;
    const scale = tableNumber(table, { name: 'ZSCALE', row: number });
    const zero = tableNumber(table, { name: 'ZZERO', row: number }) ?? 0;
    const quantized = isFloat && scale !== undefined;
    const { values, gzip } = readStored(table, { tile, layout, quantized });
    if (!isFloat) return rescaled(values, layout);
    if (scale === undefined || gzip || !(values instanceof Int32Array)) return values;
    const { method, seed } = layout.dither;
    const blank = tableNumber(table, { name: 'ZBLANK', row: number }) ?? layout.blank;
    return unquantize(values, { scale, zero, blank, method, seed: seed + number, numbers });
  };
}

function readStored(
  table: Table,
  options: {
    readonly tile: TilePlace;
    readonly layout: CompressedLayout;
    readonly quantized: boolean;
  },
): { readonly values: TileValues; readonly gzip: boolean } {
  const { tile, layout, quantized } = options;
  const depth = layout.tile.slice(2).reduce((product, length) => product * length, 1);
  const count = tile.columns * tile.rows * depth;
  const place = table.hdu.header.place;
  const packed = cell(table, { name: 'COMPRESSED_DATA', row: tile.number });
  if (packed.length > 0) {
    return { values: unpackTile(packed, { layout, count, quantized, place }), gzip: false };
  }
  const zipped = cell(table, { name: 'GZIP_COMPRESSED_DATA', row: tile.number });
  return { values: unpackGzipTile(zipped, { layout, count, quantized: false, place }), gzip: true };
}

function cell(table: Table, options: { readonly name: string; readonly row: number }): Buffer {
  const { name, row } = options;
  if (!table.hasColumn(name)) return Buffer.alloc(0);
  const values = table.values(name, { from: row, count: 1 });
  const bytes: unknown = ArrayBuffer.isView(values) ? values : values[0];
  if (bytes instanceof Uint8Array) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  throw new FitsError(`expected bytes in the column \`${name}\`.`, {
    ...table.hdu.header.place,
    code: 'BAD_TABLE',
  });
}

/** A number that is either a column of the table or a keyword of its header. */
function tableNumber(
  table: Table,
  options: { readonly name: string; readonly row: number },
): number | undefined {
  const { name, row } = options;
  if (table.hasColumn(name)) {
    const values = table.values(name, { from: row, count: 1 });
    return ArrayBuffer.isView(values) ? Number(values[0]) : undefined;
  }
  const { header } = table.hdu;
  return header.has(name) ? header.number(name) : undefined;
}

function rescaled(values: TileValues, layout: CompressedLayout): TileValues {
  const { scale, zero, blank } = layout;
  if (scale === 1 && zero === 0 && blank === undefined) return values;
  return Float64Array.from(values, (value) => (value === blank ? NaN : value * scale + zero));
}
