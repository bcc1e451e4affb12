/**
 * Previews of spectra: page, thumbnail and, for COS, preview table; wall and CPU time of each, warm, on simulated spectra and on files.
 * Run: `node --import=tsx/esm bench/spectra.ts [FILE ...]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { drawSpectrum } from '../src/previews/jobs/draw-spectrum.ts';
import { writeCosSpectrum, writeStisSpectrum } from '../test/helpers/write-spectra.ts';

// As in the threads of the program.
sharp.concurrency(1);
sharp.cache(false);

const files = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'caldp-bench-'));
const warmUp = 12;
const repeats = 20;

const simulated: Readonly<Record<string, (path: string) => void>> = {
  'COS FUV, two segments of 16384': (path) => {
    writeCosSpectrum(path, 'FUV');
  },
  'COS NUV, three segments of 1274': (path) => {
    writeCosSpectrum(path, 'NUV');
  },
  'STIS sx1, one order': (path) => {
    writeStisSpectrum(path, { exposures: 1, orders: 'one' });
  },
  'STIS x1d, five exposures': (path) => {
    writeStisSpectrum(path, { exposures: 5, orders: 'one' });
  },
  'STIS echelle, 42 orders': (path) => {
    writeStisSpectrum(path, { exposures: 1, orders: 'echelle' });
  },
  'STIS echelle, three exposures': (path) => {
    writeStisSpectrum(path, { exposures: 3, orders: 'echelle' });
  },
};

console.log('| spectrum | wall, least | wall, median | CPU, median |\n| --- | --- | --- | --- |');
for (const [name, write] of Object.entries(simulated)) {
  const path = join(folder, 'simulated_x1d.fits');
  write(path);
  await report(name, path);
}
for (const file of files) await report(basename(file), file);
rmSync(folder, { recursive: true });

async function report(name: string, path: string): Promise<void> {
  const runs = [];
  for (let run = 0; run < warmUp + repeats; run++) runs.push(await draw(path));
  const warm = runs.slice(warmUp);
  const walls = warm.map(({ wall }) => wall).sort((a, b) => a - b);
  const cpus = warm.map(({ cpu }) => cpu).sort((a, b) => a - b);
  const figures = [walls[0], walls[repeats / 2], cpus[repeats / 2]];
  console.log(`| ${[name, ...figures.map((ms = NaN) => `${ms.toFixed(0)} ms`)].join(' | ')} |`);
}

/** Wall time, and CPU time of the whole process, in milliseconds. */
async function draw(path: string): Promise<{ readonly wall: number; readonly cpu: number }> {
  const start = performance.now();
  const before = process.cpuUsage();
  const { problems } = await drawSpectrum(path, { folder, base: 'preview' });
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '));
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - start, cpu: (user + system) / 1000 };
}
