import { bytesOf, swapBytes } from './byte-order.ts';
import { newPixels, pixelsIn, type PixelArray, type PixelType } from './pixel-type.ts';
import { reusedMemory, type ReusedMemory } from './reused-memory.ts';
import type { Scaling } from './scaling.ts';
import { flipSignBits } from './sign-bit.ts';

/** How values are stored, and what they mean. */
export interface PixelCoding {
  readonly stored: PixelType;
  readonly scaling: Scaling;
}

/** Fills the target with big-endian bytes from where they are. */
export type ByteReader = (target: Uint8Array) => void;

/**
 * Fills the target with physical values. A target of the natural type (`coding.scaling.type`) is read straight into, without a
 * second copy; Float32Array and Float64Array take any type, rounded once as an assignment does.
 * @param options.memory what values are converted from is read into; default memory of its own
 * @throws TypeError for a target that cannot hold the values.
 */
export function decodePixels(
  target: PixelArray,
  options: {
    readonly coding: PixelCoding;
    readonly read: ByteReader;
    readonly memory?: ReusedMemory;
  },
): void {
  const { read, memory = reusedMemory() } = options;
  const { stored, scaling } = options.coding;
  const natural = newPixels(scaling.type, 0);
  if (scaling.kind !== 'linear' && target.constructor === natural.constructor) {
    readNatural(target, { scaling, read });
    return;
  }
  if (!(target instanceof Float32Array) && !(target instanceof Float64Array)) {
    throw new TypeError(
      `Expected a ${natural.constructor.name}, Float32Array or Float64Array, got a ${target.constructor.name}.`,
    );
  }
  const type = scaling.kind === 'linear' ? stored : scaling.type;
  const values = pixelsIn(memory, { type, length: target.length });
  readNatural(values, { scaling, read });
  if (scaling.kind === 'linear') scaleInto(target, { values, scaling });
  else convertInto(target, values);
}

function readNatural(
  values: PixelArray,
  { scaling, read }: { readonly scaling: Scaling; readonly read: ByteReader },
): void {
  read(bytesOf(values));
  swapBytes(values, { width: values.BYTES_PER_ELEMENT });
  if (scaling.kind === 'flip-sign') flipSignBits(values);
}

function convertInto(target: Float32Array | Float64Array, values: PixelArray): void {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    values.forEach((value: bigint, index: number) => {
      target[index] = Number(value);
    });
  } else {
    target.set(values);
  }
}

function scaleInto(
  target: Float32Array | Float64Array,
  options: { readonly values: PixelArray; readonly scaling: Scaling & { readonly kind: 'linear' } },
): void {
  const { values } = options;
  const { scale, zero, blank } = options.scaling;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    values.forEach((value: bigint, index: number) => {
      target[index] = value === blank ? NaN : Number(value) * scale + zero;
    });
    return;
  }
  const none = blank === undefined ? undefined : Number(blank);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    target[index] = value === none ? NaN : value * scale + zero;
  }
}
