import { join } from 'node:path';
import { CaldpError } from '../../errors/caldp-error.ts';
import type { DatasetName } from '../../hst/dataset-name.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import type { Bucket } from '../../stores/s3/bucket.ts';
import type { S3Object } from '../../stores/s3/list-objects.ts';
import type { BroughtInputs } from '../dataset-inputs.ts';
import { settleUnpacked } from '../settle-unpacked.ts';
import { unpackTarball } from '../unpack-tarball.ts';
import { readListed } from './fetch-object.ts';

/**
 * The tarball that counts: the one with the plain name, else the only one.
 *
 * @throws CaldpError `INPUT_AMBIGUOUS`
 */
export function chooseTarball(
  { id }: DatasetName,
  { objects, bucket }: { readonly objects: readonly S3Object[]; readonly bucket: Bucket },
): S3Object {
  const plain = objects.find(({ key }) => key === `${id}.tar.gz`) ?? objects[0];
  if (plain !== undefined && (objects.length === 1 || plain.key === `${id}.tar.gz`)) return plain;
  const names = objects.map(({ key }) => `\`${key}\``).join(', ');
  throw new CaldpError(`\`${bucket.uri}\` holds several tarballs of \`${id}\`: ${names}.`, {
    code: 'INPUT_AMBIGUOUS',
    advice: `Name the one that counts \`${id}.tar.gz\`.`,
    exit: 'INPUT_TAR_FILE_ERROR',
  });
}

/** Unpacks a tarball as it comes; the tarball itself is never on the disk. After a failure on the way it begins anew. */
export async function bringTarball(
  dataset: DatasetName,
  options: {
    readonly object: S3Object;
    readonly bucket: Bucket;
    readonly folder: string;
    readonly fileSystem: FileSystem;
    readonly signal: AbortSignal;
  },
): Promise<BroughtInputs> {
  const { object, bucket, folder: target, fileSystem } = options;
  const tarball = `${bucket.uri}/${object.key}`;
  const unpacked = join(target, '.unpacked');
  const { result, digest } = await readListed(object, {
    ...options,
    use: async (chunks) => {
      await fileSystem.rm(unpacked, { recursive: true, force: true });
      await fileSystem.mkdir(unpacked);
      return unpackTarball(chunks, { ...options, tarball, root: dataset.id, folder: unpacked });
    },
  });
  const settled = await settleUnpacked(dataset, { ...options, target, unpacked, tarball });
  return {
    ...settled,
    sources: [digest],
    ignored: [...settled.ignored, ...result.ignored].sort(),
  };
}
