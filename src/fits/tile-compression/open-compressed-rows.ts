import type { FitsFile } from '../fits-file.ts';
import { FitsError } from '../fits-error.ts';
import type { Hdu } from '../hdu.ts';
import { openTable } from '../table-reader.ts';
import type { PlaneRows } from '../plane-rows.ts';
import { bandReader } from './band-reader.ts';
import { readCompressedLayout } from './compressed-layout.ts';
import type { TileAlgorithm } from './tile-algorithm.ts';
import type { TileValues } from './tile-reader.ts';

/** No compression makes so many pixels of a byte; a header that says so is wrong. */
const mostPixelsPerByte = 1100;

/** Of a tile that is zero throughout, these leave a few bytes. */
const mostPixelsPerByteOfZeros = 2 ** 20;

/**
 * Opens the first plane of a tile-compressed image. Memory: one row of tiles and up to five times a tile.
 *
 * @returns undefined where it has fewer than two axes or no pixels.
 * @throws FitsError for compression that is not supported, and for damaged tables and tiles.
 */
export function openCompressedRows(file: FitsFile, hdu: Hdu): PlaneRows | undefined {
  const layout = readCompressedLayout(hdu);
  const [width = 0, height = 0] = layout.axes;
  if (layout.axes.includes(0) || layout.axes.length < 2) return undefined;
  const [tileWidth = width, tileHeight = 1] = layout.tile;
  const tilesAcross = Math.ceil(width / tileWidth);
  const table = openTable(file, hdu);
  const tiles = tilesAcross * Math.ceil(height / tileHeight);
  if (table.rows < tiles || width * height > hdu.shape.bytes * densest(layout.algorithm)) {
    throw new FitsError(
      `expected an image of ${width} by ${height} pixels in ${tiles} tiles, found ${table.rows} tiles in ${hdu.shape.bytes} bytes.`,
      { ...hdu.header.place, code: 'BAD_TABLE' },
    );
  }
  const readBand = bandReader(table, layout);
  let band = -1;
  let values: TileValues = new Float32Array(0);
  return {
    width,
    height,
    readInto(target, { from }) {
      for (let row = from; (row - from) * width < target.length; row++) {
        const wanted = Math.floor(row / tileHeight);
        if (wanted !== band) {
          // Where reading fails, the memory of the last one has been overwritten.
          band = -1;
          values = readBand(wanted);
          band = wanted;
        }
        const start = (row - band * tileHeight) * width;
        target.set(values.subarray(start, start + width), (row - from) * width);
      }
    },
  };
}

function densest({ name }: TileAlgorithm): number {
  return name === 'PLIO_1' || name === 'HCOMPRESS_1' ? mostPixelsPerByteOfZeros : mostPixelsPerByte;
}
