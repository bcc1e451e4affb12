/** Lends the same memory with every call, with whatever stands in it: what was lent before is overwritten then. */
export type ReusedMemory = (bytes: number) => ArrayBuffer;

/**
 * Makes memory that is used again and grows with what is asked for. A new array for every portion of an image would be left to the
 * collection of garbage, which waits for some 30 MB of them.
 */
export function reusedMemory(): ReusedMemory {
  let buffer = new ArrayBuffer(0);
  return (bytes) => {
    if (buffer.byteLength < bytes) buffer = new ArrayBuffer(bytes);
    return buffer;
  };
}
