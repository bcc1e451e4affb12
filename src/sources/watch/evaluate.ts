import type { DatasetName } from '../../hst/dataset-name.ts';
import { notAtRest } from './at-rest.ts';
import { judgeFiles } from './judge-files.ts';
import { bad, waiting, type Evaluation } from './judging.ts';
import { isExposure, markerOf, seatOf } from './seat.ts';
import type { Verdict } from './verdict.ts';

/** Finds out whether all files of a dataset are there, at rest and whole. Reads headers of files not read before. */
export async function evaluate(dataset: DatasetName, given: Evaluation): Promise<Verdict> {
  const seat = seatOf(dataset, given);
  if (seat === undefined) return { status: 'gone' };
  const marker = markerOf(dataset, given);
  const judging = { ...given, dataset, seat, marker };
  if (given.patience.markers && marker === undefined) {
    const reason = `\`${dataset.id}.ready\` is missing.`;
    return waiting(judging, { code: 'MARKER_MISSING', reason });
  }
  const early = notAtRest([seat], judging);
  if (early !== undefined) return early;
  const facts = await given.facts.of(seat, given);
  if (facts.status === 'bad') return bad(facts, judging);
  if (seat.role.kind === 'packed') return { status: 'complete', place: seat.folder, files: [seat] };
  if (isExposure(seat) && given.isMember(dataset.id)) return { status: 'member' };
  return judgeFiles(facts, judging);
}
