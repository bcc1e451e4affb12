import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileOf } from '../../../../helpers/fits-bytes.ts';
import {
  constantHdu,
  imageHdu,
  primaryHdu,
  real,
  type SimpleCard,
  type SimpleColumn,
  tableHdu,
} from './fits-parts.ts';
import type { ChipLayout, ExposureLayout } from './layout.ts';
import type { Random } from './random.ts';

const amps = ['A', 'B', 'C', 'D'] as const;

/** Names of simulated reference files by keyword, with `jref$`. */
export type ReferenceNames = Readonly<Record<string, string>>;

/** Writes a full set of reference files for a read-out mode. */
export function writeReferences(
  folder: string,
  options: { readonly layout: ExposureLayout; readonly random: Random; readonly gain: number },
): ReferenceNames {
  mkdirSync(folder, { recursive: true });
  const { layout, random, gain } = options;
  const names: Record<string, string> = {};
  const add = (keyword: string, hdus: readonly Buffer[]): void => {
    const name = `sim_${keyword.slice(0, 3).toLowerCase()}${keyword.endsWith('TAB') ? 't' : 'f'}.fits`;
    writeFileSync(join(folder, name), fileOf(...hdus));
    names[keyword] = `jref$${name}`;
  };
  const image = (keyword: string, make: (chip: ChipLayout) => Planes, isRaw: boolean): void => {
    add(keyword, imageFile(layout, { random, make, isRaw, mayBeDummy: keyword !== 'SATUFILE' }));
  };
  add('CCDTAB', ccdtab(layout, { random, gain }));
  add('OSCNTAB', oscntab(layout, random));
  add('BPIXTAB', bpixtab(layout, random));
  add('CRREJTAB', crrejtab(random));
  add('MLINTAB', mlintab(random));
  add('IMPHTTAB', imphttab(random));
  image(
    'BIASFILE',
    (chip) => noise(chip.full, { random, mean: 0.4, sigma: 0.6, error: 0.15 }),
    true,
  );
  image(
    'SATUFILE',
    (chip) => noise(chip.full, { random, mean: 60_000, sigma: 3000, error: 0 }),
    true,
  );
  image(
    'DARKFILE',
    (chip) => noise(trimmedFull(chip), { random, mean: 0.004, sigma: 0.002, error: 0.0002 }),
    false,
  );
  image(
    'FLSHFILE',
    (chip) => noise(trimmedFull(chip), { random, mean: 4, sigma: 0.3, error: 0.02 }),
    false,
  );
  image('PFLTFILE', (chip) => flat(trimmedFull(chip), random), false);
  image('DFLTFILE', (chip) => flat(trimmedFull(chip), random), false);
  image(
    'SHADFILE',
    (chip) => noise(trimmedFull(chip), { random, mean: 0.01, sigma: 0.003, error: 0.0005 }),
    false,
  );
  add('SNKCFILE', sinkFile(layout, random));
  return names;
}

interface Planes {
  readonly nx: number;
  readonly sci: Float32Array;
  readonly err: Float32Array | number;
  readonly dq: Int16Array | number;
}

function trimmedFull(chip: ChipLayout): { readonly nx: number; readonly ny: number } {
  const isSub = chip.full.nx !== chip.nx;
  const { x1, x2, y1, y2 } = isSub ? { x1: 24, x2: 24, y1: 20, y2: 0 } : chip.trim;
  return { nx: chip.full.nx - x1 - x2, ny: chip.full.ny - y1 - y2 };
}

function noise(
  size: { readonly nx: number; readonly ny: number },
  options: {
    readonly random: Random;
    readonly mean: number;
    readonly sigma: number;
    readonly error: number;
  },
): Planes {
  const { random, mean, sigma, error } = options;
  const count = size.nx * size.ny;
  const sci = Float32Array.from({ length: count }, () => mean + sigma * random.gauss());
  const isPlain = random.chance(0.2);
  return {
    nx: size.nx,
    sci,
    err: isPlain
      ? error
      : Float32Array.from({ length: count }, () => error * random.uniform(0.5, 1.5)),
    dq: isPlain
      ? 0
      : Int16Array.from({ length: count }, () =>
          random.chance(0.01) ? random.pick([1, 16, 32, 64]) : 0,
        ),
  };
}

function flat(size: { readonly nx: number; readonly ny: number }, random: Random): Planes {
  const planes = noise(size, { random, mean: 1, sigma: 0.02, error: 0.002 });
  for (let k = 0; k < planes.sci.length; k += 1) if (random.chance(0.002)) planes.sci[k] = 0;
  return planes;
}

