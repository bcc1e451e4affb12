import * as fs from 'node:fs/promises';
import type { ExecutionContext } from 'ava';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import type { BroughtInputs } from '../../src/inputs/dataset-inputs.ts';
import { localFolder } from '../../src/inputs/local-folder.ts';
import type { FileSystem } from '../../src/ports/file-system.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Where inputs come from and where they are brought to. */
export interface Folders {
  readonly source: string;
  readonly work: string;
}

/** Two empty folders that are removed when the test ends. */
export async function folders(t: ExecutionContext): Promise<Folders> {
  return { source: await temporaryFolder(t), work: await temporaryFolder(t) };
}

/** Brings a dataset that lies unpacked in a folder. */
export function bring(
  id: string,
  { source, work }: Folders,
  fileSystem: FileSystem = fs,
): Promise<BroughtInputs> {
  const { signal } = new AbortController();
  return localFolder(source, { fileSystem }).bring(parseDatasetName(id), { folder: work, signal });
}

/** The names of files, in their order. */
export function namesOf(files: readonly { readonly name: string }[]): readonly string[] {
  return files.map(({ name }) => name);
}

/** Asserts that something fails as it should. */
export async function failsWith(
  t: ExecutionContext,
  run: Promise<unknown>,
  expected: { readonly code: string; readonly says: RegExp },
): Promise<CaldpError> {
  const error = await t.throwsAsync(run, { instanceOf: CaldpError, message: expected.says });
  t.is(error.code, expected.code);
  return error;
}
