import type { S3Object } from '../../stores/s3/list-objects.ts';

/** A number of 52 bits for what a listing tells of an object: another one when its content is another. */
export function fingerprint({ key, etag, size }: S3Object): number {
  // Two 32-bit multiplicative hashes side by side: a million objects have a chance of one in 10,000 of a single collision.
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  const text = `${key} ${etag} ${size.toFixed()}`;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 2654435761);
    high = Math.imul(high ^ unit, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return (high >>> 12) * 2 ** 32 + (low >>> 0);
}

/** The fingerprint of several objects, in whatever order they come. */
export function combined(a: number, b: number): number {
  return (a + b) % 2 ** 52;
}
