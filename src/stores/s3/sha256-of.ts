import { createHash, webcrypto } from 'node:crypto';

/** From this size on the way to another thread is worth it. */
const large = 256 * 1024;

/** SHA-256 of bytes in memory, hexadecimal. What is large is copied and hashed in the thread pool; the event loop is free meanwhile. */
export async function sha256Of(bytes: Uint8Array): Promise<string> {
  if (bytes.length < large) return createHash('sha256').update(bytes).digest('hex');
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}
