import type { Association } from '../hst/association.ts';
import type { IpppssootName } from '../hst/dataset-name.ts';
import type { FileSelection, Listing } from './file-selection.ts';
import { ignoredOfVisit } from './ignored-of-visit.ts';
import { inputsOfRoot } from './inputs-of-root.ts';
import { memberMissing } from './member-missing.ts';

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
  const own = inputsOfRoot(dataset.id, { dataset, listing }).files;
  const members = holdsExposures(own, association) ? [] : memberFiles(dataset, options);
  const names = [...own, ...members].sort();
  return { names, ignored: ignoredOfVisit(dataset, { listing, taken: names }), association };
}

/** A lamp file (`_wav`) alone holds the exposures only where all of them are of the lamp. */
function holdsExposures(files: readonly string[], association: Association): boolean {
  if (files.some((name) => /_(raw|tag)\.fits$/.test(name))) return true;
  const onlyLamp = association.exposures.every(({ type }) => type.includes('WAV'));
  return onlyLamp && files.some((name) => name.endsWith('_wav.fits'));
}

function memberFiles(
  dataset: IpppssootName,
  options: { readonly association: Association; readonly listing: Listing },
): readonly string[] {
  const { association, listing } = options;
  const members = association.exposures.map((member) => ({
    member,
    ...inputsOfRoot(member.name, { dataset, listing }),
  }));
  const none = !members.some(({ hasRaw }) => hasRaw);
  const missing = members
    .filter(({ member, hasRaw }) => !hasRaw && (member.present || none))
    .map(({ member }) => member);
  if (missing.length > 0) throw memberMissing(dataset, { ...options, missing });
  return members.flatMap(({ files }) => files);
}
