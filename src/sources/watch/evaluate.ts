import { CaldpError } from '../../errors/caldp-error.ts';
import type { DatasetName } from '../../hst/dataset-name.ts';
import type { FileSelection, Listing } from '../../inputs/file-selection.ts';
import { selectAssociation } from '../../inputs/select-association.ts';
import { selectExposure } from '../../inputs/select-exposure.ts';
import { selectMosaic } from '../../inputs/select-mosaic.ts';
import type { FileFacts, FileFactsCache } from './file-facts.ts';
import type { FileIndex } from './file-index.ts';
import { rootOf } from './file-role.ts';
import { pathOf, type SeenFile } from './seen-file.ts';

/** When a dataset counts as complete. Times are milliseconds. */
export interface Patience {
  /** A file that looked the same for this long is not being written any more. */
  readonly stable: number;
  /** What may be part of something larger is left alone for this long after its last change. */
  readonly quiet: number;
  /** Only what has a marker `<id>.ready` is taken. */
  readonly markers: boolean;
}

/** What has become of a dataset in the drop folder. */
export type Verdict =
  | { readonly status: 'complete'; readonly place: string; readonly files: readonly SeenFile[] }
  /** `again`: when to ask again although no file has changed, on the clock that never goes back. */
  | {
      readonly status: 'waiting';
      readonly place: string;
      readonly code: string;
      readonly reason: string;
      readonly again?: number;
    }
  /** Not a dataset by itself: a member of an association that is there. */
  | { readonly status: 'member' }
  | { readonly status: 'gone' };

/** What judging takes. */
export interface Evaluation {
  readonly index: FileIndex;
  readonly facts: FileFactsCache;
  readonly patience: Patience;
  readonly now: number;
  /** Whether an association that is there names this exposure. */
  readonly isMember: (root: string) => boolean;
  readonly signal: AbortSignal;
}

/** Finds out whether all files of a dataset are there, at rest and whole. Reads headers of files not read before. */
export async function evaluate(dataset: DatasetName, given: Evaluation): Promise<Verdict> {
  const seat = seatOf(dataset, given);
  if (seat === undefined) return { status: 'gone' };
  const { folder: place } = seat;
  const marker = newest(given.index.withRoot(dataset.id), ({ role }) => role.kind === 'marker');
  const judging = { ...given, dataset, place, marker };
  if (given.patience.markers && marker === undefined) {
    return waiting(judging, {
      code: 'MARKER_MISSING',
      reason: `\`${dataset.id}.ready\` is missing.`,
    });
  }
  const early = notReady([seat], judging);
  if (early !== undefined) return early;
  const facts = await given.facts.of(seat, given);
  if (facts.status === 'bad') return bad(facts, judging);
  if (isExposure(seat) && given.isMember(dataset.id)) return { status: 'member' };
  return judgeSelection(judging, { seat, facts });
}

interface Judging extends Evaluation {
  readonly dataset: DatasetName;
  readonly place: string;
  readonly marker: SeenFile | undefined;
}

type Whole = Extract<FileFacts, { readonly status: 'whole' }>;

async function judgeSelection(
  judging: Judging,
  { seat, facts }: { readonly seat: SeenFile; readonly facts: Whole },
): Promise<Verdict> {
  const orphan = orphanOf(judging, { seat, facts });
  if (orphan !== undefined) return orphan;
  const { index, place } = judging;
  const chosen = index.choose(rootsOf(judging.dataset, facts), { seat: place });
  const listing = { place, names: new Set(chosen.keys()) };
  const selected = select(judging, { facts, listing });
  if (selected instanceof CaldpError) {
    return waiting(judging, { code: selected.code, reason: selected.message });
  }
  const files = selected.names.flatMap((name) => chosen.get(name) ?? []);
  const early = notReady(files, judging) ?? notQuiet(seat, { files, judging });
  if (early !== undefined) return early;
  for (const file of files) {
    const facts = await judging.facts.of(file, judging);
    if (facts.status === 'bad') return bad(facts, judging);
  }
  return { status: 'complete', place, files };
}

