import type { Random } from './random.ts';

/** One chip of a simulated exposure, small enough that hundreds can be calibrated. */
export interface ChipLayout {
  readonly chip: number;
  readonly nx: number;
  readonly ny: number;
  readonly trim: {
    readonly x1: number;
    readonly x2: number;
    readonly y1: number;
    readonly y2: number;
  };
  readonly ltv: readonly [number, number];
  /** The whole chip that bias-like references cover, in raw pixels. */
  readonly full: {
    readonly nx: number;
    readonly ny: number;
    readonly ltv: readonly [number, number];
  };
  /** One-based columns and lines of the overscan, as OSCNTAB gives them; 0 where there is none. */
  readonly virtual: {
    readonly x: readonly [number, number];
    readonly y: readonly [number, number];
  };
  readonly sectionA: readonly [number, number];
  readonly sectionB: readonly [number, number];
}

/** How a simulated exposure is read out. */
export interface ExposureLayout {
  readonly detector: 'WFC' | 'HRC' | 'SBC';
  readonly kind: 'hrc' | 'wfc-early' | 'wfc-late' | 'wfc-2k' | 'wfc-subarray' | 'sbc';
  readonly aperture: string;
  readonly isSubarray: boolean;
  readonly ccdAmp: string;
  readonly ampX: number;
  readonly ampY: number;
  readonly expStart: number;
  readonly chips: readonly ChipLayout[];
}

const whole = (nx: number, ny: number, ltv: readonly [number, number]): ChipLayout['full'] => ({
  nx,
  ny,
  ltv,
});

/** Draws a read-out mode. */
export function randomLayout(random: Random): ExposureLayout {
  const kind = random.pick<ExposureLayout['kind']>([
    'hrc',
    'hrc',
    'hrc',
    'wfc-early',
    'wfc-early',
    'wfc-late',
    'wfc-2k',
    'wfc-subarray',
    'wfc-subarray',
    'sbc',
    'sbc',
  ]);
  switch (kind) {
    case 'hrc':
      return hrc(random);
    case 'wfc-early':
    case 'wfc-late':
      return wfc(random, kind);
    case 'wfc-2k':
    case 'wfc-subarray':
      return subarray(random, kind);
    case 'sbc':
      return sbc(random);
  }
}

function hrc(random: Random): ExposureLayout {
  const ccdAmp = random.pick(['A', 'B', 'C', 'D', 'AD', 'BC', 'ABCD']);
  const [x1, x2] = [random.integer(6, 12), random.integer(6, 12)];
  const isUpper = ccdAmp === 'A' || ccdAmp === 'B';
  const [y1, y2] = isUpper ? [8, 0] : [0, 8];
  const [width, height] = [2 * random.integer(20, 40), 2 * random.integer(20, 40)];
  const nx = width + x1 + x2;
  const ny = height + y1 + y2;
  const hasVirtual = random.chance(0.8);
  const lines: readonly [number, number] = isUpper ? [2, 7] : [ny - 6, ny - 1];
  const isSplit = ccdAmp.length > 1;
  const [useA, useB] = random.pick([
    [true, true],
    [true, true],
    [true, false],
    [false, true],
  ] as const);
  return {
    detector: 'HRC',
    kind: 'hrc',
    aperture: 'HRC',
    isSubarray: false,
    ccdAmp,
    ampX: isSplit ? width / 2 : 0,
    ampY: isSplit && ccdAmp.length === 4 ? height / 2 : 0,
    expStart: random.uniform(52340, 54000),
    chips: [
      {
        chip: 1,
        nx,
        ny,
        trim: { x1, x2, y1, y2 },
        ltv: [x1, y1],
        full: whole(nx, ny, [x1, y1]),
        virtual: hasVirtual ? { x: [x1 + 3, nx - x2 - 3], y: lines } : { x: [0, 0], y: [0, 0] },
        sectionA: useA ? [2, x1 - 1] : [0, 0],
        sectionB: useB ? [nx - x2 + 2, nx - 1] : [0, 0],
      },
    ],
  };
}