function description(random: Random, mayBeDummy: boolean): readonly SimpleCard[] {
  const isDummy = mayBeDummy && random.chance(0.04);
  return [
    [
      'PEDIGREE',
      isDummy ? 'DUMMY' : random.pick(['INFLIGHT 01/01/2002 01/01/2003', 'GROUND', 'MODEL']),
    ],
    [
      'DESCRIP',
      random.pick([
        'Simulated reference',
        '',
        'Simulated reference, of which the description is as long as this----',
      ]),
    ],
  ];
}

function referencePrimary(options: {
  readonly extensions: number;
  readonly random: Random;
  readonly mayBeDummy: boolean;
  readonly cards?: readonly SimpleCard[];
}): Buffer {
  const { extensions, random, mayBeDummy, cards = [] } = options;
  return primaryHdu([
    ['NEXTEND', extensions],
    ['TELESCOP', 'HST'],
    ...description(random, mayBeDummy),
    ...cards,
  ]);
}

function imageFile(
  layout: ExposureLayout,
  options: {
    readonly random: Random;
    readonly make: (chip: ChipLayout) => Planes;
    readonly isRaw: boolean;
    readonly mayBeDummy: boolean;
  },
): readonly Buffer[] {
  const { random, make, isRaw, mayBeDummy } = options;
  const chips =
    layout.isSubarray && random.chance(0.5) ? [otherChip(layout), ...layout.chips] : layout.chips;
  const hdus = chips.flatMap((chip, index) => {
    const { nx, sci, err, dq } = make(chip);
    const [ltv1, ltv2] = isRaw ? chip.full.ltv : [0, 0];
    const cards: readonly SimpleCard[] = [
      ['CCDCHIP', chip.chip],
      ['LTV1', real(ltv1)],
      ['LTV2', real(ltv2)],
      ['LTM1_1', real(1)],
      ['LTM2_2', real(1)],
    ];
    const common = { version: index + 1, nx, cards };
    const ny = sci.length / nx;
    return [
      imageHdu({ name: 'SCI', pixels: sci, ...common }),
      typeof err === 'number'
        ? constantHdu({ name: 'ERR', ny, value: err, ...common })
        : imageHdu({ name: 'ERR', pixels: err, ...common }),
      typeof dq === 'number'
        ? constantHdu({ name: 'DQ', ny, value: dq, ...common })
        : imageHdu({ name: 'DQ', pixels: dq, ...common }),
    ];
  });
  return [referencePrimary({ extensions: hdus.length, random, mayBeDummy }), ...hdus];
}

function otherChip(layout: ExposureLayout): ChipLayout {
  const [chip] = layout.chips;
  if (chip === undefined) throw new RangeError('Expected a chip.');
  return { ...chip, chip: chip.chip === 1 ? 2 : 1 };
}

function sinkFile(layout: ExposureLayout, random: Random): readonly Buffer[] {
  const chips =
    layout.isSubarray && layout.chips[0]?.chip === 1
      ? [otherChip(layout), ...layout.chips]
      : layout.chips;
  const hdus = chips.map((chip, index) => {
    const { nx, ny, ltv } = chip.full;
    const pixels = new Float32Array(nx * ny);
    for (let k = 0; k < pixels.length; k += 1)
      if (random.chance(0.003))
        for (let step = 0; step < random.integer(1, 6); step += 1)
          pixels[k + step * nx] =
            step === 0
              ? -random.uniform(2, 900)
              : random.pick([-1, random.uniform(1, 600), random.uniform(1, 90)]);
    const cards: readonly SimpleCard[] = [
      ['CCDCHIP', chip.chip],
      ['LTV1', real(ltv[0])],
      ['LTV2', real(ltv[1])],
    ];
    return imageHdu({ name: 'SCI', version: index + 1, nx, pixels, cards });
  });
  return [referencePrimary({ extensions: hdus.length, random, mayBeDummy: true }), ...hdus];
}

