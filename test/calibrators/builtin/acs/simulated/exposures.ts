import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileOf } from '../../../../helpers/fits-bytes.ts';
import {
  constantHdu,
  imageHdu,
  primaryHdu,
  real,
  type SimpleCard,
  tableHdu,
} from './fits-parts.ts';
import { type ChipLayout, type ExposureLayout, randomLayout } from './layout.ts';
import { type Random, randomFrom } from './random.ts';
import { type ReferenceNames, writeReferences } from './references.ts';

/** A simulated dataset on disk. */
export interface SimulatedDataset {
  /** Name of the file that is to be calibrated. */
  readonly input: string;
  readonly kind: string;
}

const switchNames = [
  'DQICORR',
  'ATODCORR',
  'BLEVCORR',
  'BIASCORR',
  'SINKCORR',
  'FLSHCORR',
  'PCTECORR',
  'CRCORR',
  'EXPSCORR',
  'SHADCORR',
  'DARKCORR',
  'FLATCORR',
  'PHOTCORR',
  'RPTCORR',
  'DRIZCORR',
  'GLINCORR',
  'LFLGCORR',
] as const;
const referenceKeywords = [
  'CCDTAB',
  'OSCNTAB',
  'BPIXTAB',
  'ATODTAB',
  'BIASFILE',
  'SATUFILE',
  'SNKCFILE',
  'FLSHFILE',
  'CRREJTAB',
  'SHADFILE',
  'DARKFILE',
  'PFLTFILE',
  'DFLTFILE',
  'LFLTFILE',
  'CFLTFILE',
  'SPOTTAB',
  'IMPHTTAB',
  'MLINTAB',
];

type Combination = 'single' | 'cr' | 'rpt' | 'dither';

/** Writes a random dataset and its references; the same seed gives the same files. */
export function writeRandomDataset(options: {
  readonly folder: string;
  readonly references: string;
  readonly seed: number;
}): SimulatedDataset {
  const random = randomFrom(options.seed);
  const layout = randomLayout(random);
  const gain = random.pick([1, 2, 2, 2, 4]);
  const names = writeReferences(options.references, { layout, random, gain });
  const combination = drawCombination(random, layout);
  const count = combination === 'single' ? 1 : random.pick([2, 2, 3, 4, 8]);
  const setup = drawSetup(random, { layout, gain, names, combination });
  const sky = skyImage(layout, random);
  const roots = Array.from({ length: count }, (_, index) =>
    `jsim0${index + 1}${'abcdefgh'[index] ?? 'z'}aq`.slice(0, 9),
  );
  for (const [index, root] of roots.entries())
    writeExposure({ ...options, root, layout, setup, random, index, sky });
  if (combination === 'single') return { input: `${roots[0] ?? ''}_raw.fits`, kind: layout.kind };
  writeAssociation(options.folder, { roots, combination, layout, random });
  return { input: 'jsim01010_asn.fits', kind: `${layout.kind} ${combination} x ${count}` };
}

function drawCombination(random: Random, layout: ExposureLayout): Combination {
  if (layout.kind === 'wfc-late' || layout.kind === 'wfc-2k')
    return random.pick(['single', 'single', 'cr']);
  return layout.detector === 'SBC'
    ? random.pick(['single', 'rpt', 'dither'])
    : random.pick(['single', 'single', 'cr', 'cr', 'rpt', 'dither']);
}

interface Setup {
  readonly switches: Readonly<Record<string, string>>;
  readonly names: ReferenceNames;
  readonly gain: number;
  readonly expTime: number;
  readonly filters: readonly [string, string];
  readonly isFlashed: boolean;
  readonly flashStatus: string;
  readonly jwroType: string;
  readonly imageType: string;
  readonly targetName: string;
  readonly combination: Combination;
  readonly hasComments: boolean;
}

