import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import fs from 'node:fs/promises';
import { liveness, thisProcess } from '../../system/process-identity.ts';

/** Name of the file in a work folder that tells which run has processes there. */
export const runRecordName = '.caldp-run.json';

const schema = z.object({
  /** Value of `CALDP_RUN` in the environment of its processes. */
  mark: z.string().min(16),
  program: z.string(),
  owner: z.object({ pid: z.int().positive(), start: z.string().optional(), space: z.string() }),
});

/** Who started a program in a work folder, and how its processes are known. */
export type RunRecord = Readonly<z.infer<typeof schema>>;

/** Leaves a record before a program starts, so that no moment is without one. */
export async function writeRunRecord(
  folder: string,
  run: { readonly mark: string; readonly program: string },
): Promise<void> {
  const { pid, space, start } = await thisProcess({ fileSystem: fs });
  const owner = { pid, space, ...(start === undefined ? {} : { start }) };
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

/** Whether the process that started the run is certainly over. One of another host or container may live. */
export async function isOwnerGone({ owner }: RunRecord): Promise<boolean> {
  const { pid, start, space } = owner;
  const other = { pid, space, ...(start === undefined ? {} : { start }) };
  return (
    (await liveness(other, { self: await thisProcess({ fileSystem: fs }), fileSystem: fs })) ===
    'gone'
  );
}