function ccdtab(
  layout: ExposureLayout,
  options: { readonly random: Random; readonly gain: number },
): readonly Buffer[] {
  const { random, gain } = options;
  const rows = [1, 2].flatMap((chip) => [
    { chip, gain: gain + 7 },
    { chip, gain },
  ]);
  const column = (
    name: string,
    format: string,
    value: (row: (typeof rows)[number]) => number | string,
  ): SimpleColumn => ({
    name,
    format,
    values: rows.map(value),
  });
  const columns = [
    column('CCDAMP', '4A', () => layout.ccdAmp || 'ANY'),
    column('CCDCHIP', 'I', ({ chip }) => chip),
    column('CCDGAIN', random.chance(0.5) && Number.isInteger(gain) ? 'I' : 'E', (row) => row.gain),
    column('BINAXIS1', 'I', () => 1),
    column('BINAXIS2', 'I', () => 1),
    ...amps.map((amp) => column(`CCDOFST${amp}`, 'I', () => random.pick([3, -1, -999]))),
    ...amps.map((amp) => column(`CCDBIAS${amp}`, 'E', () => random.uniform(2400, 2600))),
    ...amps.map((amp) =>
      column(`ATODGN${amp}`, random.pick(['E', 'D']), () => gain * random.uniform(0.9, 1.1)),
    ),
    ...amps.map((amp) => column(`READNSE${amp}`, 'E', () => random.uniform(3, 6))),
    column('AMPX', 'I', () => layout.ampX),
    column('AMPY', 'I', () => layout.ampY),
    column('ATODSAT', 'J', () => random.pick([65534, 40_000, 3500])),
    column('SATURATE', 'E', () => 84_700),
    column('OVRHFLS', 'E', () => 4.75),
    column('OVRHUFLS', 'E', () => 1.35),
    column('PEDIGREE', '20A', () => 'INFLIGHT'),
    column('DESCRIP', '30A', () => random.pick(['simulated row', ''])),
  ];
  return [
    referencePrimary({ extensions: 1, random, mayBeDummy: false }),
    tableHdu('CCDTAB', columns),
  ];
}

function oscntab(layout: ExposureLayout, random: Random): readonly Buffer[] {
  const chips = layout.chips;
  const column = (name: string, value: (chip: ChipLayout) => number): SimpleColumn => ({
    name,
    format: 'I',
    values: chips.map(value),
  });
  const hasRow = chips.some(({ trim }) => trim.x1 + trim.x2 > 0);
  const pair = (
    name: string,
    value: (chip: ChipLayout) => readonly [number, number],
  ): readonly SimpleColumn[] => [
    column(`${name}1`, (chip) => value(chip)[0]),
    column(`${name}2`, (chip) => value(chip)[1]),
  ];
  const columns: readonly SimpleColumn[] = [
    {
      name: 'CCDAMP',
      format: '4A',
      values: chips.map(() => (hasRow ? layout.ccdAmp || 'ANY' : 'XYZ')),
    },
    column('CCDCHIP', ({ chip }) => random.pick([chip, chip, chips.length === 1 ? -1 : chip])),
    column('BINX', () => 1),
    column('BINY', () => 1),
    column('NX', ({ nx }) => nx),
    column('NY', ({ ny }) => ny),
    ...pair('TRIMX', ({ trim }) => [trim.x1, trim.x2]),
    ...pair('TRIMY', ({ trim }) => [trim.y1, trim.y2]),
    ...pair('VX', ({ virtual }) => virtual.x),
    ...pair('VY', ({ virtual }) => virtual.y),
    ...pair('BIASSECTA', ({ sectionA }) => sectionA),
    ...pair('BIASSECTB', ({ sectionB }) => sectionB),
  ];
  return [
    referencePrimary({ extensions: 1, random, mayBeDummy: false }),
    tableHdu('OSCNTAB', columns),
  ];
}

function bpixtab(layout: ExposureLayout, random: Random): readonly Buffer[] {
  const [first] = layout.chips;
  const { nx, ny } = first?.full ?? { nx: 40, ny: 40 };
  const count = random.pick([1, 20, 60]);
  const column = (name: string, format: string, value: () => number | string): SimpleColumn => ({
    name,
    format,
    values: Array.from({ length: count }, value),
  });
  const columns = [
    ...(random.chance(0.7)
      ? [column('CCDAMP', '4A', () => random.pick(['N/A', 'ANY', layout.ccdAmp || 'N/A', 'Q']))]
      : []),
    column('CCDCHIP', 'I', () => random.pick([-999, -1, 1, 2])),
    column('CCDGAIN', 'E', () => random.pick([-999, -1, 1, 2])),
    column('PIX1', 'J', () => random.integer(-5, nx + 5)),
    column('PIX2', 'J', () => random.integer(-5, ny + 5)),
    column('LENGTH', 'J', () => random.pick([1, 1, 3, 200])),
    column('AXIS', 'I', () => random.pick([1, 2])),
    column('VALUE', 'I', () => random.pick([4, 16, 32, 128, 256, 2])),
  ];
  return [
    referencePrimary({ extensions: 1, random, mayBeDummy: true }),
    tableHdu('BPIXTAB', columns),
  ];
}

