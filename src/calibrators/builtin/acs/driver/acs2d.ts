import type { Calibrate2dResult } from '../chips/calibrate-2d.ts';
import { beginModule, endModule } from './banner.ts';
import { type AcsRun, workerOf } from './context.ts';
import { calibrateOptions } from './calibrate-options.ts';
import { exposureKeywords } from './exposure-keywords.ts';
import type { PositionReferences } from './position-references.ts';
import { printOpening } from './print-opening.ts';
import { requireFree, writeProduct } from './product-writer.ts';
import { report2d } from './report-2d.ts';
import type { Switches } from './switches.ts';
import { chip2d } from './chip-2d.ts';
import { flags2d } from './flags-2d.ts';
import { references2d } from './references-2d.ts';
import type { Work2d } from './work-2d.ts';
import type { WorkingExposure } from './working-exposure.ts';

export interface Acs2dOptions {
  readonly input: WorkingExposure;
  readonly output: string;
  /** Of the first exposure of the position. */
  readonly switches: Switches;
  readonly position: PositionReferences;
  /** Name of the trailer file; for the SBC one of an earlier run is revised. */
  readonly trailer: { readonly name: string; readonly isRevised: boolean };
}

/**
 * ACS2D: what is done to single and combined exposures alike: dark, post-flash, flat field, shutter shading, photometry; SBC exposures
 * get their flags and linearity here too. Writes the product.
 */
export async function acs2d(run: AcsRun, options: Acs2dOptions): Promise<void> {
  const { input, output, trailer } = options;
  if (trailer.isRevised) run.trailer.openRevised(trailer.name);
  else run.trailer.open(trailer.name);
  beginModule(run.trailer, { name: 'ACS2D', now: run.clock.now() });
  requireFree(run, output);
  const exposure = exposureKeywords(input.primary, input);
  printOpening(run.trailer, { input: input.name, output, exposure });
  const references = references2d(run, options);
  const flags = flags2d({ ...options, exposure, references });
  const chips = input.imsets.map((_, index) =>
    chip2d({ input, exposure, references, flags, index }),
  );
  const work = { input, exposure, references, flags, chips };
  const results = await Promise.all(
    chips.map((chip, index) =>
      workerOf(run, index).run('calibrate2d', calibrateOptions(work, { chip, index })),
    ),
  );
  const exposureOut = finish(run, { work, results, output });
  run.trailer.gap();
  endModule(run.trailer, { name: 'ACS2D', now: run.clock.now() });
  await writeProduct(run, { exposure: exposureOut, output });
  run.trailer.close();
}

function finish(
  run: AcsRun,
  options: {
    readonly work: Work2d;
    readonly results: readonly Calibrate2dResult[];
    readonly output: string;
  },
): WorkingExposure {
  const { work, results, output } = options;
  report2d(run, { work, results, output });
  const imsets = work.input.imsets.map((imset, index) => ({
    ...imset,
    source: { kind: 'memory' } as const,
    constants: results[index]?.constants ?? imset.constants,
  }));
  return { ...work.input, name: output, imsets };
}
