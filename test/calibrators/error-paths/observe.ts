import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaldpError } from '../../../src/errors/caldp-error.ts';
import { type ErrorCase, type Outcome, sorted } from './error-record.ts';
import { prepareCase } from './prepare-case.ts';

/** Where the synthetic and the real data are. */
export interface DataFolders {
  readonly synth: string;
  readonly lab: string;
}

/** How one run ended. */
export interface RunEnd {
  readonly ending: Outcome['ending'];
  readonly error?: CaldpError;
}

/** Prepares a case in a folder of its own, runs it, and tells how it ended and what it left. */
export async function observe(
  record: ErrorCase,
  site: DataFolders & {
    readonly folder: string;
    readonly run: (input: string, folder: string) => Promise<RunEnd>;
  },
): Promise<{ readonly outcome: Outcome; readonly error: CaldpError | undefined }> {
  const { folder, run } = site;
  await mkdir(folder);
  await prepareCase(record, site);
  const input = record.command.at(-1) ?? '';
  if (record.case === 'asn_second_run') await run(input, folder);
  const before = await digests(folder);
  const { ending, error } = await run(input, folder);
  const changed = [...(await digests(folder))].filter(
    ([name, digest]) => before.get(name) !== digest,
  );
  return { outcome: { ending, ...sorted(changed.map(([name]) => name)) }, error };
}

/** The folder of the references of a case. */
export function referenceFolder(record: ErrorCase, site: DataFolders): string {
  return record.inputs[0]?.startsWith('$SYNTH') === true
    ? `${site.synth}/data/ref/`
    : `${site.lab}/crds/references/hst/acs/`;
}

/** Whether products of an earlier run may be replaced. */
export function isOverwriting(record: ErrorCase): boolean {
  return record.case.endsWith('_clobber');
}

async function digests(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder);
  const entries = names.map(
    async (name) =>
      [
        name,
        createHash('sha256')
          .update(await readFile(join(folder, name)))
          .digest('hex'),
      ] as const,
  );
  return new Map(await Promise.all(entries));
}