function drawSetup(
  random: Random,
  options: {
    readonly layout: ExposureLayout;
    readonly gain: number;
    readonly names: ReferenceNames;
    readonly combination: Combination;
  },
): Setup {
  const { layout, combination, names, gain } = options;
  const isCcd = layout.detector !== 'SBC';
  const onOff = (probability: number): string =>
    random.chance(probability) ? 'PERFORM' : random.pick(['OMIT', 'OMIT', 'SKIPPED']);
  const off = 'OMIT';
  const isFlashed = isCcd && random.chance(0.3);
  const filters: readonly [string, string] =
    layout.detector === 'HRC'
      ? ['F555W', 'CLEAR2S']
      : layout.detector === 'SBC'
        ? ['F140LP', 'N/A']
        : random.pick([
            ['CLEAR1L', 'F814W'],
            ['CLEAR1L', 'FR914M'],
          ] as const);
  const switches: Record<string, string> = {
    DQICORR: onOff(0.9),
    ATODCORR: off,
    BLEVCORR: isCcd ? onOff(0.97) : off,
    BIASCORR: isCcd ? onOff(0.9) : off,
    SINKCORR: layout.detector === 'WFC' ? onOff(0.5) : off,
    FLSHCORR: isFlashed ? 'PERFORM' : off,
    PCTECORR: off,
    CRCORR: combination === 'cr' ? 'PERFORM' : off,
    EXPSCORR: onOff(0.5),
    SHADCORR: isCcd ? onOff(0.2) : off,
    DARKCORR: onOff(0.85),
    FLATCORR: onOff(0.85),
    PHOTCORR: onOff(0.8),
    RPTCORR: combination === 'rpt' ? 'PERFORM' : off,
    DRIZCORR: 'PERFORM',
    GLINCORR: isCcd ? off : onOff(0.7),
    LFLGCORR: isCcd ? off : onOff(0.7),
  };
  const used: Record<string, string> = { ...names };
  if (random.chance(0.5)) delete used['DFLTFILE'];
  if (random.chance(0.1)) delete used['BPIXTAB'];
  if (random.chance(0.03)) used['DARKFILE'] = 'jref$nowhere_drk.fits';
  return {
    switches,
    names: used,
    gain,
    expTime: random.chance(0.03) ? 0 : random.pick([60, 500.25, 1.5, 339]),
    filters,
    isFlashed,
    flashStatus: random.pick(['SUCCESSFUL', 'ABORTED']),
    jwroType:
      layout.kind === 'wfc-late' || layout.kind === 'wfc-2k'
        ? random.pick(['DS_int', 'DS_int', 'CLAMP'])
        : 'CLAMP',
    imageType: random.pick(['EXT', 'EXT', 'EXT', 'BIAS', 'DARK']),
    targetName: random.chance(0.1) ? 'BIAS' : 'SIMULATED',
    combination,
    hasComments: random.chance(0.5),
  };
}

/** What all exposures of a dataset see, electrons a second, chip by chip. */
function skyImage(layout: ExposureLayout, random: Random): readonly Float32Array[] {
  return layout.chips.map(({ nx, ny }) => {
    const image = new Float32Array(nx * ny).fill(random.uniform(0.02, 0.5));
    const stars = Math.min(40, Math.ceil((nx * ny) / 400));
    for (let star = 0; star < stars; star += 1) {
      const [x, y] = [random.integer(1, nx - 2), random.integer(1, ny - 2)];
      const flux = Math.exp(random.uniform(0, 7));
      for (let dy = -1; dy <= 1; dy += 1)
        for (let dx = -1; dx <= 1; dx += 1)
          image[(y + dy) * nx + x + dx] =
            (image[(y + dy) * nx + x + dx] ?? 0) + flux / (1 + 4 * (dx * dx + dy * dy));
    }
    return image;
  });
}

interface ExposureOptions {
  readonly folder: string;
  readonly root: string;
  readonly layout: ExposureLayout;
  readonly setup: Setup;
  readonly random: Random;
  readonly index: number;
  readonly sky: readonly Float32Array[];
}

function writeExposure(options: ExposureOptions): void {
  const { folder, root, layout, setup, random, sky } = options;
  const expTime =
    setup.combination === 'cr' && random.chance(0.3)
      ? random.pick([0, 30, setup.expTime * 2])
      : setup.expTime;
  const imsets = layout.chips.flatMap((chip, index) =>
    imset(chip, { ...options, version: index + 1, sky: sky[index] ?? new Float32Array(), expTime }),
  );
  const primary = primaryHdu(primaryCards({ ...options, expTime, extensions: imsets.length }));
  writeFileSync(join(folder, `${root}_raw.fits`), fileOf(primary, ...imsets));
}

