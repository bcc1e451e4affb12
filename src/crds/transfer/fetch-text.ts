import { fetcherFor, type Fetchers } from './fetchers.ts';

/** Reads the whole of a small text, at most 64 MiB, at a URI. */
export async function fetchText(
  uri: string,
  options: { readonly fetchers: Fetchers; readonly signal: AbortSignal },
): Promise<string> {
  return (await fetchBytes(uri, options)).toString('utf8');
}

const most = 64 * 1024 * 1024;

/**
 * Reads the whole of a small file at a URI.
 *
 * @throws RangeError above 64 MiB; errors of the fetcher.
 */
export async function fetchBytes(
  uri: string,
  options: { readonly fetchers: Fetchers; readonly signal: AbortSignal },
): Promise<Buffer> {
  const { chunks } = await fetcherFor(uri, options.fetchers).open(uri, options);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.byteLength;
    if (size > most) throw new RangeError(`Expected at most ${most} bytes at ${uri}.`);
  }
  return Buffer.concat(parts);
}
