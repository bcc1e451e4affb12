/**
 * Previews beside fitscut: the time of thumbnail and full picture together, warm, on simulated images.
 * Run: `node --import=tsx/esm bench/previews.ts [path of fitscut]`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channels } from '../src/previews/image/channels.ts';
import { pixelMemory } from '../src/previews/image/pixel-memory.ts';
import { runPreviewJob } from '../src/previews/jobs/run-preview-job.ts';
import { simulatedSky, writeImages } from '../test/helpers/write-images.ts';

const [, , fitscut = 'fitscut'] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'caldp-bench-'));
const repeats = 6;
const memory = pixelMemory();

const frame = simulate('frame', { width: 4096, height: 2048 });
const colors = [1, 2, 3].map((seed) =>
  simulate(`color${seed}`, { width: 4250, height: 4250, seed }),
);
const [red = '', green = '', blue = ''] = colors;
const cases: readonly { readonly name: string; readonly paths: Channels<string> }[] = [
  { name: '4096 x 2048 grey', paths: { kind: 'grey', grey: frame } },
  { name: '4250 x 4250 grey', paths: { kind: 'grey', grey: red } },
  { name: '4250 x 4250 three colours', paths: { kind: 'three-colors', red, green, blue } },
];

for (const { name, paths } of cases) {
  const theirs = best(() => runFitscut(paths));
  for (const style of ['fitscut', 'standard'] as const) {
    await draw(paths, style);
    const times = [];
    for (let repeat = 0; repeat < repeats; repeat++) times.push(await draw(paths, style));
    const ours = Math.min(...times);
    console.log(
      `${name}, style ${style}: ${ours.toFixed(0)} ms, fitscut ${theirs.toFixed(0)} ms, ratio ${(ours / theirs).toFixed(2)}`,
    );
  }
}
rmSync(folder, { recursive: true });

function simulate(
  name: string,
  size: { readonly width: number; readonly height: number; readonly seed?: number },
): string {
  const path = join(folder, `${name}.fits`);
  const images = [{ name: 'SCI', axes: [size.width, size.height], pixels: simulatedSky(size) }];
  writeImages(path, { images });
  return path;
}

async function draw(paths: Channels<string>, style: 'fitscut' | 'standard'): Promise<number> {
  const start = performance.now();
  const look = { style, format: 'jpg', folder, base: 'preview', thumbnail: 128 } as const;
  const { problems } = await runPreviewJob({ kind: 'color', paths, ...look }, { memory });
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '));
  return performance.now() - start;
}

function runFitscut(paths: Channels<string>): number {
  const files =
    paths.kind === 'grey'
      ? [paths.grey]
      : Object.entries(paths)
          .filter(([color]) => color !== 'kind')
          .map(([color, path]) => `--${color}=${path}`);
  const start = performance.now();
  for (const size of [128, -1]) {
    const options = ['--all', '--jpg', '--autoscale=99.5', '--asinh-scale', '--badpix'];
    const run = spawnSync(fitscut, [...options, `--output-size=${size}`, ...files], {
      maxBuffer: 1 << 30,
    });
    if (run.status !== 0) return NaN;
  }
  return performance.now() - start;
}

function best(measure: () => number): number {
  return Math.min(...Array.from({ length: repeats }, measure));
}