function primaryCards(
  options: ExposureOptions & { readonly expTime: number; readonly extensions: number },
): readonly SimpleCard[] {
  const { root, layout, setup, expTime, extensions, index } = options;
  const comment = setup.hasComments ? ['a comment that stays'] : [];
  const start = layout.expStart + index * 0.01;
  const zero = real(0);
  return [
    ['NEXTEND', extensions],
    ['FILENAME', `${root}_raw.fits`],
    ['TELESCOP', 'HST'],
    ['INSTRUME', 'ACS'],
    ['ROOTNAME', root],
    ['IMAGETYP', setup.imageType],
    ['TARGNAME', setup.targetName],
    ['EXPSTART', start],
    ['EXPEND', start + expTime / 86400],
    ['EXPTIME', real(expTime)],
    ...(layout.detector === 'SBC' ? [] : [['DARKTIME', real(expTime + 1.25)]]),
    ['OBSTYPE', 'IMAGING'],
    ['SUBARRAY', layout.isSubarray],
    ['DETECTOR', layout.detector],
    ['FILTER1', setup.filters[0]],
    ['FILTER2', setup.filters[1]],
    ['LRFWAVE', real(setup.filters[1].startsWith('FR') ? 9140 : 0)],
    ['APERTURE', layout.aperture],
    ...(layout.detector === 'SBC' ? [] : [['CCDAMP', layout.ccdAmp]]),
    ['CCDGAIN', real(setup.gain)],
    ['JWROTYPE', setup.jwroType],
    ...['ATODGNA', 'ATODGNB', 'ATODGNC', 'ATODGND', 'READNSEA', 'READNSEB'].map((keyword) => [
      keyword,
      zero,
    ]),
    ...(setup.hasComments
      ? ['BIASLEVA', 'BIASLEVB', 'BIASLEVC', 'BIASLEVD'].map((keyword) => [
          keyword,
          zero,
          'bias level',
        ])
      : []),
    ['FLASHDUR', real(setup.isFlashed ? expTime / 100 : 0)],
    ['FLASHCUR', setup.isFlashed ? 'MED' : 'OFF'],
    ['FLASHSTA', setup.isFlashed ? setup.flashStatus : 'NOT PERFORMED'],
    ['NRPTEXP', 2],
    ['ASN_MTYP', ''],
    ['CAL_VER', ''],
    ...switchNames.map((name) => [name, setup.switches[name] ?? 'OMIT', ...comment]),
    ...referenceKeywords.map((keyword) => [keyword, setup.names[keyword] ?? 'N/A', ...comment]),
  ] as readonly SimpleCard[];
}

function imset(
  chip: ChipLayout,
  options: Omit<ExposureOptions, 'sky'> & {
    readonly version: number;
    readonly sky: Float32Array;
    readonly expTime: number;
  },
): readonly Buffer[] {
  const { version, random, layout, setup } = options;
  const { nx, ny, ltv } = chip;
  const counts = layout.detector === 'SBC' ? photons(options) : electrons(chip, options);
  const geometry: readonly SimpleCard[] = [
    ['CCDCHIP', chip.chip],
    ['LTV1', real(ltv[0]), 'offset in X to subsection start'],
    ['LTV2', real(ltv[1]), 'offset in Y to subsection start'],
    ['LTM1_1', real(1)],
    ['LTM2_2', real(1)],
    ['CRPIX1', real(32 + ltv[0])],
    ['CRPIX2', real(32 + ltv[1])],
  ];
  const cards: readonly SimpleCard[] = [
    ['BUNIT', 'COUNTS', 'brightness units'],
    ...geometry,
    ['SDQFLAGS', random.pick([31743, 31743, 65535, 4])],
    ['NCOMBINE', 1],
    ...(layout.detector === 'SBC' ? ([['GLOBRATE', real(random.uniform(10, 5000))]] as const) : []),
    ...(setup.hasComments
      ? ([
          ['MEANDARK', real(0), 'mean'],
          ['PHOTMODE', '', 'mode'],
          ['NGOODPIX', 0, 'count'],
        ] as const)
      : []),
  ];
  const common = { version, nx };
  const hasDq = random.chance(0.3);
  const flags = Int16Array.from({ length: nx * ny }, () =>
    random.chance(0.01) ? random.pick([2, 4, 8, 128]) : 0,
  );
  return [
    imageHdu({ name: 'SCI', pixels: counts, cards, ...common }),
    constantHdu({
      name: 'ERR',
      ny,
      value: 0,
      cards: [['BUNIT', 'COUNTS'], ...geometry],
      ...common,
    }),
    hasDq
      ? imageHdu({ name: 'DQ', pixels: flags, cards: geometry, ...common })
      : constantHdu({ name: 'DQ', ny, value: 0, cards: geometry, ...common }),
  ];
}

