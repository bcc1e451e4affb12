import type { Calibrate2dOptions, ErrorPlan } from '../chips/calibrate-2d.ts';
import { readDouble } from '../header/read-keyword.ts';
import type { Work2d } from './work-2d.ts';
import { chipQuadrants } from './ccd-chip.ts';
import type { Chip2d } from './chip-2d.ts';
import { frameName } from './working-exposure.ts';

const { fround } = Math;

/** What a worker is to do with one chip in ACS2D. */
export function calibrateOptions(
  work: Work2d,
  options: { readonly chip: Chip2d; readonly index: number },
): Calibrate2dOptions {
  const { input, exposure, flags } = work;
  const { chip, index } = options;
  const imset = input.imsets[index];
  if (imset === undefined) throw new RangeError(`Expected an imset ${index + 1}.`);
  const limits = chip.limits;
  const darkTime = fround(exposure.darkTime);
  return {
    name: frameName(input.frames, index),
    source: imset.source,
    dqi: dqiOptions(work, chip),
    glin: linearityOptions(work, options),
    lflg:
      limits !== undefined && flags.LFLGCORR === 'PERFORM'
        ? { limits, exposureTime: exposure.expTime }
        : undefined,
    gains: gainsOf(chip),
    error: errorPlan(work, chip),
    dark: chip.dark === undefined ? undefined : { section: chip.dark, darkTime },
    flash:
      chip.flash === undefined
        ? undefined
        : { section: chip.flash, duration: exposure.flashDuration },
    flats: chip.flats,
    shad:
      chip.shading === undefined
        ? undefined
        : { ...chip.shading, exposureTime: fround(exposure.expTime / chip.keywords.combined) },
    badBits: chip.keywords.badBits,
  };
}

/** GLOBRATE of an imset, counts per second. */
export function globalRate(
  work: Pick<Work2d, 'input'>,
  options: { readonly index: number },
): number {
  const cards = work.input.imsets[options.index]?.headers.sci ?? [];
  return readDouble(
    { cards, place: `\`${work.input.name}\`, SCI ${options.index + 1}` },
    'GLOBRATE',
  );
}

/** Whether the count rate of the whole detector is too high to be corrected. */
export function isRateExceeded(
  work: Pick<Work2d, 'input'>,
  options: { readonly chip: Chip2d; readonly index: number },
): boolean {
  const { limits } = options.chip;
  return limits !== undefined && globalRate(work, options) > limits.globalLimit;
}

function linearityOptions(
  work: Work2d,
  options: { readonly chip: Chip2d; readonly index: number },
): Calibrate2dOptions['glin'] {
  const { limits } = options.chip;
  if (limits === undefined || work.flags.GLINCORR !== 'PERFORM') return undefined;
  return isRateExceeded(work, options)
    ? undefined
    : { rate: globalRate(work, options), tau: limits.tau };
}

function dqiOptions(work: Work2d, chip: Chip2d): Calibrate2dOptions['dqi'] {
  if (work.flags.DQICORR !== 'PERFORM') return undefined;
  const { ccdAmp, ccdGain } = work.exposure;
  const table = { path: work.references.BPIXTAB.path, ccdAmp, ccdGain, chip: chip.keywords.chip };
  return { table, offset: chip.keywords };
}

function gainsOf({ ccd, keywords }: Chip2d): Calibrate2dOptions['gains'] {
  return ccd === undefined || keywords.unit.startsWith('ELECTR')
    ? undefined
    : chipQuadrants(ccd, ccd.ccd.gain);
}

function errorPlan(work: Work2d, { ccd }: Chip2d): ErrorPlan {
  if (ccd === undefined) return { kind: 'photons' };
  const isBias = work.exposure.targName.startsWith('BIAS');
  return { kind: 'ccd', readNoise: chipQuadrants(ccd, ccd.ccd.readNoise), isBias };
}
