import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CaldpError } from '../errors/caldp-error.ts';
import { fromSystemError } from '../errors/system-error.ts';
import type { Detector } from './detectors/detector.ts';
import { chipModel, type ChipModel } from './references/chip-model.ts';
import { referenceKeywords } from './references/reference-names.ts';
import { writeReference } from './references/write-reference.ts';
import { configurationScript } from './rules/configuration-script.ts';
import { writeRules } from './rules/write-rules.ts';
import { writeServerConfig } from './rules/write-server-config.ts';
import { simulateDataset } from './simulate-dataset.ts';
import { simulationCases, type CaseName } from './simulation-case.ts';

/** A dataset that was simulated. */
export interface SimulatedDataset {
  readonly id: string;
  /** Its files in the folder of raw files. */
  readonly files: readonly string[];
  /** The name of the calibrated file that is to be compared with the truth. */
  readonly calibrated: string;
  /** Path of the image of the sky. */
  readonly truth: string;
}

/** What a simulation made; all paths are absolute. */
export interface Simulation {
  readonly rawFolder: string;
  /** A CRDS cache of its own: CRDS_PATH. */
  readonly cache: string;
  /** A script for `--config`, which makes programs use that cache. */
  readonly configuration: string;
  readonly datasets: readonly SimulatedDataset[];
}

/** What to simulate. */
export interface SimulateOptions {
  readonly cases: readonly CaseName[];
  /** The same seed gives the same bytes. */
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Told what is being made. */
  readonly say?: (text: string) => void;
}

/**
 * Simulates datasets of ACS together with all references that calibrating them needs, the rules by which these are chosen, and the truth.
 * Everything goes below `folder`, which must not exist or be empty; when it fails or is aborted, nothing is left there.
 *
 * Files are written line by line or chip by chip; at most some 120 MB are held.
 *
 * @throws CaldpError `SIMULATION_FOLDER` where the folder holds something.
 */
export async function simulate(folder: string, options: SimulateOptions): Promise<Simulation> {
  const root = resolve(folder);
  await makeEmptyFolder(root);
  try {
    return await simulateInto(root, options);
  } catch (error) {
    for (const name of await readdir(root)) {
      await rm(join(root, name), { recursive: true, force: true });
    }
    throw fromSystemError(error) ?? error;
  }
}

async function makeEmptyFolder(root: string): Promise<void> {
  try {
    await mkdir(root, { recursive: true });
    if ((await readdir(root)).length === 0) return;
  } catch (error) {
    throw fromSystemError(error) ?? error;
  }
  throw new CaldpError(`The folder \`${root}\` holds files; expected an empty one or none.`, {
    code: 'SIMULATION_FOLDER',
    advice: 'Name another folder with `--output`, or empty this one.',
    exit: 'CMDLINE_ERROR',
  });
}

async function simulateInto(root: string, options: SimulateOptions): Promise<Simulation> {
  const { cases, seed, signal, say = () => undefined } = options;
  const [rawFolder, truthFolder, cache] = ['raw', 'truth', 'crds'].map((name) => join(root, name));
  if (rawFolder === undefined || truthFolder === undefined || cache === undefined) {
    throw new RangeError('Expected three folders.');
  }
  await Promise.all([rawFolder, truthFolder].map((path) => mkdir(path)));
  const chosen = [...new Set(cases)].map((name) => simulationCases[name]);
  const detectors = [...new Set(chosen.map(({ detector }) => detector))];
  const models = new Map(detectors.map((detector) => [detector, modelsOf(detector, seed)]));
  await writeCache(cache, { models, signal, say });
  const datasets: SimulatedDataset[] = [];
  for (const simulated of chosen) {
    const { id, calibrated, detector } = simulated;
    say(`${detector.name} ${simulated.combined === undefined ? 'exposure' : 'association'} ${id}`);
    const dataset = { rawFolder, truthFolder, models: models.get(detector) ?? [], seed, signal };
    const files = await simulateDataset(simulated, dataset);
    datasets.push({ id, files, calibrated, truth: join(truthFolder, `${id}_truth.fits`) });
  }
  const configuration = join(root, 'configuration.sh');
  await writeFile(configuration, configurationScript(cache));
  return { rawFolder, cache, configuration, datasets };
}

function modelsOf(detector: Detector, seed: number): readonly ChipModel[] {
  return detector.chips.map((chip) => chipModel(chip, { detector, seed }));
}

/** Writes references, rules and server configuration as a CRDS cache has them. */
async function writeCache(
  cache: string,
  options: {
    readonly models: ReadonlyMap<Detector, readonly ChipModel[]>;
    readonly signal: AbortSignal;
    readonly say: (text: string) => void;
  },
): Promise<void> {
  const { models, signal, say } = options;
  const folderOf = (kind: string): string => join(cache, kind, 'hst');
  const folders = {
    config: folderOf('config'),
    mappings: folderOf('mappings'),
    references: folderOf('references'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  const references: string[] = [];
  for (const [detector, ofDetector] of models) {
    say(`references of the ${detector.name}`);
    const source = { detector, models: ofDetector };
    for (const keyword of referenceKeywords(detector)) {
      await setImmediate();
      signal.throwIfAborted();
      references.push(writeReference(keyword, { folder: folders.references, source }));
    }
  }
  const mappings = await writeRules(folders.mappings, { detectors: [...models.keys()] });
  await writeServerConfig(folders.config, {
    mappings: mappings.map((name) => ({ folder: folders.mappings, name })),
    references: references.map((name) => ({ folder: folders.references, name })),
    signal,
  });
}
