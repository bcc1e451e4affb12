import { CaldpError } from '../../../../errors/caldp-error.ts';
import type { Warning } from '../../../../errors/warning.ts';
import { type AssociationPlan, type AssociationPosition, readAssociation } from './association.ts';
import { beginModule, endModule } from './banner.ts';
import type { AcsRun } from './context.ts';
import { requireNoCte } from './cte-not-corrected.ts';
import { equivalentProgram, equivalentVersion } from './equivalent.ts';
import { readExposure } from './exposure-file.ts';
import { type Detector, detectorOf } from './exposure-keywords.ts';
import { markProduct } from './mark-product.ts';
import { printOpened } from './print-opening.ts';
import { processCcdPosition } from './process-ccd.ts';
import { processMama } from './process-mama.ts';
import { refused } from './refuse.ts';
import { readString } from '../header/read-keyword.ts';

/** What a calibration came to. */
export interface AcsResult {
  /** Names of the files that were made or changed, the trailers apart. */
  readonly products: readonly string[];
  readonly warnings: readonly Warning[];
}

interface Work {
  readonly detector: Detector;
  readonly association: AssociationPlan | undefined;
  readonly positions: readonly {
    readonly names: readonly string[];
    readonly position: AssociationPosition | undefined;
  }[];
}

/**
 * Calibrates a raw exposure or an association, as calacs does: this is its main program.
 *
 * @param input - `*_raw.fits` or `*_asn.fits`, without a folder.
 * @throws CaldpError for everything that stops a calibration; trailers tell how far it came.
 */
export async function runAcs(run: AcsRun, input: string): Promise<AcsResult> {
  try {
    requireName(input);
    printStart(run, input);
    const work = readInput(run, input);
    const result = await process(run, work);
    run.trailer.gap();
    endModule(run.trailer, { name: 'CALACS', now: run.clock.now() });
    run.trailer.message(`CALACS completion for ${input}`);
    return result;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    run.trailer.message(`ERROR:    ${text}`);
    run.trailer.message(`ERROR:    CALACS processing NOT completed for ${input}`);
    throw error;
  } finally {
    run.trailer.end();
  }
}

function requireName(input: string): void {
  if (!/^[^/\\%]+_(?:raw|asn)\.fits$/.test(input))
    throw refused(
      `\`${input}\` is neither a raw exposure (\`*_raw.fits\`) nor an association (\`*_asn.fits\`).`,
      'Give the raw exposure or the association table, by its name in the work folder.',
    );
}

function printStart(run: AcsRun, input: string): void {
  const { trailer, program } = run;
  trailer.message(`git tag: ${program.name} ${program.version}`);
  trailer.message(`git branch: built-in, equal to ${equivalentProgram} ${equivalentVersion}`);
  trailer.message(`HEAD @: ${program.name}`);
  trailer.message(
    `Setting max threads to ${run.chips.length} out of ${run.chips.length} available`,
  );
  beginModule(trailer, { name: 'CALACS', now: run.clock.now() });
  trailer.gap();
  trailer.message(`Input    ${input}`);
}

function readInput(run: AcsRun, input: string): Work {
  if (input.endsWith('_asn.fits')) return readTable(run, input);
  run.trailer.message('LoadAsn:  Processing SINGLE exposure');
  const { primary } = readExposure(input, run);
  printOpened(run.trailer, input);
  const header = { cards: primary, place: `\`${input}\`` };
  if (!readString(header, 'INSTRUME').startsWith('ACS'))
    throw new CaldpError(`\`${input}\` is not an exposure of ACS.`, {
      code: 'ACS_INSTRUMENT_WRONG',
      advice: 'Calibrate only ACS data with the ACS calibrator.',
      exit: 'STAGE1_ERROR',
    });
  const detector = detectorOf(readString(header, 'DETECTOR'), input);
  return { detector, association: undefined, positions: [{ names: [input], position: undefined }] };
}

function readTable(run: AcsRun, input: string): Work {
  run.trailer.message('LoadAsn:  Processing FULL Association');
  printOpened(run.trailer, input);
  const association = readAssociation(run, input);
  const positions = association.positions.map((position) => ({
    names: position.exposures.map(({ name }) => `${name}_raw.fits`),
    position,
  }));
  return { detector: association.detector, association, positions };
}

async function process(run: AcsRun, work: Work): Promise<AcsResult> {
  const { detector, association, positions } = work;
  const products: string[] = [];
  const warnings: Warning[] = [];
  if (detector === 'SBC') {
    products.push(...(await processMama(run, { positions, association })));
    run.trailer.message('Finished MAMA processing...');
  } else {
    if (run.isStrict)
      requireNoCte(
        run,
        positions.flatMap(({ names }) => names.slice(0, 1)),
      );
    for (const [index, { names, position }] of positions.entries()) {
      const combination = association?.combination ?? 'none';
      const outcome = await processCcdPosition(run, {
        names,
        combination,
        isFirst: index === 0,
        association,
        position,
      });
      products.push(...outcome.products);
      warnings.push(...outcome.warnings);
    }
    run.trailer.message('Finished CCD processing...');
  }
  if (association !== undefined) {
    finishAssociation(run, association);
    products.push(association.file);
  }
  return { products: [...new Set(products)].sort(), warnings };
}

/** Joins the trailers of the association; a drizzled product is left to DrizzlePac, as calacs does. */
function finishAssociation(run: AcsRun, association: AssociationPlan): void {
  const { trailer } = run;
  const inputs = association.positions.map(({ product, exposures }) => {
    const name = association.combination === 'none' ? exposures[0]?.name : product?.name;
    return `${name ?? ''}.tra`;
  });
  trailer.openJoined(`${association.root}.tra`, inputs);
  if (association.dither === undefined) {
    trailer.warning('No DTH product name specified. No product created.');
    return;
  }
  beginModule(trailer, { name: 'ACSDTH', now: run.clock.now() });
  trailer.message(
    'The task DrizzlePac needs to be run in order to generate\n' +
      'a geometrically corrected, drizzle-combined product.\n' +
      'See https://www.stsci.edu/scientific-community/software/drizzlepac for more details.',
  );
  for (const name of inputs)
    trailer.warning(`Can't find input file "${name.replace('.tra', '_spt.fits')}"`);
  endModule(trailer, { name: 'ACSDTH', now: run.clock.now() });
  trailer.close();
  markProduct(run, { file: association.file, row: association.dither.row });
}
