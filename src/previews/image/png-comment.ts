import { crc32 } from './crc32.ts';

/** Where the chunks after the header chunk of a PNG file begin. */
const afterHeader = 33;

/** Adds a `Comment` text chunk to a PNG file. */
export function withPngComment(png: Buffer, text: string): Buffer {
  const body = Buffer.from(`tEXtComment\0${text}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}
