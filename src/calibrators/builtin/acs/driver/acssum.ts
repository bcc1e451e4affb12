import type { StoredImset } from '../frames/plane.ts';
import { readInteger } from '../header/read-keyword.ts';
import type { AssociationPlan } from './association.ts';
import type { AssociationRow } from './association-positions.ts';
import { beginModule, endModule, timeOfDay } from './banner.ts';
import { type AcsRun, workerOf } from './context.ts';
import { type ExposureFile, readExposure } from './exposure-file.ts';
import { exposureKeywords } from './exposure-keywords.ts';
import { printConfiguration } from './print-opening.ts';
import { requireFree, writeProduct } from './product-writer.ts';
import { recordSum } from './record-sum.ts';
import { setStatistics } from './statistics-cards.ts';
import { writeSupport } from './support-file.ts';
import {
  frameName,
  settleHeaders,
  type WorkingExposure,
  type WorkingImset,
} from './working-exposure.ts';
import { CaldpError } from '../../../../errors/caldp-error.ts';

/** ACSSUM: adds the calibrated exposures of a repeat observation with the SBC. Returns the name of the product. */
export async function acssum(
  run: AcsRun,
  options: {
    /** Names of the calibrated exposures. */
    readonly inputs: readonly string[];
    readonly association: AssociationPlan;
    readonly product: AssociationRow;
  },
): Promise<string> {
  const { inputs, product } = options;
  const output = `${product.name}_sfl.fits`;
  run.trailer.openJoined(
    `${product.name}.tra`,
    inputs.map((name) => name.replace('_flt.fits', '.tra')),
  );
  beginModule(run.trailer, { name: 'ACSSUM', now: run.clock.now() });
  for (const name of inputs) run.trailer.message(`Input    ${name}`);
  run.trailer.message(`Output   ${output}`);
  requireFree(run, output);
  const files = inputs.map((name) => readExposure(name, run));
  const [first] = files;
  if (first === undefined) throw new RangeError('Expected exposures to add.');
  const repeats = readInteger({ cards: first.primary, place: `\`${first.name}\`` }, 'NRPTEXP');
  if (repeats !== files.length)
    run.trailer.warning(
      `${files.length} exposures will be summed, however, NRPTEXP was ${repeats}.`,
    );
  printConfiguration(run.trailer, exposureKeywords(first.primary, first));
  const memberType = memberTypeOf(options, output);
  const sum = await addImsets(run, { files, first, output });
  recordSum(run, { files, sum, output, memberType, root: product.name });
  await writeProduct(run, { exposure: sum, output });
  writeSupport(run, {
    inputs: inputs.map((name) => name.replace('_flt.fits', '_spt.fits')),
    output: output.replace('_sfl.fits', '_spt.fits'),
    memberType: memberType.toLowerCase(),
  });
  run.trailer.gap();
  endModule(run.trailer, { name: 'ACSSUM', now: run.clock.now() });
  run.trailer.close();
  return output;
}

async function addImsets(
  run: AcsRun,
  options: {
    readonly files: readonly ExposureFile[];
    readonly first: ExposureFile;
    readonly output: string;
  },
): Promise<WorkingExposure> {
  const { files, first, output } = options;
  const badBits =
    readInteger({ cards: first.primary, place: `\`${first.name}\`` }, 'SDQFLAGS', 65535) & 0xffff;
  const imsets: WorkingImset[] = [];
  for (const [index, imset] of first.imsets.entries()) {
    const { headers, stored, nx, ny } = imset;
    run.trailer.message(`Imset ${index + 1}  Begin ${timeOfDay(run.clock.now())}`);
    const { statistics, constants } = await workerOf(run, index).run('sumExposures', {
      name: frameName(output, index),
      first: stored,
      others: files.slice(1).map((file) => sameImset(file, { index, nx, ny })),
      badBits,
    });
    run.trailer.gap();
    setStatistics(run.trailer, { headers, statistics });
    settleHeaders(headers, { constants, nx, ny });
    run.trailer.message(`Imset ${index + 1}  End ${timeOfDay(run.clock.now())}`);
    imsets.push({ headers, nx, ny, source: { kind: 'memory' }, constants });
  }
  return { name: output, frames: output, primary: first.primary, imsets };
}

function sameImset(
  file: ExposureFile,
  options: { readonly index: number; readonly nx: number; readonly ny: number },
): StoredImset {
  const imset = file.imsets[options.index];
  if (imset?.nx === options.nx && imset.ny === options.ny) return imset.stored;
  throw new CaldpError(
    `\`${file.name}\` is not of the size of the exposures it is to be added to.`,
    {
      code: 'ACS_EXPOSURES_UNLIKE',
      advice: 'Correct the association: added exposures must be of one size.',
      exit: 'STAGE1_ERROR',
    },
  );
}

function memberTypeOf(
  options: { readonly association: AssociationPlan; readonly product: AssociationRow },
  output: string,
): string {
  const { association, product } = options;
  const isSameRoot = association.file.slice(0, 9) === output.slice(0, 9);
  return (isSameRoot ? (association.dither?.type ?? '') : product.type).toUpperCase();
}
