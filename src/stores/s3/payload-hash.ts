import { createHash, createHmac, webcrypto, type Hash, type Hmac } from 'node:crypto';

/** From this size on a digest is made in a thread of its own. */
const large = 1024 * 1024;

/**
 * SHA-256 as the SDK asks for it to sign requests. What is large and given at once, the part of an upload, is hashed in the thread
 * pool, so that the event loop goes on sending and the machine's other CPUs help; the part is copied for that.
 */
export class PayloadHash {
  readonly #hash: Hash | Hmac;
  /** A digest with a key is only asked of what is short. */
  readonly #isKeyed: boolean;
  #whole: Uint8Array | undefined;
  #isEmpty = true;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#isKeyed = secret !== undefined;
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    const bytes = bytesOf(chunk);
    if (this.#isEmpty && !this.#isKeyed && bytes.length >= large) {
      this.#whole = bytes;
    } else {
      this.#settle();
      this.#hash.update(bytes);
    }
    this.#isEmpty = false;
  }

  async digest(): Promise<Uint8Array> {
    if (this.#whole === undefined) return this.#hash.digest();
    return new Uint8Array(await webcrypto.subtle.digest('SHA-256', this.#whole));
  }

  reset(): void {
    throw new Error('Expected a hash to be used once.');
  }

  /** There is more than one chunk after all. */
  #settle(): void {
    if (this.#whole === undefined) return;
    this.#hash.update(this.#whole);
    this.#whole = undefined;
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
