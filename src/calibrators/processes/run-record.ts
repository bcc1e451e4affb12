import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readProcessStat } from './process-stat.ts';

/** Name of the file in a work folder that tells which run has processes there. */
export const runRecordName = '.caldp-run.json';

const schema = z.object({
  /** Value of `CALDP_RUN` in the environment of its processes. */
  mark: z.string().min(16),
  program: z.string(),
  owner: z.object({
    host: z.string(),
    /** Changes with every start of the machine; empty where the system does not tell. */
    boot: z.string(),
    pid: z.number(),
    /** Start time of the owner in clock ticks; null where the system does not tell. */
    start: z.number().nullable(),
  }),
});

/** Who started a program in a work folder, and how its processes are known. */
export type RunRecord = z.infer<typeof schema>;

/** Leaves a record before a program starts, so that no moment is without one. */
export async function writeRunRecord(
  folder: string,
  run: { readonly mark: string; readonly program: string },
): Promise<void> {
  const owner = {
    host: hostname(),
    boot: bootId(),
    pid: process.pid,
    start: readProcessStat(process.pid)?.start ?? null,
  };
  await writeFile(join(folder, runRecordName), JSON.stringify({ ...run, owner }));
}

/** Takes the record away once no process of the run is left. */
export async function removeRunRecord(folder: string): Promise<void> {
  await rm(join(folder, runRecordName), { force: true });
}

/** Reads the record at a path; undefined when it is half-written or not one of ours. */
export async function readRunRecord(path: string): Promise<RunRecord | undefined> {
  const text = await readFile(path, 'utf8');
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // A crash between creating and filling the file: no program was started yet.
    return undefined;
  }
}

/** Whether the process that started the run still lives on this machine. */
export function isOwnerAlive({ owner }: RunRecord): boolean {
  if (owner.host !== hostname() || owner.boot !== bootId()) return false;
  return owner.start !== null && readProcessStat(owner.pid)?.start === owner.start;
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Not Linux.
    return '';
  }
}
