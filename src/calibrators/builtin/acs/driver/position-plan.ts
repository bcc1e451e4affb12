import {
  namesFile,
  readReference,
  type ReferenceFile,
  referenceName,
} from '../references/reference-file.ts';
import { type CombinationAsked, combines } from './combination.ts';
import type { AcsRun } from './context.ts';
import type { ExposureFile } from './exposure-file.ts';
import { missingReferences } from './missing-reference.ts';
import type { PositionReferences } from './position-references.ts';
import { readSwitches, type Switches, type SwitchName } from './switches.ts';
import { hasCard } from '../header/cards.ts';

/** What the first exposure of a position decides for all of them. */
export interface PositionPlan {
  readonly switches: Switches;
  readonly references: PositionReferences;
  /** Whether the exposures are combined. */
  readonly isCombined: boolean;
}

/** Which step asks for which references, in calacs' order. */
const referencesOfSteps: readonly (readonly [SwitchName, readonly string[]])[] = [
  ['DQICORR', ['BPIXTAB']],
  ['GLINCORR', ['MLINTAB']],
  ['LFLGCORR', ['MLINTAB']],
  ['ATODCORR', ['ATODTAB']],
  ['BIASCORR', ['BIASFILE']],
  ['DARKCORR', ['DARKFILE']],
  ['FLSHCORR', ['FLSHFILE']],
  ['FLATCORR', ['PFLTFILE', 'DFLTFILE', 'LFLTFILE']],
  ['SHADCORR', ['SHADFILE']],
  ['BLEVCORR', ['OSCNTAB']],
  ['PHOTCORR', ['IMPHTTAB']],
];
const flats: ReadonlySet<string> = new Set(['PFLTFILE', 'DFLTFILE', 'LFLTFILE']);

/**
 * Reads switches and reference names of the first exposure of a position and checks that every reference is there, before anything
 * is written.
 *
 * @throws CaldpError `ACS_REFERENCE_MISSING`, naming all of them; `ACS_COMBINATION_CONTRADICTORY` where header and table disagree.
 */
export function planPosition(
  run: AcsRun,
  options: {
    readonly first: ExposureFile;
    readonly isCcd: boolean;
    readonly asked: CombinationAsked;
  },
): PositionPlan {
  const { first, isCcd, asked } = options;
  const switches = readSwitches(first.primary, first);
  if (!hasCard(first.primary, 'FLSHCORR')) run.trailer.warning('FLSHCORR keyword not found...');
  const isCombined = combines(run, { ...options, switches });
  const names = askedNames(first, {
    switches,
    isCcd,
    isCr: isCombined && asked.combination === 'cr',
  });
  requireReferences(run, { names, isCcd, first, switches });
  printInapplicable(run, { switches, isCcd });
  return { switches, references: { names }, isCombined };
}

function askedNames(
  first: ExposureFile,
  options: { readonly switches: Switches; readonly isCcd: boolean; readonly isCr: boolean },
): ReadonlyMap<string, string> {
  const keywords = options.isCcd ? ['CCDTAB'] : [];
  if (options.isCr) keywords.push('CRREJTAB');
  for (const [step, kinds] of referencesOfSteps)
    if (options.switches[step] === 'PERFORM') keywords.push(...kinds);
  return new Map(keywords.map((keyword) => [keyword, referenceName(first.primary, keyword)]));
}

function requireReferences(
  run: AcsRun,
  options: {
    readonly names: ReadonlyMap<string, string>;
    readonly isCcd: boolean;
    readonly first: ExposureFile;
    readonly switches: Switches;
  },
): void {
  const { names, isCcd } = options;
  const place = { environment: run.environment, folder: run.folder };
  const files = [...names].map(([keyword, name]) => readReference(keyword, { name, ...place }));
  const missing = files.filter((file) => !file.exists && !mayBeMissing(file, isCcd));
  const usedFlats = files.filter((file) => flats.has(file.keyword) && namesFile(file.name));
  if (options.switches.FLATCORR === 'PERFORM' && usedFlats.length === 0)
    missing.push(...files.filter(({ keyword }) => keyword === 'PFLTFILE'));
  if (missing.length > 0) throw missingReferences([...new Set(missing)]);
}

/** `N/A` is allowed for the bad pixels of a CCD and for one or two of the flats; a blank name never is. */
function mayBeMissing(file: ReferenceFile, isCcd: boolean): boolean {
  if (file.name === '') return false;
  if (file.keyword === 'BPIXTAB') return isCcd && file.name === 'N/A';
  return flats.has(file.keyword) && file.name === 'N/A';
}

/** Steps that are asked for but do not exist for the detector. */
function printInapplicable(
  run: AcsRun,
  options: { readonly switches: Switches; readonly isCcd: boolean },
): void {
  const { switches, isCcd } = options;
  const names: readonly SwitchName[] = isCcd
    ? ['GLINCORR', 'LFLGCORR']
    : ['ATODCORR', 'BIASCORR', 'PCTECORR', 'FLSHCORR', 'SHADCORR', 'BLEVCORR'];
  for (const name of names)
    if (switches[name] === 'PERFORM')
      run.trailer.warning(`${name} = PERFORM, but detector is ${isCcd ? 'CCD' : 'MAMA'}.`);
}
