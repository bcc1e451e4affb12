import type { CellValues } from './decode-cells.ts';
import { encodeCells } from './encode-cells.ts';
import type { VariableCoding } from './table-column.ts';

/** Cells of a column of variable length: what goes into the rows and what into the heap. */
export interface EncodedVariable {
  /** Lengths and places, one cell after another. */
  readonly descriptors: Buffer;
  readonly heap: readonly Buffer[];
  /** The length of the heap after these cells, in bytes. */
  readonly heapEnd: number;
}

/**
 * Encodes cells of variable length, the inverse of `decodeVariableCells`.
 * @param options.heapStart how long the heap is before these cells
 * @throws as `encodeCells`
 */
export function encodeVariable(
  values: readonly CellValues[],
  { coding, heapStart }: { readonly coding: VariableCoding; readonly heapStart: number },
): EncodedVariable {
  const heap: Buffer[] = [];
  let heapEnd = heapStart;
  const descriptors = values.map((cell) => {
    const { bytes, length } = encodeCell(cell, coding.element);
    heap.push(bytes);
    const descriptor = encodeDescriptor({ length, offset: heapEnd, wide: coding.wide });
    heapEnd += bytes.length;
    return descriptor;
  });
  return { descriptors: Buffer.concat(descriptors), heap, heapEnd };
}

function encodeCell(
  cell: CellValues,
  element: VariableCoding['element'],
): { readonly bytes: Buffer; readonly length: number } {
  switch (element.kind) {
    case 'string': {
      const { length } = String(cell[0] ?? '');
      return { bytes: encodeCells(cell, { coding: { ...element, length } }), length };
    }
    case 'bit': {
      const coding = { ...element, perCell: cell.length };
      return { bytes: encodeCells(cell, { coding }), length: cell.length };
    }
    case 'number':
    case 'logical':
      return {
        bytes: encodeCells(cell, { coding: element }),
        length: cell.length / element.perCell,
      };
  }
}

function encodeDescriptor(options: {
  readonly length: number;
  readonly offset: number;
  readonly wide: boolean;
}): Buffer {
  const { length, offset, wide } = options;
  const bytes = Buffer.alloc(wide ? 16 : 8);
  if (wide) {
    bytes.writeBigInt64BE(BigInt(length), 0);
    bytes.writeBigInt64BE(BigInt(offset), 8);
  } else {
    bytes.writeInt32BE(length, 0);
    bytes.writeInt32BE(offset, 4);
  }
  return bytes;
}