function wfc(random: Random, kind: 'wfc-early' | 'wfc-late'): ExposureLayout {
  const overscan = 24;
  const half = random.integer(20, 36);
  const nx = 2 * (overscan + half);
  const light = kind === 'wfc-late' ? 2048 : random.integer(40, 70);
  const ny = light + 20;
  const chip = (number: number): ChipLayout => {
    const [y1, y2] = number === 2 ? [0, 20] : [20, 0];
    const lines: readonly [number, number] = number === 2 ? [ny - 18, ny - 1] : [2, 19];
    return {
      chip: number,
      nx,
      ny,
      trim: { x1: overscan, x2: overscan, y1, y2 },
      ltv: [overscan, y1],
      full: whole(nx, ny, [overscan, y1]),
      virtual: { x: [overscan + 2, nx - overscan - 2], y: lines },
      sectionA: [15, 24],
      sectionB: [nx - 23, nx - 14],
    };
  };
  return {
    detector: 'WFC',
    kind,
    aperture: 'WFC',
    isSubarray: false,
    ccdAmp: 'ABCD',
    ampX: half,
    ampY: random.pick([0, ny]),
    expStart: kind === 'wfc-late' ? random.uniform(55000, 59000) : random.uniform(52400, 54900),
    chips: [chip(2), chip(1)],
  };
}

function subarray(random: Random, kind: 'wfc-2k' | 'wfc-subarray'): ExposureLayout {
  const amp = random.pick(['A', 'B', 'C', 'D']);
  const chip = amp === 'A' || amp === 'B' ? 1 : 2;
  const isRight = amp === 'B' || amp === 'D';
  const overscan = 24;
  const half = random.integer(24, 36);
  const is2k = kind === 'wfc-2k';
  const fullLight = is2k ? 2048 : 80;
  const light = is2k ? 2048 : random.integer(30, 60);
  const virtualLines = is2k ? 20 : 0;
  const [y1, y2] = !is2k ? [0, 0] : chip === 2 ? [0, 20] : [20, 0];
  const nx = overscan + half;
  const ny = light + virtualLines;
  const bottom = chip === 2 ? 0 : fullLight - light;
  const fullY1 = chip === 2 ? 0 : 20;
  const fullNx = 2 * (overscan + half);
  const hasRow = random.chance(0.8);
  return {
    detector: 'WFC',
    kind,
    aperture: `WFC${chip}${amp}-${is2k ? '2K' : '512'}`,
    isSubarray: true,
    ccdAmp: amp,
    ampX: isRight ? 0 : half,
    ampY: random.pick([0, ny]),
    expStart: random.pick([52800, 56000, 57700.5, 58100]) + random.uniform(0, 1),
    chips: [
      {
        chip,
        nx,
        ny,
        trim:
          hasRow || is2k
            ? { x1: isRight ? 0 : overscan, x2: isRight ? overscan : 0, y1, y2 }
            : { x1: 0, x2: 0, y1: 0, y2: 0 },
        ltv: [isRight ? -half : overscan, y1 - bottom],
        full: whole(fullNx, fullLight + 20, [overscan, fullY1]),
        virtual: is2k ? { x: [0, 0], y: [0, 0] } : { x: [0, 0], y: [0, 0] },
        sectionA: isRight ? [0, 0] : [3, 22],
        sectionB: isRight ? [nx - 21, nx - 2] : [0, 0],
      },
    ],
  };
}

function sbc(random: Random): ExposureLayout {
  const [nx, ny] = [random.integer(40, 80), random.integer(40, 80)];
  return {
    detector: 'SBC',
    kind: 'sbc',
    aperture: 'SBC',
    isSubarray: false,
    ccdAmp: '',
    ampX: 0,
    ampY: 0,
    expStart: random.uniform(52400, 59000),
    chips: [
      {
        chip: 1,
        nx,
        ny,
        trim: { x1: 0, x2: 0, y1: 0, y2: 0 },
        ltv: [0, 0],
        full: whole(nx, ny, [0, 0]),
        virtual: { x: [0, 0], y: [0, 0] },
        sectionA: [0, 0],
        sectionB: [0, 0],
      },
    ],
  };
}
