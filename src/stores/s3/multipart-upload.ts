import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import { CaldpError } from '../../errors/caldp-error.ts';
import { objectOf, type Bucket } from './bucket.ts';
import { callBucket } from './call-bucket.ts';

/** An upload in parts: no object until `complete`. */
export interface MultipartUpload {
  /**
   * Sends one part; it is kept in memory until it has arrived. Parts are numbered from 1. It is signed with `sha256` (hexadecimal), so that
   * the service refuses other bytes.
   */
  send(
    body: Uint8Array,
    options: { readonly number: number; readonly sha256: string },
  ): Promise<CompletedPart>;
  /** Throws what the first part failed with. */
  throwIfFailed(): void;
  /** Puts the parts together. An answer that was lost and is asked for again counts as success: look at the object afterwards. */
  complete(parts: readonly CompletedPart[]): Promise<void>;
  /** Stops parts that are under way, waits for them and gives the upload up. Never throws. */
  abandon(): Promise<void>;
}

/**
 * Begins an upload in parts.
 *
 * `Upload` of `@aws-sdk/lib-storage` is not used: when it is aborted it answers before its requests have ended, so that an object
 * can appear after its failure was told, and it completes by itself when its stream ends, without a moment to compare digests.
 */
export async function beginUpload(
  bucket: Bucket,
  key: string,
  options: {
    readonly metadata: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<MultipartUpload> {
  const { metadata, signal } = options;
  const object = objectOf(bucket, key);
  const { UploadId } = await callBucket(bucket, { doing: 'begin to store', key, signal }, () =>
    bucket.client.send(
      new CreateMultipartUploadCommand({ ...object, Metadata: metadata }),
      signal === undefined ? {} : { abortSignal: signal },
    ),
  );
  return new Multipart({ ...object, UploadId: UploadId ?? '' }, { bucket, key, signal });
}

interface UploadName {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
}

class Multipart implements MultipartUpload {
  readonly #name: UploadName;
  readonly #bucket: Bucket;
  readonly #key: string;
  readonly #stop = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #parts: Promise<unknown>[] = [];
  #failure: { readonly error: unknown } | undefined;

  constructor(
    name: UploadName,
    options: { bucket: Bucket; key: string; signal: AbortSignal | undefined },
  ) {
    this.#name = name;
    this.#bucket = options.bucket;
    this.#key = options.key;
    this.#outer = options.signal;
    this.#outer?.addEventListener('abort', this.#abort, { once: true });
  }

  async send(
    body: Uint8Array,
    { number, sha256 }: { readonly number: number; readonly sha256: string },
  ): Promise<CompletedPart> {
    const { signal } = this.#stop;
    const call = { doing: `store part ${number.toFixed()} of`, key: this.#key, signal };
    const sending = callBucket(this.#bucket, call, async () => {
      const command = new UploadPartCommand({
        ...this.#name,
        PartNumber: number,
        Body: body,
        ContentLength: body.length,
      });
      signWith(sha256, command);
      const { ETag } = await this.#bucket.client.send(command, { abortSignal: signal });
      return { PartNumber: number, ETag };
    });
    this.#parts.push(
      sending.catch((error: unknown) => {
        this.#failure ??= { error };
      }),
    );
    return sending;
  }

  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async complete(parts: readonly CompletedPart[]): Promise<void> {
    const { signal } = this.#stop;
    const call = { doing: 'complete', key: this.#key, signal };
    let tried = 0;
    await callBucket(this.#bucket, call, async () => {
      tried += 1;
      try {
        await this.#bucket.client.send(
          new CompleteMultipartUploadCommand({
            ...this.#name,
            MultipartUpload: { Parts: [...parts] },
          }),
          { abortSignal: signal },
        );
      } catch (error) {
        if (tried > 1 && error instanceof Error && error.name === 'NoSuchUpload') return;
        throw error;
      }
    });
    this.#outer?.removeEventListener('abort', this.#abort);
  }

  async abandon(): Promise<void> {
    this.#outer?.removeEventListener('abort', this.#abort);
    this.#stop.abort();
    await Promise.all(this.#parts);
    const call = { doing: 'give up', key: this.#key };
    try {
      await callBucket(this.#bucket, call, () =>
        this.#bucket.client.send(new AbortMultipartUploadCommand(this.#name)),
      );
    } catch (error) {
      // CaldpError: parts without an object cost space and are invisible; `sweep` gives them up a day later.
      if (!(error instanceof CaldpError)) throw error;
    }
  }

  readonly #abort = (): void => {
    this.#stop.abort(this.#outer?.reason);
  };
}

/** The SDK then does not hash the body itself. */
function signWith(sha256: string, { middlewareStack }: UploadPartCommand): void {
  middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (isRequest(request)) request.headers['x-amz-content-sha256'] = sha256;
      return next(args);
    },
    { step: 'build', name: 'signWithKnownDigest' },
  );
}

function isRequest(request: unknown): request is { headers: Record<string, string> } {
  return typeof request === 'object' && request !== null && 'headers' in request;
}
