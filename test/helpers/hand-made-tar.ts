import { gzipSync } from 'node:zlib';

/** A member as its header shall say, true or not. */
export interface HandMadeMember {
  readonly path: string;
  readonly body?: Uint8Array | string;
  /** One character of the ustar format; default `0`, a file. */
  readonly type?: string;
  readonly link?: string;
  /** Default: the length of the body. */
  readonly size?: number;
}

/** A tar archive with exactly these headers, which no tar program would write. */
export function handMadeTar(members: readonly HandMadeMember[]): Buffer {
  return Buffer.concat([...members.flatMap(blocks), Buffer.alloc(1024)]);
}

/** The same, gzipped. */
export function handMadeTarball(members: readonly HandMadeMember[]): Buffer {
  return gzipSync(handMadeTar(members));
}

function blocks(member: HandMadeMember): readonly Buffer[] {
  const body = Buffer.from(member.body ?? '');
  const header = Buffer.alloc(512);
  header.write(member.path, 0, 100, 'latin1');
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${(member.size ?? body.length).toString(8).padStart(11, '0')} `, 124);
  header.write('00000000000 ', 136);
  header.write('        ', 148);
  header.write(member.type ?? '0', 156);
  header.write(member.link ?? '', 157, 100, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
}
