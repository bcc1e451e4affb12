import { CaldpError } from '../../../../errors/caldp-error.ts';
import { cardValue } from '../header/cards.ts';

/** Switches in the headers of an exposure. */
export const switchNames = [
  ...(['DQICORR', 'ATODCORR', 'BIASCORR', 'BLEVCORR', 'CRCORR', 'DARKCORR', 'FLATCORR'] as const),
  ...(['PCTECORR', 'FLSHCORR', 'GLINCORR', 'LFLGCORR', 'PHOTCORR', 'RPTCORR', 'SHADCORR'] as const),
  ...(['EXPSCORR', 'SINKCORR'] as const),
];

export type SwitchName = (typeof switchNames)[number];

/**
 * What is to be done about a step. `DUMMY`: to be done, but the reference says that it is a stand-in; `IGNORED`: found impossible on
 * the way.
 */
export type StepFlag = 'PERFORM' | 'OMIT' | 'COMPLETE' | 'SKIPPED' | 'DUMMY' | 'IGNORED';

export type Switches = Readonly<Record<SwitchName, StepFlag>>;

/**
 * Reads the calibration switches. One that is missing counts as OMIT, and so does SKIPPED.
 *
 * @throws CaldpError `ACS_SWITCH_INVALID` for another value.
 */
export function readSwitches(
  cards: readonly string[],
  options: { readonly name: string },
): Switches {
  const flag = (keyword: SwitchName): StepFlag => switchFlag(cards, { keyword, ...options });
  return {
    DQICORR: flag('DQICORR'),
    ATODCORR: flag('ATODCORR'),
    BIASCORR: flag('BIASCORR'),
    BLEVCORR: flag('BLEVCORR'),
    CRCORR: flag('CRCORR'),
    DARKCORR: flag('DARKCORR'),
    FLATCORR: flag('FLATCORR'),
    PCTECORR: flag('PCTECORR'),
    FLSHCORR: flag('FLSHCORR'),
    GLINCORR: flag('GLINCORR'),
    LFLGCORR: flag('LFLGCORR'),
    PHOTCORR: flag('PHOTCORR'),
    RPTCORR: flag('RPTCORR'),
    SHADCORR: flag('SHADCORR'),
    EXPSCORR: flag('EXPSCORR'),
    SINKCORR: flag('SINKCORR'),
  };
}

/** Whether a step was neither done nor to be done. */
export function isOff(flag: StepFlag): boolean {
  return flag === 'OMIT' || flag === 'COMPLETE' || flag === 'SKIPPED';
}

/** The flag as trailers show it. */
export function printedFlag(flag: StepFlag): string {
  switch (flag) {
    case 'DUMMY':
      return 'SKIPPED';
    case 'IGNORED':
      return 'unknown';
    case 'PERFORM':
    case 'OMIT':
    case 'COMPLETE':
    case 'SKIPPED':
      return flag;
  }
}

function switchFlag(
  cards: readonly string[],
  options: { readonly keyword: SwitchName; readonly name: string },
): StepFlag {
  const value = cardValue(cards, options.keyword);
  if (value === undefined) return 'OMIT';
  const text = value.kind === 'string' ? value.text : String(value.value);
  switch (text.toLowerCase()) {
    case 'perform':
      return 'PERFORM';
    case 'complete':
      return 'COMPLETE';
    case 'omit':
    case 'skipped':
      return 'OMIT';
    default:
      throw new CaldpError(
        `\`${options.name}\` has ${options.keyword} \`${text}\`; expected PERFORM, OMIT, COMPLETE or SKIPPED.`,
        {
          code: 'ACS_SWITCH_INVALID',
          advice: `Set ${options.keyword} in the primary header to PERFORM or OMIT.`,
          exit: 'STAGE1_ERROR',
        },
      );
  }
}
