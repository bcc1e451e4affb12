import { basename, dirname, join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import { systemCode } from '../errors/system-condition.ts';
import { buildFolder, type FolderContent } from './build-folder.ts';
import { ensureFolder, syncFolder } from './durable-folder.ts';
import {
  discard,
  placeOfTemporaries,
  withTemporary,
  type FileStoreTools,
} from './file-store-tools.ts';
import { retryAfter, storeCode } from './store-error.ts';
import { clearLeftovers } from './sweep-folder.ts';

/** Another process can put its folder in place between our two renames; more often than this it is no accident. */
const mostSwaps = 10;

/**
 * Puts a new folder in the place of the former one. Node has no call that exchanges two folders, so the former one is
 * renamed to a temporary name and the new one, complete and flushed, is renamed into its place. A process that dies between
 * the two renames leaves the former folder under its temporary name, from where `clearLeftovers` brings it back.
 */
export async function replaceFolder(path: string, options: FolderContent): Promise<void> {
  const { files, last, tools, signal } = options;
  await ensureFolder(placeOfTemporaries(path), tools);
  await clearLeftovers(path, tools);
  if (files.length === 0 && last === undefined) {
    await swap(path, { build: undefined, tools });
    return;
  }
  await withTemporary(path, tools, async (build) => {
    await buildFolder(build, options);
    signal?.throwIfAborted();
    await swap(path, { build, tools });
  });
}

async function swap(
  path: string,
  options: { readonly build: string | undefined; readonly tools: FileStoreTools },
): Promise<void> {
  const { build, tools } = options;
  const name = tools.temporaries.make(basename(path), 'old');
  const old = join(placeOfTemporaries(path), name);
  try {
    for (let left = mostSwaps; ; left -= 1) {
      const had = await putAside(path, { old, tools });
      if (build === undefined || (await putInPlace(path, { build, old, had, tools, left }))) break;
    }
    await syncFolder(dirname(path), tools);
    await discard(old, tools);
  } finally {
    tools.temporaries.release(name);
  }
}

async function putAside(
  path: string,
  { old, tools }: { readonly old: string; readonly tools: FileStoreTools },
): Promise<boolean> {
  try {
    const former = await tools.fileSystem.lstat(path);
    if (former.isFile()) throw notAFolder(path);
    await tools.fileSystem.rename(path, old);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** False when another process was faster and the swap must be tried again. */
async function putInPlace(
  path: string,
  options: {
    readonly build: string;
    readonly old: string;
    readonly had: boolean;
    readonly tools: FileStoreTools;
    readonly left: number;
  },
): Promise<boolean> {
  const { build, old, had, tools, left } = options;
  try {
    await tools.fileSystem.rename(build, path);
    return true;
  } catch (error) {
    const overtaken = isTaken(error);
    if (had) await bringBack(path, { old, tools, reason: error });
    if (overtaken && left > 0) return false;
    throw error;
  }
}

async function bringBack(
  path: string,
  options: { readonly old: string; readonly tools: FileStoreTools; readonly reason: unknown },
): Promise<void> {
  const { old, tools, reason } = options;
  try {
    await tools.fileSystem.rename(old, path);
  } catch (cause) {
    if (isTaken(cause)) {
      await discard(old, tools);
      return;
    }
    throw new CaldpError(
      `Could not put a new folder in the place of \`${path}\`, nor bring the former one back; it is whole in \`${old}\`.`,
      {
        code: storeCode(systemCode(reason)),
        advice: 'The next run brings it back or replaces it; until then, rename it by hand.',
        retry: retryAfter(systemCode(reason)),
        cause: new AggregateError([reason, cause]),
      },
    );
  }
}

const isTaken = (error: unknown): boolean =>
  ['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '');

function notAFolder(path: string): CaldpError {
  return new CaldpError(`\`${path}\` is a file, expected a folder or nothing.`, {
    code: 'KEY_CONFLICT',
    advice: 'Move that file away.',
  });
}
