import { join, resolve } from 'node:path';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { thisProcess } from '../system/process-identity.ts';
import { isMissing } from './is-missing.ts';
import { pruneAttempts } from './prune-attempts.ts';
import { removeDirectory } from './remove-directory.ts';
import { sweepWork } from './sweep-work.ts';
import type { WorkDirectory } from './work-directory.ts';
import { writeOwner, type WorkOwner } from './work-owner.ts';

/** Where work directories are made. */
export interface Workspace {
  /**
   * Makes a directory that no attempt has used before. Its number is `attempt`, or the next one that is free.
   * Older attempts of the dataset that nobody works on any more are removed but for the newest ones (`keptAttempts`).
   */
  create(dataset: DatasetName, options: { readonly attempt: number }): Promise<WorkDirectory>;
  /** Removes what crashed processes left half removed. Attempts that failed, or whose process died, stay. */
  sweep(): Promise<void>;
}

/** What a workspace is made of. */
export interface WorkspaceOptions {
  /** The folder of all work directories: `<home>/.caldp/work`. Made when needed. */
  readonly root: string;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /** Whether directories of attempts that succeeded stay as well, and none is ever removed. Default false. */
  readonly keepAll?: boolean;
  /** How many attempts of a dataset stay that failed or crashed. Default 2; each may hold gigabytes. */
  readonly keptAttempts?: number;
}

/**
 * Makes work directories below one folder. A directory is used by one attempt only: a process that was left over from an
 * attempt that crashed can then never change the files of the next one.
 */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const root = resolve(options.root);
  return {
    create: (dataset, { attempt }) =>
      createDirectory(join(root, dataset.id), { ...options, attempt }),
    sweep: () => sweepWork(root, options),
  };
}

async function createDirectory(
  attempts: string,
  options: WorkspaceOptions & { readonly attempt: number },
): Promise<WorkDirectory> {
  const { fileSystem, clock, keepAll = false, keptAttempts: keep = 2 } = options;
  const path = join(attempts, String(await claimNumber(attempts, options)));
  const self = await thisProcess({ fileSystem });
  const owner: WorkOwner = { state: 'running', ...self, since: clock.now().toISOString() };
  await writeOwner(path, { owner, fileSystem });
  for (const name of ['files', 'logs', 'scratch', 'previews'])
    await fileSystem.mkdir(join(path, name));
  if (!keepAll) await pruneAttempts(attempts, { keep, self, fileSystem });
  return workDirectory(path, { ...options, owner });
}

function workDirectory(
  path: string,
  options: WorkspaceOptions & { readonly owner: WorkOwner },
): WorkDirectory {
  const { fileSystem, owner } = options;
  const keep = (): Promise<void> =>
    writeOwner(path, { owner: { ...owner, state: 'kept' }, fileSystem });
  return {
    folder: join(path, 'files'),
    scratch: join(path, 'scratch'),
    previews: join(path, 'previews'),
    created: new Date(owner.since),
    log: (name) => join(path, 'logs', name),
    logs: async () => {
      const names = await fileSystem.readdir(join(path, 'logs'));
      return names.sort().map((name) => join(path, 'logs', name));
    },
    keep,
    remove: options.keepAll === true ? keep : () => removeDirectory(path, { fileSystem }),
  };
}

/** Making a directory succeeds for one process only, so its number is claimed by making it. */
async function claimNumber(
  attempts: string,
  options: { readonly attempt: number; readonly fileSystem: FileSystem },
): Promise<number> {
  const { fileSystem } = options;
  for (let number = options.attempt; ;) {
    try {
      await fileSystem.mkdir(join(attempts, String(number)));
      return number;
    } catch (error) {
      // Another process may remove the empty parent between the two calls, so it is made again as often as needed.
      if (isMissing(error)) await fileSystem.mkdir(attempts, { recursive: true });
      else if (error instanceof Error && 'code' in error && error.code === 'EEXIST') number += 1;
      else throw error;
    }
  }
}
