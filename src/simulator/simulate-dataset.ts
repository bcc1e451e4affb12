import { setImmediate } from 'node:timers/promises';
import { writeAssociation } from './association/write-association.ts';
import { illuminated, wholeChip, type Readout } from './exposures/readout.ts';
import { writeRaw, type RawImset } from './exposures/write-raw.ts';
import type { Observation } from './headers/observation.ts';
import { RandomStream } from './random/random-stream.ts';
import type { ChipModel } from './references/chip-model.ts';
import { referencesOf } from './references/reference-names.ts';
import type { SimulationCase } from './simulation-case.ts';
import { renderScene } from './sky/render-scene.ts';
import { starsOf } from './sky/star.ts';
import { writeTruth } from './truth/write-truth.ts';

/** Where the files of a dataset go, and from what they are made. */
export interface DatasetOptions {
  readonly rawFolder: string;
  readonly truthFolder: string;
  /** The models of the detector's chips, in the order of the imsets. */
  readonly models: readonly ChipModel[];
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Seconds between the end of one exposure and the start of the next. */
const pause = 120;

/**
 * Writes the truth, the raw exposures and the association table of a dataset. Holds the sky of all its chips and the counts of one.
 *
 * @returns the names of the raw files and the table.
 */
export async function simulateDataset(
  simulated: SimulationCase,
  options: DatasetOptions,
): Promise<readonly string[]> {
  const { rawFolder, truthFolder, models, seed, signal } = options;
  const { id, exposures, combined, detector } = simulated;
  const imsets = imsetsOf(simulated, { models, seed });
  writeTruth(truthFolder, { id, imsets });
  const files: string[] = [];
  for (const [index, root] of exposures.entries()) {
    await setImmediate();
    signal.throwIfAborted();
    const start = simulated.start + (index * (simulated.exposureTime + pause)) / 86_400;
    const observation = observationOf(simulated, { root, seed, start });
    files.push(writeRaw(rawFolder, { observation, imsets }));
  }
  if (combined !== undefined) {
    const association = { id, detector: detector.name, exposures, ...combined };
    files.push(writeAssociation(rawFolder, association));
  }
  return files;
}

function imsetsOf(
  { detector, window }: SimulationCase,
  { models, seed }: { readonly models: readonly ChipModel[]; readonly seed: number },
): readonly RawImset[] {
  const { starWidth, sky } = detector;
  return models
    .filter(({ chip }) => window === undefined || chip.number === window.chip)
    .map((model) => {
      const { chip } = model;
      const readout: Readout =
        window === undefined ? wholeChip(chip) : { chip, window: window.rectangle };
      const random = new RandomStream(`${seed} ${detector.name} ${chip.number} stars`);
      const stars = starsOf(detector, { random });
      const scene = renderScene(stars, { window: illuminated(readout).onChip, starWidth, sky });
      return { model, readout, scene };
    });
}

function observationOf(
  simulated: SimulationCase,
  options: { readonly root: string; readonly seed: number; readonly start: number },
): Observation {
  const { id, combined, exposureTime, window } = simulated;
  return {
    ...simulated,
    ...options,
    darkTime: exposureTime + simulated.overhead,
    subarray: window !== undefined,
    references: neededReferences(simulated),
    ...(combined === undefined ? {} : { association: { id, memberType: `EXP-${combined.type}` } }),
  };
}

/** The references that the exposures name: all of the detector's, less those of combining where nothing is combined. */
function neededReferences({
  detector,
  switches,
}: SimulationCase): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(referencesOf(detector)).filter(
      ([keyword]) => keyword !== 'CRREJTAB' || switches.includes('CRCORR'),
    ),
  );
}
