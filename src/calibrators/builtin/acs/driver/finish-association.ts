import type { AssociationPlan } from './association.ts';
import { beginModule, endModule } from './banner.ts';
import type { AcsRun } from './context.ts';
import { markProduct } from './mark-product.ts';
import { writeSupport } from './support-file.ts';

/** Joins the trailers of the association; a drizzled product is left to DrizzlePac, as calacs does. */
export function finishAssociation(run: AcsRun, association: AssociationPlan): void {
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
  writeSupport(run, {
    inputs: inputs.map((name) => name.replace('.tra', '_spt.fits')),
    output: `${association.dither.name}_spt.fits`,
    memberType: association.dither.type.toUpperCase(),
  });
  endModule(trailer, { name: 'ACSDTH', now: run.clock.now() });
  trailer.close();
  markProduct(run, { file: association.file, row: association.dither.row });
}
