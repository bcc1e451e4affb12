import { CaldpError } from '../errors/caldp-error.ts';
import type { Association, AssociationMember } from '../hst/association.ts';
import type { IpppssootName } from '../hst/dataset-name.ts';
import { instrumentOf } from '../instruments/instrument-of.ts';
import type { FileSelection, Listing } from './file-selection.ts';
import { ignoredOfVisit } from './ignored-of-visit.ts';
import { inputsOfRoot } from './inputs-of-root.ts';

interface MemberFiles {
  readonly member: AssociationMember;
  readonly files: readonly string[];
  readonly hasRaw: boolean;
}

/**
 * The files of an association: the table, and exactly the exposures that it names. Where the association has a raw file of its
 * own (STIS), that holds all its exposures and no member has files. An exposure that the table itself says is absent
 * (MEMPRSNT) is taken where it is there and not missed where it is not.
 *
 * @throws CaldpError `MEMBER_MISSING`, one error that names every exposure without a raw file.
 */
export function selectAssociation(
  dataset: IpppssootName,
  options: { readonly association: Association; readonly listing: Listing },
): FileSelection {
  const { association, listing } = options;
  const own = inputsOfRoot(dataset.id, { dataset, listing });
  const members = own.hasRaw
    ? []
    : association.exposures.map((member) => ({
        member,
        ...inputsOfRoot(member.name, { dataset, listing }),
      }));
  if (!own.hasRaw) refuseGaps(members, { dataset, ...options });
  const names = [...own.files, ...members.flatMap(({ files }) => files)].sort();
  return { names, ignored: ignoredOfVisit(dataset, { listing, taken: names }), association };
}

function refuseGaps(
  members: readonly MemberFiles[],
  options: {
    readonly dataset: IpppssootName;
    readonly association: Association;
    readonly listing: Listing;
  },
): void {
  const found = members.filter(({ hasRaw }) => hasRaw);
  const missing = members.filter(
    ({ member, hasRaw }) => !hasRaw && (member.present || found.length === 0),
  );
  if (missing.length === 0) return;
  const { dataset, association, listing } = options;
  const names = missing.map(({ member: { name, type } }) => `\`${name}\` (${type})`).join(', ');
  throw new CaldpError(
    `${missing.length} of ${members.length} exposures of \`${dataset.id}\` are not in \`${listing.place}\`: ${names}. \`${association.file}\` names them; expected for each one of ${rawNames(dataset)}.`,
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
