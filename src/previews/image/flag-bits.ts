/** Makes one bit for each of some pixels, none set. */
export function newFlags(pixels: number): Uint8Array {
  return new Uint8Array(Math.ceil(pixels / 8));
}

/** Sets the bit of a pixel. */
export function setFlag(flags: Uint8Array, pixel: number): void {
  flags[pixel >> 3] = (flags[pixel >> 3] ?? 0) | (1 << (pixel & 7));
}

/** Whether the bit of a pixel is set. */
export function isFlagged(flags: Uint8Array, pixel: number): boolean {
  return (((flags[pixel >> 3] ?? 0) >> (pixel & 7)) & 1) === 1;
}
