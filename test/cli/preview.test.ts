import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
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
      ...['PREVIEW_TOO_LARGE', 'PREVIEW_FILE_UNREADABLE', 'PREVIEW_FILE_UNREADABLE'],
    ]);
    t.regex(problems[0] ?? '', /truncated\.fits.* expected 240000 bytes of pixels/);
    t.regex(problems[5] ?? '', /`absent\.fits` cannot be read: it is not there\./);
    t.regex(problems[3] ?? '', /65501 by 2 pixels.*--format png/);
    await assertNothingUnfinished(t, folder);
  },
);

test.serial(
  'pictures go into the folder that is asked for, as PNG and in style fitscut',
  async (t) => {
    const folder = await temporaryFolder(t);
    const out = await temporaryFolder(t);
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

test.serial('a folder that is not there is made', async (t) => {
  const folder = await temporaryFolder(t);
  writeSky(folder, { name: 'x.fits', axes: [50, 50] });
  const out = join(folder, 'new', 'pictures');
  const { code, made, problems } = await preview(folder, ['x.fits', '-o', out]);
  t.deepEqual([code, problems], [0, []]);
  t.deepEqual(made, ['x_thumb.jpg', 'x.jpg']);
  t.deepEqual([...(await readdir(out))].sort(), ['x.jpg', 'x_thumb.jpg']);
});

test.serial('a folder that cannot be made is told, and nothing is left behind', async (t) => {
  const folder = await temporaryFolder(t);
  writeSky(folder, { name: 'x.fits', axes: [50, 50] });
  const { code, made, problems } = await preview(folder, ['x.fits', '-o', 'x.fits/pictures']);
  t.deepEqual([code, made, problems.length], [28, [], 1]);
  t.regex(
    problems[0] ?? '',
    /`x\.fits\/pictures` cannot be made: ENOTDIR.*\[PREVIEW_NOT_WRITTEN\]$/,
  );
  await assertNothingUnfinished(t, folder);
});

test.serial('files whose pictures would replace each other are refused together', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'other'));
  writeSky(folder, { name: 'x.fits', axes: [50, 50] });
  writeSky(join(folder, 'other'), { name: 'x.fits', axes: [60, 60] });
  const both = ['x.fits', 'other/x.fits'];
  const into = await preview(folder, [...both, '-o', '.']);
  t.deepEqual([into.code, into.made], [28, []]);
  t.regex(into.problems.join(), /`other\/x\.fits` would replace those of `x\.fits`/);
  const beside = await preview(folder, [...both, 'x.fits']);
  t.deepEqual([beside.code, beside.problems, beside.made.length], [0, [], 6]);
});
