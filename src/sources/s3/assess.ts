import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaldpError } from '../../errors/caldp-error.ts';
import type { DatasetName } from '../../hst/dataset-name.ts';
import { locateObjects } from '../../inputs/s3/locate-objects.ts';
import { selectObjects } from '../../inputs/s3/select-objects.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import type { Bucket } from '../../stores/s3/bucket.ts';
import type { S3Object } from '../../stores/s3/list-objects.ts';

/** What has become of a dataset in a bucket. */
export type Assessment =
  /** `objects`: those that were listed to find that out, which are all of its root names. */
  | {
      readonly status: 'complete';
      readonly names: readonly string[];
      readonly objects: readonly S3Object[];
    }
  /** Complete, but so new that more may come. */
  | { readonly status: 'fresh' }
  | { readonly status: 'incomplete'; readonly code: string; readonly reason: string }
  /** There is something wrong with it that waiting does not mend: processing it tells what. */
  | { readonly status: 'broken' };

interface Context {
  readonly bucket: Bucket;
  readonly fileSystem: FileSystem;
  readonly signal: AbortSignal;
  /** Milliseconds for which the youngest object must have been there where nothing tells that no more will come. */
  readonly quiet: number;
  /** The same where an association table, a poller file or a tarball tells what belongs together. */
  readonly stable: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const waitFor = new Set(['MEMBER_MISSING', 'INPUT_NOT_FOUND']);
const leaveToProcessing = new Set(['ASSOCIATION_INVALID', 'POLLER_INVALID', 'INPUT_AMBIGUOUS']);

/** Finds out whether all objects of a dataset are there. Lists its visit and reads its association table or poller file. */
export async function assess(dataset: DatasetName, context: Context): Promise<Assessment> {
  try {
    const { chosen, objects, isWhole } = await objectsOf(dataset, context);
    const youngest = Math.max(...chosen.map(({ modified }) => modified.getTime()));
    const least = isWhole ? context.stable : context.quiet;
    if (context.now - youngest < least) return { status: 'fresh' };
    return { status: 'complete', names: chosen.map(({ key }) => key), objects };
  } catch (error) {
    if (!(error instanceof CaldpError)) throw error;
    const { code, message: reason } = error;
    if (waitFor.has(code)) return { status: 'incomplete', code, reason };
    if (leaveToProcessing.has(code)) return { status: 'broken' };
    // It is looked at again as it then is.
    if (code === 'SOURCE_CHANGED') return { status: 'fresh' };
    throw error;
  }
}

async function objectsOf(
  dataset: DatasetName,
  context: Context,
): Promise<{
  readonly chosen: readonly S3Object[];
  readonly objects: readonly S3Object[];
  readonly isWhole: boolean;
}> {
  const located = await locateObjects(dataset, { ...context, breadth: 'own' });
  if (located.kind === 'tarballs') {
    return { chosen: located.objects, objects: located.objects, isWhole: true };
  }
  const folder = join(tmpdir(), `caldp-${randomUUID()}`);
  await context.fileSystem.mkdir(folder);
  try {
    const selected = await selectObjects(dataset, { ...context, located, folder });
    const { selection, objects, guide } = selected;
    const chosen = selection.names.flatMap((name) => objects.get(name) ?? []);
    return { chosen, objects: [...objects.values()], isWhole: guide !== undefined };
  } finally {
    await context.fileSystem.rm(folder, { recursive: true, force: true });
  }
}
