import { dirname, join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import type { FileDigest } from '../ports/file-digest.ts';
import { copyVerified } from './copy-verified.ts';
import { syncFolder } from './durable-folder.ts';
import type { FileStoreTools } from './file-store-tools.ts';
import { keyParts } from './key.ts';
import type { FolderOptions, PlainFile } from './store.ts';

/** Copies at a time: flushes that come together share their cost; each copy holds 1 MiB. */
const copiesAtATime = 4;

/** What a folder is made of, and with what. */
export interface FolderContent {
  readonly files: readonly PlainFile[];
  readonly last: FolderOptions['last'];
  readonly tools: FileStoreTools;
  readonly signal: AbortSignal | undefined;
}

/**
 * Makes a new folder that holds exactly `files` and what `last` makes, flushed to the disk; what has a digest is checked against it.
 */
export async function buildFolder(folder: string, options: FolderContent): Promise<void> {
  const { files, last, tools, signal } = options;
  const subfolders = new Set(foldersOf(files));
  await tools.fileSystem.mkdir(folder);
  for (const name of subfolders) await tools.fileSystem.mkdir(join(folder, name));
  const copy = (file: PlainFile): Promise<FileDigest> =>
    copyVerified(file, { fileSystem: tools.fileSystem, target: join(folder, file.name), signal });
  const digests = await inOrder(files, copy);
  if (last !== undefined) {
    const file = await last(digests);
    for (const name of foldersOf([file])) {
      if (!subfolders.has(name)) await tools.fileSystem.mkdir(join(folder, name));
      subfolders.add(name);
    }
    await copy(file);
  }
  for (const name of [...subfolders].reverse()) await syncFolder(join(folder, name), tools);
  await syncFolder(folder, tools);
}

/** Copies some at a time; digests in the order of the files. */
async function inOrder(
  files: readonly PlainFile[],
  copy: (file: PlainFile) => Promise<FileDigest>,
): Promise<readonly FileDigest[]> {
  const digests: FileDigest[] = [];
  const queue = files.entries();
  const copies = Array.from({ length: copiesAtATime }, async () => {
    for (const [index, file] of queue) digests[index] = await copy(file);
  });
  // All must have ended before an error leaves: the caller removes the folder then.
  const failed = (await Promise.allSettled(copies)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return digests;
}

/**
 * Checks the names that a folder is to hold.
 *
 * @throws CaldpError `KEY_INVALID` when one is no key, is there twice or would be a file and a folder.
 */
export function checkNames(files: readonly PlainFile[]): void {
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
function foldersOf(files: readonly PlainFile[]): readonly string[] {
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
