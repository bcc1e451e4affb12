import { waiting, type Judging } from './judging.ts';
import { isExposure } from './seat.ts';
import type { SeenFile } from './seen-file.ts';
import type { Verdict } from './verdict.ts';

/** What to say while files may still be written, else undefined. A marker vouches for what was written before it. */
export function notAtRest(files: readonly SeenFile[], judging: Judging): Verdict | undefined {
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

/** What to say while a lone exposure may be the first file of an association whose table is still to come, else undefined. */
export function notQuiet(files: readonly SeenFile[], judging: Judging): Verdict | undefined {
  const { now, patience, marker, seat } = judging;
  if (!isExposure(seat) || marker !== undefined) return undefined;
  const again = Math.max(...files.map(({ seenAt }) => seenAt)) + patience.quiet;
  if (again <= now) return undefined;
  const reason = 'It is left alone for a while, because more files of it may come.';
  return waiting(judging, { code: 'QUIET_PERIOD', reason, again });
}
