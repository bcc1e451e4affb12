import { acs2d } from './acs2d.ts';
import { acssum } from './acssum.ts';
import type { AssociationPlan } from './association.ts';
import type { AssociationPosition } from './association-positions.ts';
import type { AcsRun } from './context.ts';
import { copyFile } from './copy-file.ts';
import { type ExposureFile, readExposure } from './exposure-file.ts';
import { markProduct } from './mark-product.ts';
import { type PositionPlan, planPosition } from './position-plan.ts';
import { requireFree } from './product-writer.ts';
import { renamedHeader, workingInput } from './working-exposure.ts';

/** Calibrates SBC exposures and adds those of a repeat observation. Returns the names of the products. */
export async function processMama(
  run: AcsRun,
  options: {
    /** Exposure names, position by position. */
    readonly positions: readonly {
      readonly names: readonly string[];
      readonly position: AssociationPosition | undefined;
    }[];
    readonly association: AssociationPlan | undefined;
  },
): Promise<readonly string[]> {
  const { positions, association } = options;
  run.trailer.message('Starting to process MAMA data now...');
  const files = positions.map(({ names }) => names.map((name) => readExposure(name, run)));
  const first = files[0]?.[0];
  if (first === undefined) return [];
  const asked = {
    combination: association?.combination ?? 'none',
    exposures: files[0]?.length ?? 0,
    isFirst: true,
  };
  const plan = planPosition(run, { first, isCcd: false, asked });
  for (const file of files.flat()) requireFree(run, fltName(file));
  const products: string[] = [];
  for (const file of files.flat()) products.push(await calibrate(run, { file, plan }));
  run.trailer.dropPreface({ forget: true });
  if (!plan.isCombined || association === undefined) return products;
  run.trailer.message('Starting RPTCORR now...');
  for (const [index, { position }] of positions.entries()) {
    if (position?.product === undefined) continue;
    run.trailer.message('ACSSUM starting now...');
    const inputs = (files[index] ?? []).map(fltName);
    products.push(await acssum(run, { inputs, association, product: position.product }));
    markProduct(run, { file: association.file, row: position.product.row });
  }
  return products;
}

async function calibrate(
  run: AcsRun,
  options: { readonly file: ExposureFile; readonly plan: PositionPlan },
): Promise<string> {
  const { file, plan } = options;
  const output = fltName(file);
  if (!usesMama(plan)) {
    run.trailer.warning('No processing performed on image.');
    run.trailer.warning(`Copying input to ${output}`);
    const { path, headerEnd } = file;
    copyFile(run, {
      copied: { path, headerEnd, cards: renamedHeader(file.original, output) },
      output,
    });
    return output;
  }
  run.trailer.keepPreface();
  await acs2d(run, {
    input: workingInput(file),
    output,
    switches: plan.switches,
    position: plan.references,
    trailer: { name: file.name.replace('_raw.fits', '.tra'), isRevised: true },
  });
  return output;
}

function fltName({ name }: ExposureFile): string {
  return name.replace('_raw.fits', '_flt.fits');
}

/** Whether a step that the SBC has is to be done. */
function usesMama({ switches }: PositionPlan): boolean {
  const { DQICORR, GLINCORR, LFLGCORR, DARKCORR, FLATCORR, PHOTCORR } = switches;
  const { FLSHCORR, SHADCORR } = switches;
  const all = [DQICORR, GLINCORR, LFLGCORR, DARKCORR, FLATCORR, PHOTCORR, FLSHCORR, SHADCORR];
  return all.includes('PERFORM');
}
