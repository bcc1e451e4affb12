import type { Warning } from '../../../../errors/warning.ts';
import { copyWithName } from './copy-with-name.ts';
import { acs2d } from './acs2d.ts';
import { acsccd } from './acsccd.ts';
import { acsrej } from './acsrej.ts';
import type { AssociationPlan, AssociationPosition } from './association.ts';
import type { AcsRun } from './context.ts';
import { uncorrectedWarning } from './cte-not-corrected.ts';
import { type ExposureFile, readExposure } from './exposure-file.ts';
import { markProduct } from './mark-product.ts';
import { type PositionPlan, planPosition } from './position-plan.ts';
import { requireFree } from './product-writer.ts';
import type { Switches } from './switches.ts';
import { workingCopy, type WorkingExposure } from './working-exposure.ts';

/** What became of the exposures of a CCD. */
export interface CcdOutcome {
  /** Names of the products. */
  readonly products: readonly string[];
  readonly warnings: readonly Warning[];
}

/** Calibrates the exposures of one position of a CCD and combines them where that is asked for. */
export async function processCcdPosition(
  run: AcsRun,
  options: {
    readonly names: readonly string[];
    readonly combination: AssociationPlan['combination'];
    readonly isFirst: boolean;
    readonly association: AssociationPlan | undefined;
    readonly position: AssociationPosition | undefined;
  },
): Promise<CcdOutcome> {
  const files = options.names.map((name) => readExposure(name, run));
  const [first] = files;
  if (first === undefined) return { products: [], warnings: [] };
  const plan = planPosition(run, {
    first,
    isCcd: true,
    asked: { combination: options.combination, exposures: files.length, isFirst: options.isFirst },
  });
  warnAboutOverscan(run, plan.switches);
  if (!usesCcd(plan.switches) && !uses2d(plan.switches)) return nothingToDo(run, first);
  for (const output of outputsOf(options, { files, plan })) requireFree(run, output);
  const working: WorkingExposure[] = [];
  for (const file of files) {
    run.trailer.keepPreface();
    working.push(await startExposure(run, { file, plan }));
  }
  const products: string[] = [];
  const { association, position } = options;
  if (plan.isCombined && association !== undefined && position?.product !== undefined)
    products.push(await combine(run, { working, plan, association, position }));
  for (const exposure of working) {
    run.trailer.dropPreface();
    products.push(await finishExposure(run, { exposure, plan }));
  }
  run.trailer.dropPreface({ forget: true });
  return {
    products,
    warnings: plan.switches.PCTECORR === 'PERFORM' ? [uncorrectedWarning(options.names)] : [],
  };
}

function outputsOf(
  options: { readonly position: AssociationPosition | undefined },
  made: { readonly files: readonly ExposureFile[]; readonly plan: PositionPlan },
): readonly string[] {
  const singles = made.files.map(({ name }) => name.replace('_raw.fits', '_flt.fits'));
  const product = options.position?.product;
  return made.plan.isCombined && product !== undefined
    ? [...singles, `${product.name}_crj.fits`]
    : singles;
}

async function startExposure(
  run: AcsRun,
  options: { readonly file: ExposureFile; readonly plan: PositionPlan },
): Promise<WorkingExposure> {
  const { file, plan } = options;
  const output = file.name.replace('_raw.fits', '_blv_tmp.fits');
  if (!usesCcd(plan.switches)) return workingCopy(file, output);
  return await acsccd(run, {
    file,
    position: plan.references,
    output,
    toScratch: plan.isCombined,
  });
}

async function combine(
  run: AcsRun,
  options: {
    readonly working: readonly WorkingExposure[];
    readonly plan: PositionPlan;
    readonly association: AssociationPlan;
    readonly position: AssociationPosition;
  },
): Promise<string> {
  const { working, plan, association, position } = options;
  const product = position.product;
  if (product === undefined) throw new TypeError('Expected a position with a product.');
  const output = `${product.name}_crj_tmp.fits`;
  const combined = await acsrej(run, {
    working,
    association,
    product,
    output,
    references: plan.references,
  });
  markProduct(run, { file: association.file, row: product.row });
  return await finishExposure(run, { exposure: combined, plan });
}

async function finishExposure(
  run: AcsRun,
  options: { readonly exposure: WorkingExposure; readonly plan: PositionPlan },
): Promise<string> {
  const { exposure, plan } = options;
  const output = exposure.name
    .replace('_blv_tmp.fits', '_flt.fits')
    .replace('_crj_tmp.fits', '_crj.fits');
  if (!uses2d(plan.switches)) {
    await copyWithName(run, { exposure, output });
    return output;
  }
  await acs2d(run, {
    input: exposure,
    output,
    switches: plan.switches,
    position: plan.references,
    trailer: { name: output.replace(/_(?:flt|crj)\.fits$/, '.tra'), isRevised: false },
  });
  return output;
}

/** Whether a step of ACSCCD is to be done. */
function usesCcd(switches: Switches): boolean {
  return [switches.DQICORR, switches.ATODCORR, switches.BIASCORR, switches.BLEVCORR].includes(
    'PERFORM',
  );
}

/** Whether a step of ACS2D is to be done. */
function uses2d(switches: Switches): boolean {
  const { GLINCORR, LFLGCORR, DARKCORR, FLSHCORR, FLATCORR, SHADCORR, PHOTCORR } = switches;
  return [GLINCORR, LFLGCORR, DARKCORR, FLSHCORR, FLATCORR, SHADCORR, PHOTCORR].includes('PERFORM');
}

function nothingToDo(run: AcsRun, first: ExposureFile): CcdOutcome {
  run.trailer.warning('No calibration switch was set to PERFORM.');
  run.trailer.warning('No processing desired for CCD data.');
  const message = `No calibration switch of \`${first.name}\` is PERFORM; nothing was calibrated.`;
  return { products: [], warnings: [{ code: 'ACS_NOTHING_TO_DO', message }] };
}

function warnAboutOverscan(run: AcsRun, switches: Switches): void {
  const { BIASCORR, DARKCORR, FLSHCORR, FLATCORR, SHADCORR, PCTECORR } = switches;
  const others = [BIASCORR, DARKCORR, FLSHCORR, FLATCORR, SHADCORR, PCTECORR];
  if (switches.BLEVCORR !== 'OMIT' || !others.includes('PERFORM')) return;
  run.trailer.warning('For science file, should do BLEVCORR to remove overscan');
  run.trailer.message('before doing other steps that use reference images.');
}
