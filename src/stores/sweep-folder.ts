import type { Dirent } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../errors/system-condition.ts';
import { syncFolder } from './durable-folder.ts';
import { placeOfTemporaries, type FileStoreTools } from './file-store-tools.ts';
import { temporarySuffix } from './key.ts';
import { pathExists } from './path-exists.ts';
import { parseTemporaryName, temporariesFolder } from './temporary-names.ts';

/** A lock is held for two system calls; after this time its holder is gone. */
const lockHeldAtMost = 60 * 60 * 1000;

interface Leftover {
  readonly path: string;
  readonly kind: 'tmp' | 'old' | 'lock';
  /** The path it is to have, or had. */
  readonly final: string;
  /** When its name was given to it. */
  readonly changed: Date;
}

/**
 * Clears what crashed calls left in a folder and `depth` levels below it, and answers a line for each. Holds the names of one
 * folder a level; at depth 0 the cost does not depend on how much the folder holds.
 */
export async function sweepFolder(
  folder: string,
  options: {
    readonly tools: FileStoreTools;
    readonly signal: AbortSignal | undefined;
    readonly depth: number;
  },
): Promise<readonly string[]> {
  const { tools, signal, depth } = options;
  signal?.throwIfAborted();
  const done: string[] = [];
  for (const leftover of await leftoversIn(join(folder, temporariesFolder), { tools })) {
    done.push(await clear(leftover, tools));
  }
  if (depth <= 0) return done;
  for (const entry of await entriesOf(folder, tools)) {
    if (!entry.isDirectory() || temporarySuffix.test(entry.name)) continue;
    const below = join(folder, entry.name);
    done.push(...(await sweepFolder(below, { ...options, depth: depth - 1 })));
  }
  return done;
}

/**
 * Clears what crashed calls left of one path. Looks only at what is temporary just now, not at the folder that `path` is in.
 * What cannot be cleared is left to `sweepFolder`.
 */
export async function clearLeftovers(path: string, tools: FileStoreTools): Promise<void> {
  const final = basename(path);
  for (const leftover of await leftoversIn(placeOfTemporaries(path), { tools, final })) {
    try {
      await clear(leftover, tools);
    } catch {
      // Any error of the system: the leftover is hidden and harmless, and the folder beside it is about to be replaced.
    }
  }
}

async function entriesOf(
  folder: string,
  { fileSystem }: FileStoreTools,
): Promise<readonly Dirent[]> {
  try {
    return await fileSystem.readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}

/**
 * What is abandoned among temporaries, of all names or of one. The newest first: where several folders were put aside, the last
 * one is the one to bring back.
 */
async function leftoversIn(
  place: string,
  { tools, final }: { readonly tools: FileStoreTools; readonly final?: string },
): Promise<readonly Leftover[]> {
  const found: Leftover[] = [];
  for (const { name } of await entriesOf(place, tools)) {
    const parsed = parseTemporaryName(name);
    if (parsed === undefined && !name.endsWith('.caldp-lock')) continue;
    if (final !== undefined && parsed?.final !== final) continue;
    const leftover = await leftoverAt(join(place, name), tools);
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
  const final = join(dirname(dirname(path)), parsed.final);
  return abandoned ? { path, kind: parsed.kind, final, changed } : undefined;
}

async function timesOf(
  path: string,
  { fileSystem }: FileStoreTools,
): Promise<{ readonly mtime: Date; readonly ctime: Date } | undefined> {
  try {
    return await fileSystem.lstat(path);
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
      await tools.fileSystem.rename(path, final);
      await syncFolder(dirname(final), tools);
      return `brought back \`${final}\``;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
      return `\`${path}\` was cleared by another process`;
    }
  }
  await tools.fileSystem.rm(path, { recursive: true, force: true });
  return `removed \`${path}\``;
}
