import type { FitsFile } from '../fits-file.ts';
import { FitsError } from '../fits-error.ts';
import type { Hdu } from '../hdu.ts';
import { openTable } from '../table-reader.ts';
import type { PlaneRows } from '../plane-rows.ts';
import { readCompressedLayout } from './compressed-layout.ts';
import type { TileAlgorithm } from './tile-algorithm.ts';
import { tileReader } from './tile-reader.ts';

/** No compression makes so many pixels of a byte; a header that says so is wrong. */
const mostPixelsPerByte = 1100;

/** Of a tile that is zero throughout, these leave a few bytes. */
const mostPixelsPerByteOfZeros = 2 ** 20;

/**
 * Opens the first plane of a tile-compressed image. Memory: one row of tiles.
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
  const readTile = tileReader(table, layout);
  let bandNumber = -1;
  let band = new Float32Array(0);
  const loadBand = (number: number): void => {
    const rows = Math.min(tileHeight, height - number * tileHeight);
    band = new Float32Array(rows * width);
    for (let across = 0; across < tilesAcross; across++) {
      const columns = Math.min(tileWidth, width - across * tileWidth);
      const tile = readTile({ number: number * tilesAcross + across, columns, rows });
      for (let row = 0; row < rows; row++) {
        const part = tile.subarray(row * columns, (row + 1) * columns);
        band.set(part, row * width + across * tileWidth);
      }
    }
    bandNumber = number;
  };
  return {
    width,
    height,
    readInto(target, { from }) {
      for (let row = from; (row - from) * width < target.length; row++) {
        const number = Math.floor(row / tileHeight);
        if (number !== bandNumber) loadBand(number);
        const start = (row - number * tileHeight) * width;
        target.set(band.subarray(start, start + width), (row - from) * width);
      }
    },
  };
}

function densest({ name }: TileAlgorithm): number {
  return name === 'PLIO_1' || name === 'HCOMPRESS_1' ? mostPixelsPerByteOfZeros : mostPixelsPerByte;
}
