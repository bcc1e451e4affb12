import { createHash } from 'node:crypto';
import { execa } from 'execa';
import sharp from 'sharp';
import type { Channels } from '../../src/previews/image/channels.ts';

/** A picture by its size and samples, or that there is none. */
export type PictureDigest =
  | {
      readonly width: number;
      readonly height: number;
      readonly channels: number;
      readonly sha256: string;
    }
  | { readonly refused: true };

/** Runs `fitscut` with the options of CALDP, but for PNG, which keeps the samples. */
export async function runFitscut(
  paths: Channels<string>,
  options: { readonly program: string; readonly size: number },
): Promise<PictureDigest> {
  const { program, size } = options;
  const style = ['--all', '--png', '--autoscale=99.5', '--asinh-scale', '--badpix'];
  const { stdout, failed } = await execa(
    program,
    [...style, `--output-size=${size}`, ...filesOf(paths)],
    { encoding: 'buffer', maxBuffer: 1 << 30, reject: false },
  );
  if (failed) return { refused: true };
  const picture = sharp(stdout, { limitInputPixels: false });
  const { channels } = await picture.metadata();
  // Grey is decoded into three colours unless one of them is asked for.
  const wanted = channels === 1 ? picture.extractChannel(0) : picture;
  const { data, info } = await wanted.raw().toBuffer({ resolveWithObject: true });
  return digest({ ...info, bytes: data });
}

/** What a picture is compared by. */
export function digest(picture: {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly bytes: Uint8Array;
}): PictureDigest {
  const { width, height, channels, bytes } = picture;
  return { width, height, channels, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function filesOf(paths: Channels<string>): readonly string[] {
  switch (paths.kind) {
    case 'grey':
      return [paths.grey];
    case 'two-colors':
      return [`--red=${paths.red}`, `--blue=${paths.blue}`];
    case 'three-colors':
      return [`--red=${paths.red}`, `--green=${paths.green}`, `--blue=${paths.blue}`];
  }
}
