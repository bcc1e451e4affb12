/** Memory for the pixels of one image after another: thrown away, it would only be reclaimed when two more had been drawn. */
export interface PixelMemory {
  /**
   * Lends an array with whatever numbers are in it.
   *
   * @throws RangeError where there is not enough memory.
   */
  lend(length: number): Float32Array;
  /** Says that all arrays lent can be lent again; the others, which were not needed since the last time, are let go. */
  takeBack(): void;
}

/** Makes memory for pixels, none at first; then as much as the largest images took that were lent it for together. */
export function pixelMemory(): PixelMemory {
  let free: Float32Array[] = [];
  let lent: Float32Array[] = [];
  return {
    lend(length) {
      const fitting = free.findIndex((array) => array.length >= length);
      // Where none fits, one that is too small goes before a new one comes.
      const [found] = free.splice(Math.max(0, fitting), 1);
      const array = found !== undefined && fitting >= 0 ? found : new Float32Array(length);
      lent.push(array);
      return array.subarray(0, length);
    },
    takeBack() {
      free = lent;
      lent = [];
    },
  };
}
