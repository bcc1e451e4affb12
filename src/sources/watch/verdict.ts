import type { SeenFile } from './seen-file.ts';

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

/** Whether a dataset waits for nothing but time. */
export function isMoving(verdict: Verdict | undefined): boolean {
  if (verdict?.status !== 'waiting') return false;
  return verdict.code === 'STILL_CHANGING' || verdict.code === 'QUIET_PERIOD';
}
