import { CaldpError } from '../errors/caldp-error.ts';
import type { Association, AssociationMember } from '../hst/association.ts';
import type { IpppssootName } from '../hst/dataset-name.ts';
import { instrumentOf } from '../instruments/instrument-of.ts';
import type { Listing } from './file-selection.ts';

/** An association some of whose exposures have no raw file. */
export function memberMissing(
  dataset: IpppssootName,
  options: {
    readonly association: Association;
    readonly listing: Listing;
    readonly missing: readonly AssociationMember[];
  },
): CaldpError {
  const { association, listing, missing } = options;
  const names = missing.map(({ name, type }) => `\`${name}\` (${type})`).join(', ');
  const ofAll =
    dataset.instrument === 'stis' ? `, or \`${dataset.id}_raw.fits\`, which holds them all` : '';
  return new CaldpError(
    `${missing.length} of ${association.exposures.length} exposures of \`${dataset.id}\` are not in \`${listing.place}\`: ${names}. \`${association.file}\` names them; expected for each one of ${rawNames(dataset)}${ofAll}.`,
    {
      code: 'MEMBER_MISSING',
      advice: 'Put the raw files of these exposures beside the association table.',
    },
  );
}

function rawNames(dataset: IpppssootName): string {
  const { inputs, raw } = instrumentOf(dataset);
  return inputs
    .filter((suffix) => raw?.test(`x_${suffix}.fits`))
    .map((suffix) => `\`..._${suffix}.fits\``)
    .join(', ');
}
