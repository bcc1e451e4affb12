import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pythonText } from './python-text.ts';
import { simulatedContext } from './write-rules.ts';

/** When the configuration says it was written: the same in all simulations, so that equal seeds give equal bytes. */
const written = '2002-03-01 00:00:00.000000';

/** A file of the cache. */
export interface CachedFile {
  readonly folder: string;
  readonly name: string;
}

/**
 * Writes what a CRDS cache knows of its server: the context in force, and size and SHA-1 of every file. No server stands behind it. Reads
 * the files 64 KiB at a time.
 */
export async function writeServerConfig(
  folder: string,
  options: {
    readonly mappings: readonly CachedFile[];
    readonly references: readonly CachedFile[];
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { mappings, references, signal } = options;
  const infos: Record<string, { size: string; sha1sum: string }> = {};
  for (const { folder: from, name } of [...mappings, ...references]) {
    infos[name] = await identify(join(from, name), signal);
  }
  const payload = gzipSync(JSON.stringify(infos), { level: 0 }).toString('base64');
  const nowhere = { hst: 'https://simulated.invalid/' };
  const config = {
    bad_files_list: [],
    config_url: nowhere,
    connected: false,
    context_history: [],
    crds_version: { str: 'simulated' },
    download_metadata: { crds_encoded: '1.0', crds_payload: payload },
    edit_context: simulatedContext,
    force_remote_mode: 0,
    last_refreshed: written,
    last_synced: written,
    latest_context: simulatedContext,
    mapping_url: nowhere,
    mappings: mappings.map(({ name }) => name).sort(),
    observatory: 'hst',
    operational_context: simulatedContext,
    pickle_url: nowhere,
    reference_url: nowhere,
    server: 'https://simulated.invalid',
    status: 'cache',
    updated: written,
    versions_context: '',
  };
  await writeFile(join(folder, 'server_config'), `${pythonText(config)}\n`);
  await writeFile(join(folder, 'bad_files.txt'), '');
  await writeFile(join(folder, 'ref_cache_subdir_mode'), 'flat');
}

async function identify(
  path: string,
  signal: AbortSignal,
): Promise<{ readonly size: string; readonly sha1sum: string }> {
  const hash = createHash('sha1');
  let size = 0;
  for await (const chunk of createReadStream(path, { signal })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('Expected bytes.');
    hash.update(chunk);
    size += chunk.length;
  }
  return { size: String(size), sha1sum: hash.digest('hex') };
}
