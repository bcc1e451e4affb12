/**
 * Adds 32-bit big-endian words in ones' complement (FITS 4.0, section 4.4.2.7).
 * @param bytes a multiple of 4 of them
 * @param start the sum so far, from 0 to 2^32 - 1
 */
export function onesSum(bytes: Uint8Array, start = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = start;
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    sum += view.getUint32(at);
    // The carry goes round to the lowest bit.
    if (sum > 0xffffffff) sum -= 0xffffffff;
  }
  return sum;
}

/** Bytes that ASCII has between digits and letters, which a CHECKSUM must not contain. */
function isPunctuation(byte: number): boolean {
  return (byte >= 0x3a && byte <= 0x40) || (byte >= 0x5b && byte <= 0x60);
}

/** The 16 characters of a CHECKSUM value for a complemented sum (FITS 4.0, appendix J). */
export function encodeSum(value: number): string {
  const text = new Uint8Array(16);
  for (let index = 0; index < 4; index += 1) {
    const byte = (value >>> (24 - 8 * index)) & 0xff;
    const quarter = (byte >> 2) + 0x30;
    const parts = [quarter + (byte & 3), quarter, quarter, quarter] as const;
    const [first, second] = avoidPunctuation(parts[0], parts[1]);
    const [third, fourth] = avoidPunctuation(parts[2], parts[3]);
    [first, second, third, fourth].forEach((code, part) => {
      // Turned by one byte: the value begins in column 12 of its card, one before a word.
      text[(4 * part + index + 1) % 16] = code;
    });
  }
  return Buffer.from(text).toString('latin1');
}

function avoidPunctuation(first: number, second: number): readonly [number, number] {
  let [up, down] = [first, second];
  while (isPunctuation(up) || isPunctuation(down)) [up, down] = [up + 1, down - 1];
  return [up, down];
}