/** The file that says what a dataset is made of: its table or poller file, else its raw file. */
function seatOf(dataset: DatasetName, { index }: Evaluation): SeenFile | undefined {
  const starts = [...index.withRoot(dataset.id)].filter(({ role }) => role.kind === 'start');
  return newest(starts, (file) => !isExposure(file)) ?? newest(starts, () => true);
}

function newest(
  files: Iterable<SeenFile>,
  fits: (file: SeenFile) => boolean,
): SeenFile | undefined {
  let found: SeenFile | undefined;
  for (const file of files) {
    if (fits(file) && (found === undefined || file.modified > found.modified)) found = file;
  }
  return found;
}

function isExposure({ name }: SeenFile): boolean {
  return !/_(asn\.fits|input\.out)$/.test(name);
}

function rootsOf(dataset: DatasetName, { association, exposures = [] }: Whole): Set<string> {
  const members = association?.exposures.map(({ name }) => name) ?? [];
  return new Set([dataset.id, ...members, ...exposures.map(rootOf)]);
}

function select(
  { dataset }: Judging,
  { facts, listing }: { readonly facts: Whole; readonly listing: Listing },
): FileSelection | CaldpError {
  try {
    if (dataset.kind !== 'ipppssoot') {
      return selectMosaic(dataset, { exposures: facts.exposures ?? [], listing });
    }
    return facts.association === undefined
      ? selectExposure(dataset, listing)
      : selectAssociation(dataset, { association: facts.association, listing });
  } catch (error) {
    if (error instanceof CaldpError) return error;
    throw error;
  }
}

/** An exposure whose header names an association that is not there. */
function orphanOf(
  judging: Judging,
  { seat, facts }: { readonly seat: SeenFile; readonly facts: Whole },
): Verdict | undefined {
  const { memberOf } = facts;
  if (!isExposure(seat) || memberOf === undefined || judging.marker !== undefined) return undefined;
  return waiting(judging, {
    code: 'ASSOCIATION_MISSING',
    reason: `Its header says that it belongs to the association \`${memberOf}\` (ASN_ID), but there is no \`${memberOf}_asn.fits\` that names it.`,
  });
}

/** A marker vouches for what was written before it. */
function notReady(files: readonly SeenFile[], judging: Judging): Verdict | undefined {
  const { now, patience, marker } = judging;
  const rests = (file: SeenFile): number => file.seenAt + patience.stable;
  const moving = files.filter(
    (file) => rests(file) > now && !(marker !== undefined && marker.modified >= file.modified),
  );
  if (moving.length === 0) return undefined;
  const names = moving.map(({ name }) => `\`${name}\``).join(', ');
  const again = Math.max(...moving.map(rests));
  return waiting(judging, { code: 'STILL_CHANGING', reason: `New or changing: ${names}.`, again });
}

/** A lone exposure may be the first file of an association whose table is still to come. */
function notQuiet(
  seat: SeenFile,
  { files, judging }: { readonly files: readonly SeenFile[]; readonly judging: Judging },
): Verdict | undefined {
  const { now, patience, marker } = judging;
  if (!isExposure(seat) || marker !== undefined) return undefined;
  const again = Math.max(...files.map(({ seenAt }) => seenAt)) + patience.quiet;
  if (again <= now) return undefined;
  const reason = 'It is left alone for a while, because more files of it may come.';
  return waiting(judging, { code: 'QUIET_PERIOD', reason, again });
}

function bad(facts: Extract<FileFacts, { status: 'bad' }>, judging: Judging): Verdict {
  const again = facts.lasting ? {} : { again: judging.now + judging.patience.stable };
  const code = facts.lasting ? 'FILE_DAMAGED' : 'FILE_UNREADABLE';
  return waiting(judging, { code, reason: facts.reason, ...again });
}

function waiting(
  { place }: Judging,
  why: Omit<Extract<Verdict, { status: 'waiting' }>, 'status' | 'place'>,
): Verdict {
  return { status: 'waiting', place, ...why };
}

/** Name to path, as inputs want it. */
export function pathsOf(files: Iterable<SeenFile>): ReadonlyMap<string, string> {
  return new Map(Array.from(files, (file) => [file.name, pathOf(file)]));
}
