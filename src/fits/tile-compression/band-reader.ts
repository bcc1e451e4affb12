import { reusedMemory } from '../reused-memory.ts';
import type { Table } from '../table-reader.ts';
import type { CompressedLayout } from './compressed-layout.ts';
import { tileReader, type TileValues } from './tile-reader.ts';

/**
 * Makes the function that reads a row of tiles, by its number counted from 0, as rows of the image. The values last until it reads
 * the next one.
 */
export function bandReader(table: Table, layout: CompressedLayout): (number: number) => TileValues {
  const [width = 0, height = 0] = layout.axes;
  const [tileWidth = width, tileHeight = 1] = layout.tile;
  const tilesAcross = Math.ceil(width / tileWidth);
  const readTile = tileReader(table, layout);
  const memory = reusedMemory();
  return (number) => {
    const rows = Math.min(tileHeight, height - number * tileHeight);
    if (tilesAcross === 1) return readTile({ number, columns: width, rows });
    const band = new Float32Array(memory(4 * rows * width), 0, rows * width);
    for (let across = 0; across < tilesAcross; across++) {
      const columns = Math.min(tileWidth, width - across * tileWidth);
      const tile = readTile({ number: number * tilesAcross + across, columns, rows });
      for (let row = 0; row < rows; row++) {
        const part = tile.subarray(row * columns, (row + 1) * columns);
        band.set(part, row * width + across * tileWidth);
      }
    }
    return band;
  };
}
