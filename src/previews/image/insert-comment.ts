import { crc32 } from './crc32.ts';
import type { PictureFormat } from './picture-format.ts';

/** How the beginning of an encoded file is to be changed. */
export interface Insertion {
  /** Put in place of the first `skip` bytes. */
  readonly beginning: Buffer;
  readonly skip: number;
}

/**
 * Finds how a comment goes into an encoded file: into the COM segment of a JPEG, after a JFIF header that it gets as well, or into the
 * `Comment` text of a PNG. Characters outside Latin-1 are not kept.
 *
 * @param options.head - the first bytes of the file, 64 at least.
 */
export function insertComment(
  text: string,
  options: { readonly head: Buffer; readonly format: PictureFormat },
): Insertion {
  const { head, format } = options;
  switch (format) {
    case 'jpg':
      return intoJpeg(text, head);
    case 'png':
      return intoPng(text, head);
  }
}

const startOfImage = Buffer.from([0xff, 0xd8]);
const app0 = 0xe0;
const comment = 0xfe;
/** JFIF 1.01, square pixels, no thumbnail. */
const jfif = Buffer.from([0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);

function intoJpeg(text: string, head: Buffer): Insertion {
  const body = Buffer.from(text, 'latin1');
  const beginning = Buffer.concat([startOfImage, segment(app0, jfif), segment(comment, body)]);
  const hasHeader = head[3] === app0;
  return { beginning, skip: hasHeader ? 4 + head.readUInt16BE(4) : 2 };
}

function segment(marker: number, body: Buffer): Buffer {
  const start = Buffer.alloc(4);
  start.writeUInt16BE(0xff00 + marker, 0);
  start.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([start, body]);
}

/** Where the chunks after the header chunk of a PNG file begin. */
const afterHeader = 33;

function intoPng(text: string, head: Buffer): Insertion {
  const body = Buffer.from(`tEXtComment\0${text}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return { beginning: Buffer.concat([head.subarray(0, afterHeader), chunk]), skip: afterHeader };
}
