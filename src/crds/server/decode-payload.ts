import { promisify } from 'node:util';
import { jsonFields } from '../json/json-fields.ts';

/**
 * Decodes what a server packs: base64 of gzip of JSON, at most 512 MiB of it. Anything else is answered as it is.
 *
 * @throws Error of the decoder when it says that it is packed and is not.
 */
export async function decodePayload(value: unknown): Promise<unknown> {
  const fields = jsonFields(value);
  const payload = fields?.get('crds_payload');
  if (typeof payload !== 'string' || typeof fields?.get('crds_encoded') !== 'string') return value;
  const { gunzip } = await import('node:zlib');
  const packed = Buffer.from(payload, 'base64');
  const bytes = await promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)(packed, {
    maxOutputLength: 512 * 1024 * 1024,
  });
  return JSON.parse(bytes.toString('utf8'));
}
