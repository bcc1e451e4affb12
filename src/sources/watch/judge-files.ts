import { CaldpError } from '../../errors/caldp-error.ts';
import type { FileSelection, Listing } from '../../inputs/file-selection.ts';
import { selectAssociation } from '../../inputs/select-association.ts';
import { selectExposure } from '../../inputs/select-exposure.ts';
import { selectMosaic } from '../../inputs/select-mosaic.ts';
import { notAtRest, notQuiet } from './at-rest.ts';
import type { FileFacts } from './file-facts.ts';
import { rootOf } from './file-role.ts';
import { bad, waiting, type Judging } from './judging.ts';
import { isExposure } from './seat.ts';
import type { Verdict } from './verdict.ts';

/** What is known of the file that a dataset starts from. */
type Whole = Extract<FileFacts, { readonly status: 'whole' }>;

/** Finds out whether all files that a dataset is made of are there, at rest and whole. */
export async function judgeFiles(facts: Whole, judging: Judging): Promise<Verdict> {
  const orphan = orphanOf(facts, judging);
  if (orphan !== undefined) return orphan;
  const { index, seat } = judging;
  const { folder: place } = seat;
  const chosen = index.choose(rootsOf(facts, judging), { seat: place });
  const selected = select(facts, {
    ...judging,
    listing: { place, names: new Set(chosen.keys()) },
  });
  if (selected instanceof CaldpError) {
    return waiting(judging, { code: selected.code, reason: selected.message });
  }
  const files = selected.names.flatMap((name) => chosen.get(name) ?? []);
  const early = notAtRest(files, judging) ?? notQuiet(files, judging);
  if (early !== undefined) return early;
  for (const file of files) {
    const facts = await judging.facts.of(file, judging);
    if (facts.status === 'bad') return bad(facts, judging);
  }
  return { status: 'complete', place, files };
}

function rootsOf({ association, exposures = [] }: Whole, { dataset }: Judging): Set<string> {
  const members = association?.exposures.map(({ name }) => name) ?? [];
  return new Set([dataset.id, ...members, ...exposures.map(rootOf)]);
}

function select(
  { association, exposures = [] }: Whole,
  { dataset, listing }: Judging & { readonly listing: Listing },
): FileSelection | CaldpError {
  try {
    if (dataset.kind !== 'ipppssoot') return selectMosaic(dataset, { exposures, listing });
    return association === undefined
      ? selectExposure(dataset, listing)
      : selectAssociation(dataset, { association, listing });
  } catch (error) {
    if (error instanceof CaldpError) return error;
    throw error;
  }
}

/** An exposure whose header names an association that is not there. */
function orphanOf({ memberOf }: Whole, judging: Judging): Verdict | undefined {
  const { seat, marker } = judging;
  if (!isExposure(seat) || memberOf === undefined || marker !== undefined) return undefined;
  return waiting(judging, {
    code: 'ASSOCIATION_MISSING',
    reason: `Its header says that it belongs to the association \`${memberOf}\` (ASN_ID), but there is no \`${memberOf}_asn.fits\` that names it.`,
  });
}
