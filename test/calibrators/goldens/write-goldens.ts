import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { calibrateGroup } from './calibrate-group.ts';
import { allModes, fullSize, type GoldenGroup, type PreparedDataset } from './golden-group.ts';
import type { GoldenName, GoldenRecord } from './golden-record.ts';

/** Records what the `calacs.e` on PATH makes of simulated datasets: `npm run goldens`. */
async function writeGoldens(name: GoldenName, groups: readonly GoldenGroup[]): Promise<void> {
  const record: GoldenRecord = { calacs: versionOf(), groups: {} };
  const root = await mkdtemp(join(tmpdir(), 'caldp-goldens-'));
  try {
    for (const group of groups) {
      record.groups[group.name] = await calibrateGroup(group, { root, calibrate: runCalacs });
      process.stdout.write(`${group.name}\n`);
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
  const text = await format(JSON.stringify(record), { parser: 'json', printWidth: 100 });
  await writeFile(new URL(`${name}.json`, import.meta.url), text);
}

function runCalacs({ folder, input }: PreparedDataset, jref: string): Promise<void> {
  const run = spawnSync('calacs.e', [input], { cwd: folder, env: { ...process.env, jref } });
  if (run.status !== 0) throw new Error(`calacs.e failed: ${run.stdout.toString().slice(-2000)}`);
  return Promise.resolve();
}

function versionOf(): string {
  const run = spawnSync('calacs.e', ['--version'], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error('Expected `calacs.e` on PATH.');
  return run.stdout.trim();
}

await writeGoldens('full-size', fullSize);
await writeGoldens('all-modes', allModes);
