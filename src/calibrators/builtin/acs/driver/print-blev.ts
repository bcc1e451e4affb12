import type { BlevResult } from '../chips/start-ccd.ts';
import { formatFixed, formatGeneral } from '../header/c-number.ts';
import type { ClassicResult } from '../steps/blevcorr/classic.ts';
import type { BiasShift } from '../steps/blevcorr/bias-shift.ts';
import type { AmpDestripe } from '../steps/blevcorr/destripe.ts';
import { type AmpName, ampNames } from '../steps/quadrants.ts';
import type { CcdResults, CcdWork } from './ccd-work.ts';
import { printSupported, printUnsupported } from './print-subarray-support.ts';
import { printReference, printSwitch } from './history.ts';
import { isOff } from './switches.ts';
import type { Trailer } from './trailer.ts';
import { printClassic } from './print-classic.ts';

/** What BLEVCORR came to, for the headers. */
export interface BlevLevels {
  /** Electrons that were subtracted, for each amplifier. */
  readonly amps: ReadonlyMap<AmpName, number>;
  /** MEANBLEV of each imset. */
  readonly means: readonly (number | undefined)[];
  readonly usedOverscan: boolean;
  readonly usedDrift: boolean;
}

/** Trailer lines of BLEVCORR. Returns the levels. */
export function printBlev(
  trailer: Trailer,
  options: { readonly work: CcdWork; readonly results: CcdResults },
): BlevLevels {
  const { work, results } = options;
  const { flags, references } = work;
  trailer.gap();
  printSwitch(trailer, 'BLEVCORR', flags.BLEVCORR);
  if (!isOff(flags.BLEVCORR)) printReference(trailer, { file: references.OSCNTAB });
  const blevs = results.starts.map(({ blev }) => blev);
  switch (work.algorithm) {
    case undefined:
      return { amps: new Map(), means: [], usedOverscan: false, usedDrift: false };
    case 'classic':
      return printClassicImsets(trailer, { work, blevs });
    case 'subarray':
      return printSubarray(trailer, blevs);
    case 'full-frame':
      return printFullFrame(trailer, blevs);
  }
}

function printClassicImsets(
  trailer: Trailer,
  options: { readonly work: CcdWork; readonly blevs: readonly BlevResult[] },
): BlevLevels {
  const { work, blevs } = options;
  if (work.exposure.detector === 'WFC' && work.exposure.isSubarray) printUnsupported(trailer, work);
  const results = blevs.flatMap((blev): readonly ClassicResult[] =>
    blev.kind === 'classic' ? [blev.result] : [],
  );
  const amps = new Map<AmpName, number>();
  for (const result of results) {
    const own = printClassic(trailer, result);
    for (const amp of ampNames) {
      const level = own.get(amp) ?? 0;
      if (level !== 0) printLevel(trailer, { amp, level });
    }
    for (const [amp, level] of own) amps.set(amp, level);
  }
  printSwitch(trailer, 'BLEVCORR', 'COMPLETE');
  const last = results.at(-1);
  return {
    amps,
    means: results.map((result) => (result.kind === 'overscan' ? result.meanLevel : undefined)),
    usedOverscan: last?.kind === 'overscan',
    usedDrift: last?.kind === 'overscan' && last.amps.at(-1)?.drift?.status === 'fitted',
  };
}

function printSubarray(trailer: Trailer, blevs: readonly BlevResult[]): BlevLevels {
  const [blev] = blevs;
  if (blev?.kind !== 'subarray') throw new TypeError('Expected the bias shift of a subarray.');
  printSupported(trailer);
  printSwitch(trailer, 'BLEVCORR', 'PERFORM');
  trailer.message('Performing bias-shift correction for subarray data.');
  printShift(trailer, blev.shift);
  printSwitch(trailer, 'BLEVCORR', 'COMPLETE');
  return {
    amps: new Map([[blev.shift.amp, blev.shift.after]]),
    means: [Math.fround(blev.shift.after)],
    usedOverscan: true,
    usedDrift: false,
  };
}

function printFullFrame(trailer: Trailer, blevs: readonly BlevResult[]): BlevLevels {
  const chips = blevs.flatMap((blev) => (blev.kind === 'full-frame' ? [blev] : []));
  // Amplifiers A and B are on the second imset.
  const shifts = [...chips].reverse().flatMap((chip) => chip.shifts);
  const measured = [...chips].reverse().flatMap((chip) => chip.measured);
  printSwitch(trailer, 'BLEVCORR', 'PERFORM');
  trailer.message(
    shifts.length > 0
      ? 'Performing bias-shift and cross talk corrections for full frame data.'
      : 'WFC readout type/gain not set as needed, no bias shift nor cross talk correction done for full frame data.',
  );
  for (const shift of shifts) printShift(trailer, shift);
  trailer.message('Performing stripe removal and bias level subtraction for full frame data.');
  for (const { amp, level } of measured) printLevel(trailer, { amp, level });
  printSwitch(trailer, 'BLEVCORR', 'COMPLETE');
  const shiftOf = (amp: AmpName): number => shifts.find((shift) => shift.amp === amp)?.after ?? 0;
  return {
    amps: new Map(measured.map(({ amp, level }) => [amp, shiftOf(amp) + level])),
    means: chips.map(({ measured: own }) => meanLevel(own)),
    usedOverscan: true,
    usedDrift: false,
  };
}

function meanLevel(measured: readonly AmpDestripe[]): number {
  const [first, second] = measured;
  return ((first?.level ?? 0) + (second?.level ?? 0)) / 2;
}

function printShift(trailer: Trailer, { amp, before, after }: BiasShift): void {
  const line = (level: number, when: string): void => {
    trailer.message(
      `Bias shift correcting for bias level in Amp ${amp} of ${formatFixed(level, 4)} electrons (${when} correction).`,
    );
  };
  line(before, 'before');
  line(after, 'after');
}

function printLevel(
  trailer: Trailer,
  { amp, level }: { readonly amp: AmpName; readonly level: number },
): void {
  trailer.message(
    `     bias level of ${formatGeneral(level, 6)} electrons was subtracted for AMP ${amp}.`,
  );
}
