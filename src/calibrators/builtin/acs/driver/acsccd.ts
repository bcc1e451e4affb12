import { join } from 'node:path';
import type { FinishCcdOptions } from '../chips/finish-ccd.ts';
import type { BlevResult, DqiOptions, StartCcdResult } from '../chips/start-ccd.ts';
import { combineStripes } from '../steps/blevcorr/stripes.ts';
import { requireQuadrants } from '../steps/quadrants.ts';
import { beginModule, endModule } from './banner.ts';
import { blevAlgorithm, blevPlan } from './blev-plan.ts';
import { type CcdChip, chipQuadrants } from './ccd-chip.ts';
import { type CcdImset, ccdImset } from './ccd-imset.ts';
import { ccdFlags, ccdReferences } from './ccd-setup.ts';
import type { CcdWork } from './ccd-work.ts';
import { type AcsRun, workerOf } from './context.ts';
import type { ExposureFile } from './exposure-file.ts';
import { exposureKeywords } from './exposure-keywords.ts';
import type { PositionReferences } from './position-references.ts';
import { printOpening } from './print-opening.ts';
import { reportCcd } from './report-ccd.ts';
import { frameName, type WorkingExposure } from './working-exposure.ts';

export interface AcsccdOptions {
  readonly file: ExposureFile;
  readonly position: PositionReferences;
  /** Name of the temporary file that calacs would write. */
  readonly output: string;
  /** Whether the frames go to scratch files, because exposures are to be combined. */
  readonly toScratch: boolean;
}

/**
 * ACSCCD: everything that is done to a CCD exposure before exposures are combined: flags, bias, electrons, bias level, full well,
 * noise, sink pixels; the overscan is cut off.
 *
 * @throws CaldpError `ACS_MODE_REFUSED` where every step is off or has a stand-in for its reference.
 */
export async function acsccd(run: AcsRun, options: AcsccdOptions): Promise<WorkingExposure> {
  const { file, output } = options;
  run.trailer.open(file.name.replace(/_raw\.fits$/, '.tra'));
  beginModule(run.trailer, { name: 'ACSCCD', now: run.clock.now() });
  const exposure = exposureKeywords(file.primary, file);
  printOpening(run.trailer, { input: file.name, output, exposure });
  const references = ccdReferences(run, options);
  const flags = ccdFlags(file, references);
  const imsets = file.imsets.map((imset, index) =>
    ccdImset(imset, { exposure, references, flags, place: `\`${file.name}\`, SCI ${index + 1}` }),
  );
  const overscans = imsets.map(({ overscan }) => overscan);
  const algorithm = flags.BLEVCORR === 'PERFORM' ? blevAlgorithm(exposure, overscans) : undefined;
  const work: CcdWork = { file, exposure, references, flags, imsets, algorithm };
  const starts = await Promise.all(
    imsets.map((imset, index) => start(run, { work, imset, index })),
  );
  const stripes = stripesOf(starts);
  const finishes = await Promise.all(
    imsets.map((imset, index) =>
      workerOf(run, index).run(
        'finishCcd',
        finishOptions(run, { work, imset, index, starts, stripes, toScratch: options.toScratch }),
      ),
    ),
  );
  const result = reportCcd(run, {
    work,
    results: { starts, stripes },
    finishes,
    output,
  });
  run.trailer.gap();
  endModule(run.trailer, { name: 'ACSCCD', now: run.clock.now() });
  run.trailer.close();
  return result;
}

interface ImsetWork {
  readonly work: CcdWork;
  readonly imset: CcdImset;
  readonly index: number;
}

function start(run: AcsRun, { work, imset, index }: ImsetWork): Promise<StartCcdResult> {
  const { chip, file, overscan } = imset;
  const gains = chipQuadrants(chip, chip.ccd.gain);
  requireQuadrants(gains, { what: 'gain', ny: file.ny });
  const { algorithm, exposure, flags } = work;
  return workerOf(run, index).run('startCcd', {
    name: frameName(work.file.name, index),
    raw: file.stored,
    dqi:
      flags.DQICORR === 'PERFORM' || flags.DQICORR === 'DUMMY' ? dqiOptions(work, chip) : undefined,
    bias: imset.bias,
    gains,
    blev:
      algorithm === undefined
        ? { kind: 'none' }
        : blevPlan(chip, { algorithm, exposure, overscan }),
  });
}

function dqiOptions(work: CcdWork, chip: CcdChip): DqiOptions {
  const bpix = work.references.BPIXTAB;
  const { ccdAmp, ccdGain } = work.exposure;
  return {
    converterLimit: chip.ccd.converterLimit,
    offset: chip.keywords,
    ...(bpix.exists &&
      !bpix.isDummy && { table: { path: bpix.path, ccdAmp, ccdGain, chip: chip.keywords.chip } }),
  };
}

/** Brings what the four amplifiers tell about the stripes together: A and B are on the second imset. */
function stripesOf(
  starts: readonly StartCcdResult[],
): ReturnType<typeof combineStripes> | undefined {
  const amps = [...starts].reverse().flatMap(({ blev }) => measuredAmps(blev));
  return amps.length === 0 ? undefined : combineStripes(amps.map(({ stripes }) => stripes));
}

function measuredAmps(blev: BlevResult): Extract<BlevResult, { kind: 'full-frame' }>['measured'] {
  return blev.kind === 'full-frame' ? blev.measured : [];
}

function finishOptions(
  run: AcsRun,
  options: ImsetWork & {
    readonly starts: readonly StartCcdResult[];
    readonly stripes: ReturnType<typeof combineStripes> | undefined;
    readonly toScratch: boolean;
  },
): FinishCcdOptions {
  const { work, imset, index, starts, stripes } = options;
  const { chip, file, overscan } = imset;
  const readNoise = chipQuadrants(chip, chip.ccd.readNoise);
  requireQuadrants(readNoise, { what: 'read noise', ny: file.ny });
  const blev = starts[index]?.blev;
  const name = frameName(work.file.name, index);
  const isTrimmed = work.algorithm !== undefined || work.flags.BLEVCORR === 'COMPLETE';
  return {
    name,
    destripe:
      stripes === undefined || blev?.kind !== 'full-frame'
        ? undefined
        : { measured: blev.measured, stripes: stripes.levels },
    fullWell: imset.fullWell?.options,
    readNoise,
    isBias: work.exposure.targName.startsWith('BIAS'),
    sink: imset.sink,
    trim: isTrimmed ? overscan : undefined,
    scratch: options.toScratch ? join(run.scratch, name) : undefined,
  };
}
