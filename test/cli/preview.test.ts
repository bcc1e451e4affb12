import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import sharp from 'sharp';
import { simulatedSky, writeImages } from '../helpers/write-images.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { caldpProgram } from '../helpers/caldp-program.ts';

interface Ended {
  readonly code: number | undefined;
  /** File names, in the order in which they were named. */
  readonly made: readonly string[];
  readonly problems: readonly string[];
}

async function preview(folder: string, args: readonly string[]): Promise<Ended> {
  const run = await execa(process.execPath, [...caldpProgram, 'preview', ...args], {
    cwd: folder,
    env: { NODE_OPTIONS: '' },
    reject: false,
  });
  const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');
  const made = lines(run.stdout).map((path) => basename(path));
  return { code: run.exitCode, made, problems: lines(run.stderr) };
}

function writeSky(folder: string, options: { name: string; axes: readonly number[] }): string {
  const { name, axes } = options;
  const [width = 1, height = 1] = axes;
  const pixels = simulatedSky({ width, height });
  writeImages(join(folder, name), { images: [{ name: 'SCI', axes, pixels }] });
  return join(folder, name);
}

async function assertNothingUnfinished(t: ExecutionContext, folder: string): Promise<void> {
  const names = await readdir(folder);
  t.deepEqual(
    names.filter((name) => !/\.(fits|jpg|png)$/.test(name)),
    [],
  );
}

test.serial(
  'files that cannot be drawn are each told with a reason, the others are drawn, and the exit code is 28',
  async (t) => {
    const folder = await temporaryFolder(t);
    writeSky(folder, { name: 'first.fits', axes: [300, 200] });
    await truncate(writeSky(folder, { name: 'truncated.fits', axes: [300, 200] }), 20_000);
    writeImages(join(folder, 'header.fits'), { images: [] });
    writeSky(folder, { name: 'line.fits', axes: [300] });
    writeSky(folder, { name: 'long.fits', axes: [65_501, 2] });
    await writeFile(join(folder, 'text.fits'), 'no FITS at all');
    writeSky(folder, { name: 'last.fits', axes: [100, 100, 2].slice(0, 2) });
    const names = ['first', 'truncated', 'header', 'line', 'long', 'text', 'absent', 'last'];
    const { code, made, problems } = await preview(
      folder,
      names.map((name) => `${name}.fits`),
    );
    t.is(code, 28);
    t.deepEqual(made, [
      ...['first_thumb.jpg', 'first.jpg'],
      ...['long_thumb.jpg', 'last_thumb.jpg', 'last.jpg'],
    ]);
    const codes = problems.map((line) => /\[(\w+)\]$/.exec(line)?.[1]);
    t.deepEqual(codes, [
      ...['PREVIEW_FILE_UNREADABLE', 'PREVIEW_NO_IMAGE', 'PREVIEW_NO_IMAGE'],
      ...['PREVIEW_TOO_LARGE', 'PREVIEW_FILE_UNREADABLE', 'PREVIEW_NOT_WRITTEN'],
    ]);
    t.regex(problems[0] ?? '', /truncated\.fits.* expected 240000 bytes of pixels/);
    t.regex(problems[3] ?? '', /65501 by 2 pixels.*--format png/);
    await assertNothingUnfinished(t, folder);
  },
);

test.serial(
  'pictures go into the folder that is asked for, as PNG and in style fitscut',
  async (t) => {
    const folder = await temporaryFolder(t);
    const out = join(await temporaryFolder(t), 'new', 'pictures');
    writeSky(folder, { name: 'x_flt.fits', axes: [256, 100] });
    const args = ['x_flt.fits', '-o', out, '--preview-style', 'fitscut', '--format', 'png'];
    const { code, made, problems } = await preview(folder, args);
    t.deepEqual([code, problems], [0, []]);
    t.deepEqual(made, ['x_flt_thumb.png', 'x_flt.png']);
    t.deepEqual([...(await readdir(out))].sort(), ['x_flt.png', 'x_flt_thumb.png']);
    const { width, height } = await sharp(await readFile(join(out, 'x_flt_thumb.png'))).metadata();
    t.deepEqual([width, height], [128, 50]);
    await assertNothingUnfinished(t, out);
  },
);

test.serial('a folder that cannot be made is an error, and nothing is drawn', async (t) => {
  const folder = await temporaryFolder(t);
  writeSky(folder, { name: 'x_flt.fits', axes: [64, 64] });
  const { code, made, problems } = await preview(folder, ['x_flt.fits', '-o', 'x_flt.fits/in']);
  t.deepEqual([code, made], [28, []]);
  t.regex(problems.join('\n'), /^caldp: The folder `x_flt\.fits\/in` .*\[PREVIEW_NOT_WRITTEN\]$/);
});
