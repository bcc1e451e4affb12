import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/** Reads a gzipped JSON file; what it holds is for the caller to say. */
export async function gzippedJson<T>(path: string): Promise<T> {
  return JSON.parse(gunzipSync(await readFile(path)).toString('utf8')) as T;
}
