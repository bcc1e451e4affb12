import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { CaldpError } from '../../errors/caldp-error.ts';
import { objectOf, type Bucket } from './bucket.ts';

/** What of an object is wanted. */
export interface ReadOptions {
  /** Only while the object is still the one that had this ETag. */
  readonly etag?: string;
  /** Only so many bytes from its beginning. */
  readonly first?: number;
  readonly signal?: AbortSignal | undefined;
}

/** An answer on its way. */
export interface ObjectBody {
  /** Bytes that will come. */
  readonly size: number;
  /** Hexadecimal, of the whole object; where it was stored with it. */
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * The bytes, once. Throws when the connection breaks, when nothing comes for the time of a stall and when less comes than was
   * announced. The connection is let go however reading ends; a body that is not read at all keeps it.
   */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Asks once for an object. Errors are those of the SDK: call it inside `callBucket`. Holds what the socket holds. */
export async function openObject(
  bucket: Bucket,
  key: string,
  { etag, first, signal }: ReadOptions,
): Promise<ObjectBody> {
  const answer = await bucket.client.send(
    new GetObjectCommand({
      ...objectOf(bucket, key),
      ...(etag === undefined ? {} : { IfMatch: etag }),
      ...(first === undefined ? {} : { Range: `bytes=0-${(first - 1).toFixed()}` }),
    }),
    signal === undefined ? {} : { abortSignal: signal },
  );
  const size = answer.ContentLength ?? 0;
  return {
    size,
    metadata: answer.Metadata ?? {},
    chunks: checked(bodyOf(answer), { size, key, bucket }),
  };
}

/** The bytes of a small object, read once; as `openObject`. */
export async function bytesOf(body: ObjectBody): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.chunks) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function bodyOf({ Body }: GetObjectCommandOutput): Readable {
  if (Body instanceof Readable) return Body;
  throw new TypeError('Expected a stream as the body of an object.');
}

async function* checked(
  body: Readable,
  { size, key, bucket }: { readonly size: number; readonly key: string; readonly bucket: Bucket },
): AsyncGenerator<Uint8Array> {
  let got = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      got += chunk.length;
      yield chunk;
    }
  } finally {
    body.destroy();
  }
  if (got === size) return;
  throw new CaldpError(
    `\`${key}\` in \`${bucket.uri}\` ended after ${got} of ${size} bytes while it was read.`,
    {
      code: 'S3_UNREACHABLE',
      advice: 'Look at the network and at proxies between here and the S3 service.',
      retry: 'backoff',
      exit: bucket.exit,
    },
  );
}
