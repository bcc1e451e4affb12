import { basename } from 'node:path';
import type { Warning } from '../errors/warning.ts';
import type { HeaderUpdateResult } from '../fits/update-header.ts';
import {
  ensureReferences,
  type EnsureOptions,
  type ReferenceFile,
} from './cache/reference-cache.ts';
import type { CrdsTools } from './crds-tools.ts';
import { unreadableFile, type FileLookup } from './file-lookup.ts';
import { refuseFailures } from './refuse-failures.ts';
import { writeReferences, type ReferenceKeywords } from './headers/write-references.ts';

/** A file whose references were assigned. */
export interface FileAssignment extends FileLookup {
  readonly references: readonly ReferenceFile[];
  readonly header: HeaderUpdateResult;
}

/** How references are assigned to a file. */
export interface AssignOptions extends EnsureOptions {
  /** For CRDS_VER, at most 67 characters. */
  readonly version: string;
  /** Further keywords to set in the same go. */
  readonly others?: NonNullable<ReferenceKeywords['others']>;
  /** What becomes of a CHECKSUM that the header has; default `renew`. */
  readonly checksums?: 'renew' | 'keep';
}

/**
 * Brings the references that were looked up for a file into the cache and verifies them, then writes its header, so that no header
 * ever names a reference that is not there.
 *
 * @throws CaldpError `CRDS_REFERENCE_FAILED` when a reference could not be chosen that a step to be performed needs,
 *   `CRDS_HEADER_INVALID` when the file is damaged, and as `ensureReferences`. The file is then as it was.
 */
export async function assignReferences(
  lookup: FileLookup,
  tools: CrdsTools,
  options: AssignOptions,
): Promise<FileAssignment> {
  refuseFailures(lookup);
  const { path, context, updates } = lookup;
  const names = updates.flatMap(({ file }) => file ?? []);
  const references = await ensureReferences(names, tools, options);
  try {
    const keywords = { ...options, context, references: updates };
    const header = await writeReferences(path, keywords, options);
    return { ...lookup, warnings: allWarnings(lookup), references, header };
  } catch (error) {
    throw unreadableFile(error, path);
  }
}

function allWarnings({ path, warnings, failures }: FileLookup): readonly Warning[] {
  const failed = failures.map(({ keyword, reason }) => ({
    code: 'CRDS_LOOKUP_FAILED',
    message: `No reference was chosen for ${keyword} of \`${basename(path)}\`, which stays as it is: ${reason}.`,
  }));
  return [...warnings, ...failed];
}