function crrejtab(random: Random): readonly Buffer[] {
  const splits = [2, 2, 3, 4, 5];
  const column = (
    name: string,
    format: string,
    values: readonly (number | string | boolean)[],
  ): SimpleColumn => ({ name, format, values });
  const all = <Value extends number | string | boolean>(value: () => Value): readonly Value[] =>
    splits.map(value);
  const columns = [
    column('CRSPLIT', 'I', splits),
    column('MEANEXP', 'E', [100, 100_000, 100_000, 100_000, 100_000]),
    column(
      'SCALENSE',
      'E',
      all(() => random.pick([0, 2.5, 30])),
    ),
    column(
      'INITGUES',
      '8A',
      all(() => random.pick(['minimum', 'median'])),
    ),
    column(
      'SKYSUB',
      '4A',
      all(() => random.pick(['mode', 'none'])),
    ),
    column(
      'CRSIGMAS',
      '16A',
      all(() => random.pick(['6.5,5.5,4.5', '4.5', '8.0,5.0', '5;4;3'])),
    ),
    column(
      'CRRADIUS',
      'E',
      all(() => random.pick([0, 1, 2.1, 1.5])),
    ),
    column(
      'CRTHRESH',
      'E',
      all(() => random.pick([0.5555, 0.2, 0, -1, 1])),
    ),
    column(
      'BADINPDQ',
      'I',
      all(() => random.pick([0, 39, 255, 4])),
    ),
    column(
      'CRMASK',
      'L',
      all(() => random.chance(0.7)),
    ),
  ];
  return [
    referencePrimary({ extensions: 1, random, mayBeDummy: false }),
    tableHdu('CRREJTAB', columns),
  ];
}

function mlintab(random: Random): readonly Buffer[] {
  const columns: readonly SimpleColumn[] = [
    { name: 'DETECTOR', format: '4A', values: ['WFC', 'SBC'] },
    { name: 'GLOBAL_LIMIT', format: 'D', values: [1, random.pick([100_000, 100])] },
    { name: 'LOCAL_LIMIT', format: 'D', values: [1, random.pick([0.05, 0.2, 100])] },
    { name: 'TAU', format: 'D', values: [1, 3.7e-7] },
    { name: 'EXPAND', format: 'E', values: [1, random.pick([0, 1.5, 2])] },
    { name: 'PEDIGREE', format: '10A', values: ['GROUND', 'GROUND'] },
    { name: 'DESCRIP', format: '20A', values: ['one', 'simulated linearity'] },
  ];
  return [
    referencePrimary({ extensions: 1, random, mayBeDummy: true }),
    tableHdu('MLINTAB', columns),
  ];
}

const modes = [
  'acs,hrc,f555w,mjd#',
  'acs,wfc1,f814w,mjd#',
  'acs,sbc,f140lp,mjd#',
  'acs,wfc1,fr914m#,mjd#',
];

function imphttab(random: Random): readonly Buffer[] {
  const hdus = ['PHOTFLAM', 'PHOTPLAM', 'PHOTBW'].map((keyword) => {
    const counts = modes.map((mode) => (mode.includes('fr914m') ? 2 : random.integer(0, 1)));
    const isRamp = (row: number): boolean => counts[row] === 2;
    const dates = [52334, 53000.5, 53919, 57000];
    const column = (
      name: string,
      format: string,
      value: (row: number) => number | string | readonly number[],
    ): SimpleColumn => ({
      name,
      format,
      values: modes.map((_, row) => value(row)),
    });
    const numbers = (length: number) => (): readonly number[] =>
      Array.from(
        { length },
        () => (keyword === 'PHOTFLAM' ? 1e-19 : 5000) * random.uniform(0.9, 1.1),
      );
    return tableHdu(keyword, [
      column('OBSMODE', '40A', (row) => modes[row] ?? ''),
      column(
        'DATACOL',
        '12A',
        (row) => `${keyword}${counts[row] === 0 ? '' : String(counts[row])}`,
      ),
      column(keyword, 'D', () => (keyword === 'PHOTFLAM' ? 7.1e-20 : 5355.9)),
      column(`${keyword}1`, '4D', numbers(4)),
      column(`${keyword}2`, '12D', numbers(12)),
      column('NELEM1', 'J', (row) => (isRamp(row) ? 3 : 4)),
      column('PAR1NAMES', '12A', (row) => (isRamp(row) ? 'FR914M#' : 'MJD#')),
      column('PAR1VALUES', '4D', (row) => (isRamp(row) ? [7000, 9000, 10_000, 0] : dates)),
      column('NELEM2', 'J', (row) => (isRamp(row) ? 4 : 0)),
      column('PAR2NAMES', '12A', () => 'MJD#'),
      column('PAR2VALUES', '4D', () => dates),
      column('PEDIGREE', '8A', () => 'GROUND'),
      column('DESCRIP', '8A', () => 'sim'),
    ]);
  });
  const cards: readonly SimpleCard[] = [
    ['PARNUM', 2],
    ['PHOTZPT', -21.1],
    ...(random.chance(0.6) ? ([['EXTRAP', random.chance(0.7)]] as const) : []),
    ['PAR1NAME', 'MJD#'],
    ['PAR2NAME', 'FR914M#'],
  ];
  return [referencePrimary({ extensions: 3, random, mayBeDummy: true, cards }), ...hdus];
}
