import type { Dirent } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from './durable-folder.ts';
import type { FileStoreTools } from './file-store-tools.ts';
import { pathExists } from './path-exists.ts';
import { systemCode } from './store-error.ts';
import { parseTemporaryName } from './temporary-names.ts';

/** A lock is held for two system calls; after this time its holder is gone. */
const lockHeldAtMost = 60 * 60 * 1000;

interface Leftover {
  readonly path: string;
  readonly kind: 'tmp' | 'old' | 'lock';
  /** The path it stands beside. */
  readonly final: string;
  /** When its name was given to it. */
  readonly changed: Date;
}

/**
 * Clears what crashed calls left in a folder and all below it, and answers a line for each. Holds the names of one folder
 * a level.
 */
export async function sweepFolder(
  folder: string,
  options: { readonly tools: FileStoreTools; readonly signal: AbortSignal | undefined },
): Promise<readonly string[]> {
  const { tools, signal } = options;
  signal?.throwIfAborted();
  const entries = await entriesOf(folder, tools);
  const done: string[] = [];
  for (const leftover of await leftoversOf(folder, { entries, tools })) {
    done.push(await clear(leftover, tools));
  }
  for (const entry of entries) {
    if (!entry.isDirectory() || isTemporary(entry.name)) continue;
    done.push(...(await sweepFolder(join(folder, entry.name), options)));
  }
  return done;
}

/** Clears what crashed calls left beside one path. What cannot be cleared is left to `sweepFolder`. */
export async function clearLeftovers(path: string, tools: FileStoreTools): Promise<void> {
  const entries = await entriesOf(dirname(path), tools);
  const mine = entries.filter(({ name }) => parseTemporaryName(name)?.final === basename(path));
  for (const leftover of await leftoversOf(dirname(path), { entries: mine, tools })) {
    try {
      await clear(leftover, tools);
    } catch {
      // Any error of the system: the leftover is hidden and harmless, and the folder beside it is about to be replaced.
    }
  }
}

const isTemporary = (name: string): boolean =>
  parseTemporaryName(name) !== undefined || name.endsWith('.caldp-lock');

async function entriesOf(folder: string, { fs }: FileStoreTools): Promise<readonly Dirent[]> {
  try {
    return await fs.readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}

/** The newest first: where several folders were put aside, the last one is the one to bring back. */
async function leftoversOf(
  folder: string,
  options: { readonly entries: readonly Dirent[]; readonly tools: FileStoreTools },
): Promise<readonly Leftover[]> {
  const found: Leftover[] = [];
  for (const { name } of options.entries) {
    if (!isTemporary(name)) continue;
    const leftover = await leftoverAt(join(folder, name), options.tools);
    if (leftover !== undefined) found.push(leftover);
  }
  return found.sort((a, b) => b.changed.getTime() - a.changed.getTime());
}

async function leftoverAt(path: string, tools: FileStoreTools): Promise<Leftover | undefined> {
  const times = await timesOf(path, tools);
  if (times === undefined) return undefined;
  const { mtime: modified, ctime: changed } = times;
  const parsed = parseTemporaryName(basename(path));
  if (parsed === undefined) {
    const held = Date.now() - modified.getTime() < lockHeldAtMost;
    return held ? undefined : { path, kind: 'lock', final: path, changed };
  }
  const abandoned = await tools.temporaries.isAbandoned(basename(path), { parsed, modified });
  const final = join(dirname(path), parsed.final);
  return abandoned ? { path, kind: parsed.kind, final, changed } : undefined;
}

async function timesOf(
  path: string,
  { fs }: FileStoreTools,
): Promise<{ readonly mtime: Date; readonly ctime: Date } | undefined> {
  try {
    return await fs.lstat(path);
  } catch (error) {
    // ENOENT: its owner, or another sweep, was faster.
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function clear(leftover: Leftover, tools: FileStoreTools): Promise<string> {
  const { path, kind, final } = leftover;
  if (kind === 'old' && !(await pathExists(final, tools))) {
    try {
      await tools.fs.rename(path, final);
      await syncFolder(dirname(final), tools);
      return `brought back \`${final}\``;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
      return `\`${path}\` was cleared by another process`;
    }
  }
  await tools.fs.rm(path, { recursive: true, force: true });
  return `removed \`${path}\``;
}
