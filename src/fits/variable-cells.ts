import type { ByteSource } from './byte-source.ts';
import { decodeCells, type CellValues } from './decode-cells.ts';
import { decodePixels } from './decode-pixels.ts';
import { FitsError } from './fits-error.ts';
import type { Hdu } from './hdu.ts';
import { newPixels, pixelsIn } from './pixel-type.ts';
import { reusedMemory, type ReusedMemory } from './reused-memory.ts';
import type { VariableCoding } from './table-column.ts';
import type { TableLayout } from './table-layout.ts';

interface Heap {
  readonly source: ByteSource;
  readonly hdu: Hdu;
  readonly layout: TableLayout;
}

interface CellOptions {
  readonly coding: VariableCoding;
  readonly heap: Heap;
  readonly memory?: ReusedMemory | undefined;
}

/**
 * Decodes cells of variable length. Cells that lie in the same place share their values. All cells together may have as many
 * bytes as the heap, so that a damaged table cannot ask for more memory than the file has bytes.
 * @param descriptors the cells as they stand in the rows
 * @param options.memory for the numbers of a single cell; default memory of their own for those of each
 * @throws FitsError `BAD_TABLE` for a cell outside the heap and for cells that overlap each other beyond its size.
 */
export function decodeVariableCells(
  descriptors: Buffer,
  options: CellOptions,
): readonly CellValues[] {
  const { coding, heap } = options;
  const known = new Map<string, CellValues>();
  const limit = heapLimit(heap);
  const step = coding.wide ? 16 : 8;
  let total = 0;
  return Array.from({ length: descriptors.length / step }, (_, index) => {
    const { length, offset } = descriptorAt(descriptors, { at: index * step, wide: coding.wide });
    const key = `${length}@${offset}`;
    const cell = known.get(key);
    if (cell !== undefined) return cell;
    total += storedBytes(coding, length);
    if (total > limit) throw badCell(heap, { length, offset });
    const values = readCell({ length, offset }, options);
    known.set(key, values);
    return values;
  });
}

interface Descriptor {
  /** In values. */
  readonly length: number;
  /** In bytes from the start of the heap. */
  readonly offset: number;
}

/** The bytes of the heap that the file has. */
function heapLimit({ source, hdu, layout }: Heap): number {
  return Math.min(layout.heapBytes, source.size - hdu.dataOffset - layout.heapOffset);
}

function descriptorAt(
  descriptors: Buffer,
  { at, wide }: { readonly at: number; readonly wide: boolean },
): Descriptor {
  return wide
    ? {
        length: Number(descriptors.readBigInt64BE(at)),
        offset: Number(descriptors.readBigInt64BE(at + 8)),
      }
    : { length: descriptors.readInt32BE(at), offset: descriptors.readInt32BE(at + 4) };
}

function readCell(
  descriptor: Descriptor,
  { coding, heap, memory = reusedMemory() }: CellOptions,
): CellValues {
  const { length, offset } = descriptor;
  const { element } = coding;
  const width = storedBytes(coding, length);
  const inside =
    length >= 0 && (length === 0 || (offset >= 0 && offset + width <= heapLimit(heap)));
  if (!inside) throw badCell(heap, descriptor);
  const position = heap.hdu.dataOffset + heap.layout.heapOffset + offset;
  const read = (into: Uint8Array): void => {
    if (width > 0) heap.source.read(into, { position });
  };
  if (element.kind === 'number') {
    const type = element.coding.scaling.type;
    const values = pixelsIn(memory, { type, length: length * element.perCell });
    decodePixels(values, { coding: element.coding, read });
    return values;
  }
  const bytes = Buffer.allocUnsafe(width);
  read(bytes);
  return decodeCells(bytes, { ...cellsOf(element, length), place: heap.hdu.header.place });
}

/** A string or a row of bits is one cell of some length; logical values are so many cells. */
function cellsOf(element: Exclude<VariableCoding['element'], { kind: 'number' }>, length: number) {
  switch (element.kind) {
    case 'string':
      return { coding: { ...element, length }, cells: 1 };
    case 'bit':
      return { coding: { ...element, perCell: length }, cells: 1 };
    case 'logical':
      return { coding: element, cells: length };
  }
}

function storedBytes({ element }: VariableCoding, length: number): number {
  switch (element.kind) {
    case 'number':
      return newPixels(element.coding.stored, 0).BYTES_PER_ELEMENT * element.perCell * length;
    case 'bit':
      return Math.ceil(length / 8);
    case 'string':
    case 'logical':
      return length;
  }
}

function badCell(heap: Heap, { length, offset }: Descriptor): FitsError {
  return new FitsError(
    `expected a cell within the heap of ${heapLimit(heap)} bytes, found ${length} values at ${offset}.`,
    {
      ...heap.hdu.header.place,
      offset: heap.hdu.dataOffset + heap.layout.heapOffset,
      code: 'BAD_TABLE',
    },
  );
}
