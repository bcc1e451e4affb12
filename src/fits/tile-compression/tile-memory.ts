import { reusedMemory, type ReusedMemory } from '../reused-memory.ts';

/** The memory of one reader of tiles: what stands in it lasts until the next tile is read. */
export interface TileMemory {
  /** What the table holds of a tile. */
  readonly packed: ReusedMemory;
  /** The same with zeros behind it, for decoders that read bits. */
  readonly bits: ReusedMemory;
  /** What a tile unpacks to. */
  readonly values: ReusedMemory;
  /** What decoders need beside, and then the physical values. */
  readonly scratch: ReusedMemory;
}

/** Makes memory for tiles, none at first. */
export function tileMemory(): TileMemory {
  return {
    packed: reusedMemory(),
    bits: reusedMemory(),
    values: reusedMemory(),
    scratch: reusedMemory(),
  };
}
