/** FITS files consist of blocks of this many bytes. */
export const blockBytes = 2880;
/** A header card has this many bytes. */
export const cardBytes = 80;

/** The number of bytes rounded up to whole blocks. */
export function wholeBlocks(bytes: number): number {
  return Math.ceil(bytes / blockBytes) * blockBytes;
}
