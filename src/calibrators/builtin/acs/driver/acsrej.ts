import type { ReferenceFile } from '../references/reference-file.ts';
import { readCrrejtab } from '../tables/crrejtab.ts';
import { beginModule, endModule } from './banner.ts';
import { type AcsRun, workerOf } from './context.ts';
import { missingReferences } from './missing-reference.ts';
import { exposureReference } from './position-references.ts';
import { printOpened } from './print-opening.ts';
import { recordCombination } from './record-combination.ts';
import { rejectOptions } from './reject-options.ts';
import type { AcsrejOptions, RejectWork } from './reject-work.ts';
import { combinedTimes, type CombinedTimes, requireAlike } from './rejection-inputs.ts';
import { readSwitches } from './switches.ts';
import { writeSupport } from './support-file.ts';
import type { WorkingExposure } from './working-exposure.ts';

/** ACSREJ: combines the exposures of a position and rejects cosmic rays (CRCORR; RPTCORR of a CCD goes the same way). */
export async function acsrej(run: AcsRun, options: AcsrejOptions): Promise<WorkingExposure> {
  const { working, output } = options;
  const [first] = working;
  if (first === undefined) throw new RangeError('Expected exposures to combine.');
  run.trailer.openJoined(
    output.replace('_crj_tmp.fits', '.tra'),
    working.map(({ name }) => name.replace('_blv_tmp.fits', '.tra')),
  );
  beginModule(run.trailer, { name: 'ACSREJ', now: run.clock.now() });
  run.trailer.gap();
  run.trailer.message('CRCORR   PERFORM');
  printOpened(run.trailer, first.name);
  requireAlike(working);
  const times = combinedTimes(working);
  if (times.isPartlyZero)
    run.trailer.warning(
      'Some (but not all) input imsets have zero exposure time.\nFinal product will be compromised!',
    );
  const work: RejectWork = {
    ...options,
    first,
    times,
    ...rejectionReferences(run, { ...options, first, times }),
  };
  const results = await Promise.all(
    first.imsets.map((_, index) =>
      workerOf(run, index).run('rejectCosmicRays', rejectOptions(work, index)),
    ),
  );
  results.forEach(() => {
    printImset(run, work);
  });
  const combined = recordCombination(run, { work, results });
  writeSupport(run, {
    inputs: working.map(({ name }) => name.replace('_blv_tmp.fits', '_spt.fits')),
    output: output.replace('_crj_tmp.fits', '_spt.fits'),
    memberType: combined.memberType.toLowerCase(),
  });
  run.trailer.message('CRCORR   COMPLETE');
  run.trailer.gap();
  endModule(run.trailer, { name: 'ACSREJ', now: run.clock.now() });
  run.trailer.close();
  return combined.exposure;
}

function printImset({ trailer }: AcsRun, { shading, times, crrejtab }: RejectWork): void {
  trailer.message(`SHADCORR ${shading === undefined ? 'OMIT' : 'PERFORM'}`);
  trailer.message(`CRREJTAB ${crrejtab}`);
  if (times.positive > 1 && times.positive < times.seconds.length)
    trailer.warning('Some input exposures had EXPTIME = 0.');
  if (times.positive === 1) {
    trailer.warning('Cosmic-ray rejection NOT performed!');
    trailer.warning(
      'Some input exposures had EXPTIME = 0.\nOutput product will not be cosmic-ray cleaned!',
    );
  }
  if (shading !== undefined) trailer.message('SHADCORR COMPLETE');
}

function rejectionReferences(
  run: AcsRun,
  options: AcsrejOptions & { readonly first: WorkingExposure; readonly times: CombinedTimes },
): Pick<RejectWork, 'rejection' | 'shading' | 'crrejtab' | 'meanExposure'> {
  const { first, times, working, references: position } = options;
  const reference = (keyword: string): ReferenceFile =>
    exposureReference(run, { keyword, cards: first.primary, position });
  const table = reference('CRREJTAB');
  const isShaded = readSwitches(first.primary, first).SHADCORR === 'PERFORM';
  const shading = isShaded ? reference('SHADFILE') : undefined;
  const missing = [table, ...(shading === undefined ? [] : [shading])].filter(
    ({ exists }) => !exists,
  );
  if (missing.length > 0) throw missingReferences(missing);
  const meanExposure = Math.fround(times.summed / working.length);
  const rejection = readCrrejtab(table.path, { exposures: working.length, meanExposure });
  return { rejection, shading, crrejtab: table.name, meanExposure };
}
