import type { Bitpix } from './data-shape.ts';
import type { ReusedMemory } from './reused-memory.ts';

/** How a value of an image or a numeric column is held in memory. */
export type PixelType =
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float32'
  | 'float64';

/** Values in the byte order of this machine. */
export type PixelArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** Whether values are numbers in one of these arrays. */
export function isPixels(values: unknown): values is PixelArray {
  return ArrayBuffer.isView(values) && !(values instanceof DataView);
}

interface PixelArrayConstructor {
  new (length: number): PixelArray;
  new (buffer: ArrayBuffer, offset: number, length: number): PixelArray;
  readonly BYTES_PER_ELEMENT: number;
}

const arrays: Readonly<Record<PixelType, PixelArrayConstructor>> = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** A new array of a type, filled with zero. */
export function newPixels(type: PixelType, length: number): PixelArray {
  return new arrays[type](length);
}

/** An array of a type in memory that is lent, with whatever stands in it. */
export function pixelsIn(
  memory: ReusedMemory,
  { type, length }: { readonly type: PixelType; readonly length: number },
): PixelArray {
  const Values = arrays[type];
  return new Values(memory(length * Values.BYTES_PER_ELEMENT), 0, length);
}

/** The type whose values an array holds. */
export function pixelTypeOf(array: PixelArray): PixelType {
  if (array instanceof Int8Array) return 'int8';
  if (array instanceof Uint8Array) return 'uint8';
  if (array instanceof Int16Array) return 'int16';
  if (array instanceof Uint16Array) return 'uint16';
  if (array instanceof Int32Array) return 'int32';
  if (array instanceof Uint32Array) return 'uint32';
  if (array instanceof BigInt64Array) return 'int64';
  if (array instanceof BigUint64Array) return 'uint64';
  return array instanceof Float32Array ? 'float32' : 'float64';
}

/** The type of the values as they are stored, before BSCALE and BZERO. */
export function storedType(bitpix: Bitpix): PixelType {
  switch (bitpix) {
    case 8:
      return 'uint8';
    case 16:
      return 'int16';
    case 32:
      return 'int32';
    case 64:
      return 'int64';
    case -32:
      return 'float32';
    case -64:
      return 'float64';
  }
}
