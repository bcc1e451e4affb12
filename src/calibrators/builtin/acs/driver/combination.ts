import { CaldpError } from '../../../../errors/caldp-error.ts';
import type { AssociationPlan } from './association.ts';
import type { AcsRun } from './context.ts';
import type { ExposureFile } from './exposure-file.ts';
import type { Switches } from './switches.ts';

/** How the exposures of a position are to be combined. */
export interface CombinationAsked {
  readonly combination: AssociationPlan['combination'];
  readonly exposures: number;
  /** Only the first position is checked against the table. */
  readonly isFirst: boolean;
}

/**
 * Whether the exposures of a position are combined: what the table says, raised by a switch, lowered where there is one exposure only.
 *
 * @throws CaldpError `ACS_COMBINATION_CONTRADICTORY` where header and table disagree.
 */
export function combines(
  run: AcsRun,
  options: {
    readonly first: ExposureFile;
    readonly isCcd: boolean;
    readonly asked: CombinationAsked;
    readonly switches: Switches;
  },
): boolean {
  const { first, asked, switches, isCcd } = options;
  if (switches.CRCORR === 'PERFORM' && switches.RPTCORR === 'PERFORM')
    throw bothCombinations(first);
  const effective = (kind: 'cr' | 'rpt'): boolean => {
    const keyword = kind === 'cr' ? 'CRCORR' : 'RPTCORR';
    const isAsked = switches[keyword] === 'PERFORM';
    if (isAsked && asked.exposures < 2) printSingle(run, keyword);
    else if (isAsked && kind === 'cr' && !isCcd) printPhotonCounter(run);
    if (asked.exposures < 2) return false;
    return asked.combination === kind || (isAsked && (kind === 'rpt' || isCcd));
  };
  const [cr, rpt] = [effective('cr'), effective('rpt')];
  const isConsistent = cr === (asked.combination === 'cr') && rpt === (asked.combination === 'rpt');
  if (isCcd && asked.isFirst && !isConsistent) throw contradictory(first, asked);
  return cr || rpt;
}

function printSingle(run: AcsRun, keyword: 'CRCORR' | 'RPTCORR'): void {
  run.trailer.warning(`${keyword} will be omitted because there's only one image.`);
}

function printPhotonCounter(run: AcsRun): void {
  run.trailer.warning('CRCORR will be omitted because detector is MAMA.');
}

function bothCombinations(first: ExposureFile): CaldpError {
  return new CaldpError(`\`${first.name}\` has both CRCORR and RPTCORR set to PERFORM.`, {
    code: 'ACS_COMBINATION_CONTRADICTORY',
    advice: 'Set one of them to OMIT.',
    exit: 'STAGE1_ERROR',
  });
}

function contradictory(first: ExposureFile, asked: CombinationAsked): CaldpError {
  const table = { cr: 'a CR-SPLIT', rpt: 'a repeat', none: 'no' }[asked.combination];
  return new CaldpError(
    `The association table tells of ${table} combination of ${asked.exposures} present exposures, which CRCORR and RPTCORR of \`${first.name}\` contradict.`,
    {
      code: 'ACS_COMBINATION_CONTRADICTORY',
      advice: 'Correct the switches, or provide the missing exposures of the association.',
      exit: 'STAGE1_ERROR',
    },
  );
}