function electrons(
  chip: ChipLayout,
  options: Omit<ExposureOptions, 'sky'> & { readonly sky: Float32Array; readonly expTime: number },
): Uint16Array {
  const { random, sky, expTime, setup } = options;
  const { nx, ny, trim } = chip;
  const counts = new Uint16Array(nx * ny);
  const drift = random.uniform(-0.01, 0.01);
  for (let j = 0; j < ny; j += 1) {
    const stripe = 1.5 * random.gauss();
    for (let i = 0; i < nx; i += 1) {
      const isLight = i >= trim.x1 && i < nx - trim.x2 && j >= trim.y1 && j < ny - trim.y2;
      const signal = isLight ? (sky[j * nx + i] ?? 0) * expTime : 0;
      const hit = random.chance(0.004) ? Math.exp(random.uniform(5, 11)) : 0;
      const value =
        (signal + Math.sqrt(signal) * random.gauss() + hit) / setup.gain +
        2500 +
        drift * j +
        stripe +
        2 * random.gauss();
      counts[j * nx + i] = Math.min(Math.max(Math.round(value), 0), 65535);
    }
  }
  return counts;
}

function photons(
  options: Omit<ExposureOptions, 'sky'> & { readonly sky: Float32Array; readonly expTime: number },
): Uint16Array {
  const { random, sky, expTime } = options;
  return Uint16Array.from(sky, (rate) =>
    Math.max(0, Math.round(rate * expTime * 0.1 + random.gauss())),
  );
}

function writeAssociation(
  folder: string,
  options: {
    readonly roots: readonly string[];
    readonly combination: Combination;
    readonly layout: ExposureLayout;
    readonly random: Random;
  },
): void {
  const { roots, combination, layout, random } = options;
  const types = {
    cr: ['EXP-CRJ', 'PROD-CRJ'],
    rpt: ['EXP-RPT', 'PROD-RPT'],
    dither: ['EXP-DTH', 'PROD-DTH'],
    single: ['', ''],
  }[combination];
  const hasProduct = combination !== 'dither' || random.chance(0.5);
  const product = combination === 'cr' ? 'JSIM01010' : 'JSIM01011';
  const rows = [
    ...roots.map((root) => ({ name: root.toUpperCase(), type: types[0] ?? '', isPresent: true })),
    ...(hasProduct ? [{ name: product, type: types[1] ?? '', isPresent: false }] : []),
  ];
  const primary = primaryHdu([
    ['NEXTEND', 1],
    ['FILENAME', 'jsim01010_asn.fits'],
    ['INSTRUME', 'ACS'],
    ['DETECTOR', layout.detector],
    ['ROOTNAME', 'JSIM01010'],
    ...(random.chance(0.5) ? ([['ASN_PROD', false, 'product created']] as const) : []),
  ]);
  const table = tableHdu('ASN', [
    { name: 'MEMNAME', format: '14A', values: rows.map(({ name }) => name) },
    { name: 'MEMTYPE', format: '14A', values: rows.map(({ type }) => type) },
    { name: 'MEMPRSNT', format: 'L', values: rows.map(({ isPresent }) => isPresent) },
  ]);
  writeFileSync(join(folder, 'jsim01010_asn.fits'), fileOf(primary, table));
}
