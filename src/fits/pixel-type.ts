import type { Bitpix } from './data-shape.ts';

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

/** A new array of a type, filled with zero. */
export function newPixels(type: PixelType, length: number): PixelArray {
  switch (type) {
    case 'int8':
      return new Int8Array(length);
    case 'uint8':
      return new Uint8Array(length);
    case 'int16':
      return new Int16Array(length);
    case 'uint16':
      return new Uint16Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'uint32':
      return new Uint32Array(length);
    case 'int64':
      return new BigInt64Array(length);
    case 'uint64':
      return new BigUint64Array(length);
    case 'float32':
      return new Float32Array(length);
    case 'float64':
      return new Float64Array(length);
  }
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
