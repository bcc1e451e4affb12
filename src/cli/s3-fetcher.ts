import { crdsError } from '../crds/crds-error.ts';
import type { UriBody, UriFetcher } from '../crds/transfer/uri-fetcher.ts';
import { CaldpError } from '../errors/caldp-error.ts';
import { reachBucket, type Bucket } from '../stores/s3/bucket.ts';
import { callBucket } from '../stores/s3/call-bucket.ts';
import { listObjects } from '../stores/s3/list-objects.ts';
import { openObject } from '../stores/s3/read-object.ts';
import { isNoObject } from '../stores/s3/s3-answer.ts';
import { s3Error } from '../stores/s3/s3-error.ts';
import type { S3Options } from '../stores/s3/s3-options.ts';

/** Where in which bucket a URI points to. */
interface Target {
  readonly uri: string;
  readonly bucket: Bucket;
  readonly key: string;
}

/** Brings CRDS files from buckets. Each bucket is reached as all buckets are (`docs/s3.md`); its own tries come before those of CRDS. */
export function s3Fetcher(options: S3Options): UriFetcher {
  const buckets = new Map<string, Bucket>();
  const target = (uri: string): Target => {
    const [, name = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri) ?? [];
    if (name === '') throw noPlace(uri);
    const bucket =
      buckets.get(name) ?? reachBucket({ bucket: name, prefix: '' }, { ...options, role: 'input' });
    buckets.set(name, bucket);
    return { uri, bucket, key };
  };
  return {
    open: async (uri, { signal }) => openUri(target(uri), signal),
    list: async (folder, { signal }) => listFolder(target(folder), signal),
  };
}

async function openUri(target: Target, signal: AbortSignal): Promise<UriBody> {
  const { bucket, key } = target;
  try {
    const { size, chunks } = await callBucket(bucket, { doing: 'read', key, signal }, async () => {
      try {
        return await openObject(bucket, key, { signal });
      } catch (error) {
        throw isNoObject(error) ? noObject(target) : error;
      }
    });
    return { size, chunks: explainedChunks(chunks, { target, signal }) };
  } catch (error) {
    signal.throwIfAborted();
    throw explained(error, target);
  }
}

async function* explainedChunks(
  chunks: AsyncIterable<Uint8Array>,
  { target, signal }: { readonly target: Target; readonly signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      yield chunk;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw explained(error, target);
  }
}

async function listFolder(target: Target, signal: AbortSignal): Promise<readonly string[]> {
  const { bucket, key: start } = target;
  const names: string[] = [];
  try {
    for await (const { key } of listObjects(bucket, { start, flat: true, signal })) {
      names.push(key.slice(start.length));
    }
    return names;
  } catch (error) {
    signal.throwIfAborted();
    throw explained(error, target);
  }
}

/** Errors of S3 as those of reference assignment, with what they advise. */
function explained(error: unknown, { uri, bucket, key }: Target): unknown {
  const told = s3Error(error, { doing: 'read', key, bucket });
  if (!(told instanceof CaldpError) || told.code.startsWith('CRDS_')) return told;
  return crdsError('CRDS_DOWNLOAD_FAILED', {
    message: `\`${uri}\` cannot be fetched: ${told.message}`,
    advice: told.advice,
    retry: told.retry,
    cause: told,
  });
}

function noObject({ uri }: Target): Error {
  return crdsError('CRDS_DOWNLOAD_FAILED', {
    message: `\`${uri}\` cannot be fetched: there is no such object.`,
    advice:
      'Put the file into the bucket, or correct `CRDSBUCKET`, `CRDS_CONFIG_URI`, `CRDS_MAPPING_URI` or `CRDS_REFERENCE_URI`.',
  });
}

function noPlace(uri: string): Error {
  return crdsError('CRDS_CONFIG_INVALID', {
    message: `\`${uri}\` names no object in a bucket; expected \`s3://<bucket>/<key>\`.`,
    advice: 'Check `CRDSBUCKET`, `CRDS_CONFIG_URI`, `CRDS_MAPPING_URI` and `CRDS_REFERENCE_URI`.',
  });
}
