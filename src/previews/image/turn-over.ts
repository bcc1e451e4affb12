/** Puts rows of bytes into the opposite order, in place: a FITS image begins at the bottom, a picture at the top. */
export function turnOver(bytes: Uint8Array, options: { readonly width: number }): void {
  const { width } = options;
  const height = bytes.length / width;
  // Used again for every row, because the memory of thrown away ones is only reclaimed at some time.
  const kept = new Uint8Array(width);
  for (let row = 0; row < Math.floor(height / 2); row++) {
    const upper = row * width;
    const lower = (height - 1 - row) * width;
    kept.set(bytes.subarray(upper, upper + width));
    bytes.copyWithin(upper, lower, lower + width);
    bytes.set(kept, lower);
  }
}
