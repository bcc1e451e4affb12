import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { endGroup, livingMembers } from './process-group.ts';
import { isOwnerGone, readRunRecord, runRecordName } from './run-record.ts';

/** What was found of one run whose owner is gone. */
export interface ReapedRun {
  /** The work folder. */
  readonly folder: string;
  readonly program: string;
  /** Processes that still ran and were ended. */
  readonly ended: number;
  /** Processes that could not be ended. */
  readonly left: readonly number[];
}

/**
 * Ends the programs that an earlier process of ours left running when it was killed. To be called before work starts.
 *
 * Only processes that carry the mark of a record under `workRoot` in their environment are touched, never a pid that was
 * merely written down; runs whose owner lives are left alone. Needs `/proc`: elsewhere nothing is found and nothing is ended.
 *
 * @param workRoot folder of all work folders; fine when it does not exist.
 * @param options.grace milliseconds between TERM and KILL; default 5000.
 */
export async function reapSurvivors(
  workRoot: string,
  options: { readonly grace?: number } = {},
): Promise<readonly ReapedRun[]> {
  const reaped: ReapedRun[] = [];
  for (const path of await findRecords(workRoot)) {
    const run = await reapRun(path, { grace: options.grace ?? 5000 });
    if (run !== undefined) reaped.push(run);
  }
  return reaped;
}

async function reapRun(
  path: string,
  options: { readonly grace: number },
): Promise<ReapedRun | undefined> {
  const record = await readRunRecord(path);
  if (record === undefined) {
    await rm(path, { force: true });
    return undefined;
  }
  if (!(await isOwnerGone(record))) return undefined;
  const { mark, program } = record;
  const ended = livingMembers({ mark }).length;
  const left = await endGroup({ mark }, options);
  if (left.length === 0) await rm(path, { force: true });
  return { folder: dirname(path), program, ended: ended - left.length, left };
}

/** Records lie in the work folder of an attempt: `<root>/<id>/<attempt>`, or one deeper. */
async function findRecords(folder: string, depth = 3): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name === runRecordName) found.push(path);
    else if (entry.isDirectory() && depth > 0) found.push(...(await findRecords(path, depth - 1)));
  }
  return found;
}
