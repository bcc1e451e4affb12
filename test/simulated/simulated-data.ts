import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSimulatedAssociation } from './simulated-association.ts';
import { writeSimulatedEvents } from './simulated-events.ts';
import { simulatedSetups, writeSimulatedImages } from './simulated-exposure.ts';

/** A dataset that was written into a folder. */
export interface SimulatedDataset {
  readonly id: string;
  /** The names of exactly its files, sorted. */
  readonly files: readonly string[];
}

/** The datasets that can be simulated, by name; each takes a folder and writes its files there, always the same bytes. */
export const simulatedDatasets = {
  /** One exposure of ACS/HRC. */
  exposure: (folder: string): SimulatedDataset => ({
    id: 'j8zz02a1q',
    files: [writeSimulatedImages(folder, { root: 'j8zz02a1q', setup: simulatedSetups.hrc })],
  }),

  /** Two exposures of ACS/HRC to be combined against cosmic rays. */
  crSplit: (folder: string): SimulatedDataset =>
    imagesOf(folder, {
      id: 'j8zz01010',
      setup: 'hrc',
      exposures: ['j8zz01a1q', 'j8zz01a2q'],
      type: 'CRJ',
    }),

  /** Three repeated exposures of WFC3/UVIS, two chips each. */
  repeats: (folder: string): SimulatedDataset =>
    imagesOf(folder, {
      id: 'izzz01010',
      setup: 'uvis',
      exposures: ['izzz01a1q', 'izzz01a2q', 'izzz01a3q'],
      type: 'RPT',
    }),

  /** A CR-SPLIT of STIS/CCD: one raw file holds both exposures, beside it is the lamp exposure. */
  stis: (folder: string): SimulatedDataset => {
    const id = 'ozzz01010';
    const images = { root: id, association: id, setup: simulatedSetups.ccd };
    const members = [
      { name: 'ozzz01a1q', type: 'CRSPLIT' },
      { name: 'ozzz01a2q', type: 'CRSPLIT' },
      { name: 'ozzz01a3q', type: 'AUTO-WAVECAL' },
      { name: id, type: 'PRODUCT' },
    ];
    const files = [
      writeSimulatedAssociation(folder, { id, instrument: 'STIS', members }),
      writeSimulatedImages(folder, { ...images, imsets: 2 }),
      writeSimulatedImages(folder, { ...images, suffix: 'wav' }),
    ];
    return { id, files };
  },

  /** Two event lists of COS/NUV. */
  cos: (folder: string): SimulatedDataset => {
    const id = 'lzzz01010';
    const exposures = ['lzzz01a1q', 'lzzz01a2q'];
    const members = [
      ...exposures.map((name) => ({ name, type: 'EXP-FP' })),
      { name: id, type: 'PROD-FP' },
    ];
    const files = [
      writeSimulatedAssociation(folder, { id, instrument: 'COS', members }),
      ...exposures.map((root, seed) =>
        writeSimulatedEvents(folder, { root, association: id, seed }),
      ),
    ];
    return { id, files };
  },
};

/** Writes a single-visit mosaic of ACS/HRC: its poller file and the two calibrated exposures that this names. */
export async function simulateMosaic(folder: string): Promise<SimulatedDataset> {
  const id = 'acs_8zz_03';
  const exposures = ['j8zz03a1q', 'j8zz03a2q'].map((root) =>
    writeSimulatedImages(folder, { root, suffix: 'flt', setup: simulatedSetups.hrc }),
  );
  const poller = `${id}_input.out`;
  const lines = exposures.map((name) => `${name},0,8ZZ,03,60.0,F555W;CLEAR2S,HRC,${name}\n`);
  await writeFile(join(folder, poller), lines.join(''));
  return { id, files: [poller, ...exposures] };
}

function imagesOf(
  folder: string,
  options: {
    readonly id: string;
    readonly setup: keyof typeof simulatedSetups;
    readonly exposures: readonly string[];
    /** What follows `EXP-` and `PROD-` in MEMTYPE. */
    readonly type: string;
  },
): SimulatedDataset {
  const { id, exposures, type } = options;
  const setup = simulatedSetups[options.setup];
  const imsets = options.setup === 'uvis' ? 2 : 1;
  const members = [
    ...exposures.map((name) => ({ name, type: `EXP-${type}` })),
    { name: `${id.slice(0, -1)}1`, type: `PROD-${type}` },
  ];
  const files = exposures.map((root) =>
    writeSimulatedImages(folder, { root, association: id, setup, imsets }),
  );
  const table = writeSimulatedAssociation(folder, { id, instrument: setup.instrument, members });
  return { id, files: [table, ...files] };
}
