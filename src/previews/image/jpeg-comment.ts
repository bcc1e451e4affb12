const startOfImage = 0xd8;
const app0 = 0xe0;
const comment = 0xfe;
/** JFIF 1.01, square pixels, no thumbnail. */
const jfif = Buffer.from([0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);

/** Puts a JFIF header and a comment at the beginning of a JPEG file, in place of a JFIF header that it may have. */
export function withJpegComment(jpeg: Buffer, text: string): Buffer {
  const hasHeader = jpeg[3] === app0;
  const rest = hasHeader ? 4 + jpeg.readUInt16BE(4) : 2;
  return Buffer.concat([
    Buffer.from([0xff, startOfImage]),
    segment(app0, jfif),
    segment(comment, Buffer.from(text, 'latin1')),
    jpeg.subarray(rest),
  ]);
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xff00 + marker, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}
