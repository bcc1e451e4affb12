import { dirname, join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import { copyVerified } from './copy-verified.ts';
import { syncFolder } from './durable-folder.ts';
import type { FileStoreTools } from './file-store-tools.ts';
import { keyParts } from './key.ts';
import type { SourceFile } from './store.ts';

/** Copies at a time: flushes that come together share their cost; each copy holds 1 MiB. */
const copiesAtATime = 4;

/** Makes a new folder that holds exactly `files`, checked against their digests and flushed to the disk. */
export async function buildFolder(
  folder: string,
  options: {
    readonly files: readonly SourceFile[];
    readonly tools: FileStoreTools;
    readonly signal: AbortSignal | undefined;
  },
): Promise<void> {
  const { files, tools, signal } = options;
  const subfolders = foldersOf(files);
  await tools.fs.mkdir(folder);
  for (const name of subfolders) await tools.fs.mkdir(join(folder, name));
  const queue = files.values();
  const copies = Array.from({ length: copiesAtATime }, async () => {
    for (const file of queue) {
      await copyVerified(file, { fs: tools.fs, target: join(folder, file.name), signal });
    }
  });
  // All must have ended before an error leaves: the caller removes the folder then.
  const failed = (await Promise.allSettled(copies)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  for (const name of [...subfolders].reverse()) await syncFolder(join(folder, name), tools);
  await syncFolder(folder, tools);
}

/**
 * Checks the names that a folder is to hold.
 *
 * @throws CaldpError `KEY_INVALID` when one is no key, is there twice or would be a file and a folder.
 */
export function checkNames(files: readonly SourceFile[]): void {
  const names = new Set<string>();
  for (const { name } of files) {
    keyParts(name);
    if (names.has(name)) throw ambiguous(name, 'is there twice');
    names.add(name);
  }
  for (const folder of foldersOf(files)) {
    if (names.has(folder)) throw ambiguous(folder, 'would be a file and a folder');
  }
}

/** Every folder that the names lie in, outer ones first. */
function foldersOf(files: readonly SourceFile[]): readonly string[] {
  const folders = new Set<string>();
  for (const { name } of files) {
    for (let folder = dirname(name); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
  return [...folders].sort();
}

function ambiguous(name: string, problem: string): CaldpError {
  return new CaldpError(`The name \`${name}\` ${problem} among the files of one folder.`, {
    code: 'KEY_INVALID',
    advice: 'Give every file of a dataset a name of its own.',
  });
}
