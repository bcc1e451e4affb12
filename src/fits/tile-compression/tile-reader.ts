import type { Bitpix } from '../data-shape.ts';
import { FitsError } from '../fits-error.ts';
import { isPixels, type PixelArray } from '../pixel-type.ts';
import type { Table } from '../table-reader.ts';
import type { CompressedLayout } from './compressed-layout.ts';
import { ditherNumbers, unquantize, type Quantization } from './dither.ts';
import { tileMemory, type TileMemory } from './tile-memory.ts';
import { unpackGzipTile, unpackTile } from './unpack-tile.ts';

/** A tile by its number in the table, counted from 0, and its extent in the first plane. */
export interface TilePlace {
  readonly number: number;
  readonly columns: number;
  readonly rows: number;
}

/** Physical values of a tile, x running fastest; more planes may follow the first. */
export type TileValues = Exclude<PixelArray, BigInt64Array | BigUint64Array>;

/** Makes the function that reads the physical values of one tile, which last until it reads the next one. */
export function tileReader(
  table: Table,
  layout: CompressedLayout,
): (tile: TilePlace) => TileValues {
  const numbers = layout.dither.method === 'none' ? new Float32Array(0) : ditherNumbers();
  const memory = tileMemory();
  return (tile) => {
    const quantization = layout.bitpix < 0 ? quantizationOf(table, { tile, layout }) : undefined;
    const bitpix = quantization === undefined ? layout.bitpix : 32;
    const { values, exact } = readStored(table, { tile, layout, bitpix, memory });
    if (layout.bitpix > 0) return rescaled(values, { layout, memory });
    if (quantization === undefined || exact) return values;
    return unquantize(values, { ...quantization, numbers, memory: memory.scratch });
  };
}

/** What integers in place of floating-point values mean; undefined where the tile holds these themselves. */
function quantizationOf(
  table: Table,
  options: { readonly tile: TilePlace; readonly layout: CompressedLayout },
): Quantization | undefined {
  const { layout } = options;
  const { number: row } = options.tile;
  const scale = tableNumber(table, { name: 'ZSCALE', row });
  if (scale === undefined) return undefined;
  const zero = tableNumber(table, { name: 'ZZERO', row }) ?? 0;
  const blank = tableNumber(table, { name: 'ZBLANK', row }) ?? layout.blank;
  const { method, seed } = layout.dither;
  return { scale, zero, blank, method, seed: seed + row };
}

/** The values as they are stored; `exact` ones are floating-point values though the image has integers in their place. */
function readStored(
  table: Table,
  options: {
    readonly tile: TilePlace;
    readonly layout: CompressedLayout;
    readonly bitpix: Bitpix;
    readonly memory: TileMemory;
  },
): { readonly values: TileValues; readonly exact: boolean } {
  const { tile, layout, bitpix, memory } = options;
  const { algorithm } = layout;
  const count = tile.columns * tile.rows * planesOf(layout);
  const { number: row } = tile;
  const { place } = table.hdu.header;
  const packed = cell(table, { name: 'COMPRESSED_DATA', row, memory });
  if (packed !== undefined) {
    const values = unpackTile(packed, { algorithm, count, bitpix, place, memory });
    return { values: plain(values), exact: false };
  }
  const zipped = cell(table, { name: 'GZIP_COMPRESSED_DATA', row, memory });
  if (zipped !== undefined) {
    const values = unpackGzipTile(zipped, { count, bitpix: layout.bitpix, place, memory });
    return { values: plain(values), exact: true };
  }
  const stored = cell(table, { name: 'UNCOMPRESSED_DATA', row, memory });
  if (stored?.length === count) return { values: plain(stored), exact: true };
  throw badTable(table, `expected tile ${tile.number + 1} of ${count} values, found none`);
}

/** How many planes the tiles of the first plane have. */
function planesOf({ axes, tile }: CompressedLayout): number {
  const lengths = tile.slice(2).map((length, axis) => Math.min(length, axes[axis + 2] ?? 1));
  return lengths.reduce((product, length) => product * length, 1);
}

/** The values of a cell; undefined where there is no such column, or nothing in the cell. */
function cell(
  table: Table,
  options: { readonly name: string; readonly row: number; readonly memory: TileMemory },
): PixelArray | undefined {
  const { name, row, memory } = options;
  if (!table.hasColumn(name)) return undefined;
  const column = table.cell(name, { row, memory: memory.packed });
  const values = isPixels(column) ? column : column[0];
  if (isPixels(values)) return values.length > 0 ? values : undefined;
  throw badTable(table, `expected numbers in the column \`${name}\``);
}

/** A number that is either a column of the table or a keyword of its header. */
function tableNumber(
  table: Table,
  options: { readonly name: string; readonly row: number },
): number | undefined {
  const { name, row } = options;
  if (table.hasColumn(name)) {
    const values = table.values(name, { from: row, count: 1 });
    return isPixels(values) ? Number(values[0]) : undefined;
  }
  const { header } = table.hdu;
  return header.has(name) ? header.number(name) : undefined;
}

function plain(values: PixelArray): TileValues {
  return values instanceof BigInt64Array || values instanceof BigUint64Array
    ? Float64Array.from(values, Number)
    : values;
}

function rescaled(
  stored: TileValues,
  options: { readonly layout: CompressedLayout; readonly memory: TileMemory },
): TileValues {
  const { scale, zero, blank } = options.layout;
  if (scale === 1 && zero === 0 && blank === undefined) return stored;
  const { length } = stored;
  const values = new Float32Array(options.memory.scratch(4 * length), 0, length);
  for (let index = 0; index < length; index++) {
    const value = stored[index] ?? 0;
    values[index] = value === blank ? NaN : value * scale + zero;
  }
  return values;
}

function badTable(table: Table, reason: string): FitsError {
  return new FitsError(`${reason}.`, { ...table.hdu.header.place, code: 'BAD_TABLE' });
}
