import { join } from 'node:path';
import { CaldpError } from '../../errors/caldp-error.ts';
import { isMissing } from '../../inputs/is-missing.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import { writeAtomically } from '../cache/write-atomically.ts';
import type { CrdsSettings } from '../configuration/crds-settings.ts';
import { crdsError } from '../crds-error.ts';
import { pythonLiteralText } from '../python/python-literal-text.ts';
import { fetchText } from '../transfer/fetch-text.ts';
import type { Fetchers } from '../transfer/fetchers.ts';
import { withRetries } from '../transfer/with-retries.ts';
import { parseServerConfig } from './parse-server-config.ts';
import type { RpcClient } from './rpc-client.ts';
import { parseServerInfo, type ServerInfo } from './server-info.ts';

/** What server information is got with. */
export interface ServerInfoOptions {
  readonly fileSystem: FileSystem;
  readonly fetchers: Fetchers;
  readonly rpc: RpcClient;
  readonly signal: AbortSignal;
  /** Called with a full sentence when the server cannot be asked and the copy in the cache is used. */
  readonly warn: (message: string) => void;
}

/**
 * Gets what the server tells: from `CRDS_CONFIG_URI`, else from the server, else from the copy in the cache
 * (`crds/core/heavy_client.py:get_config_info`). What the server itself tells is kept in the cache, where that is writable.
 *
 * @throws CaldpError `CRDS_CONFIG_INVALID` when neither a server nor a copy tells anything.
 */
export async function loadServerInfo(
  settings: CrdsSettings,
  options: ServerInfoOptions,
): Promise<ServerInfo> {
  const fresh = await freshInfo(settings, options);
  const info = fresh instanceof CaldpError ? undefined : fresh;
  if (info === undefined || settings.isReadOnly) {
    const kept = await cachedInfo(settings, { ...options, connected: info?.connected ?? false });
    if (fresh instanceof CaldpError && kept !== undefined) {
      options.warn(`${fresh.message} The copy in the cache is used.`);
    }
    return kept ?? info ?? noInfo(settings, fresh);
  }
  if (info.connected) await keep(info, settings, options.fileSystem);
  return info;
}

async function freshInfo(
  settings: CrdsSettings,
  options: ServerInfoOptions,
): Promise<ServerInfo | CaldpError | undefined> {
  try {
    if (settings.uris.config !== undefined) {
      return await infoFromUri(`${settings.uris.config}server_config`, settings, options);
    }
    if (settings.isServerless) return undefined;
    const raw = await options.rpc.call('get_server_info', { params: [], signal: options.signal });
    return parseServerInfo(raw, { connected: true, source: `The answer of ${settings.serverUrl}` });
  } catch (error) {
    if (error instanceof CaldpError) return error;
    throw error;
  }
}

async function infoFromUri(
  uri: string,
  settings: CrdsSettings,
  options: ServerInfoOptions,
): Promise<ServerInfo> {
  const text = await withRetries(() => fetchText(uri, options), { ...options, ...settings });
  return parseServerInfo(parseServerConfig(text, { source: uri }), {
    connected: uri.startsWith('s3:') && !settings.isServerless,
    source: `\`${uri}\``,
  });
}

async function cachedInfo(
  settings: CrdsSettings,
  options: { readonly fileSystem: FileSystem; readonly connected: boolean },
): Promise<ServerInfo | undefined> {
  const path = join(settings.folders.config, 'server_config');
  try {
    const text = await options.fileSystem.readFile(path, 'utf8');
    return parseServerInfo(parseServerConfig(text, { source: path }), {
      connected: options.connected,
      source: `\`${path}\``,
    });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function keep(
  info: ServerInfo,
  settings: CrdsSettings,
  fileSystem: FileSystem,
): Promise<void> {
  const added = { server: settings.serverUrl, status: 'server', connected: true };
  const { config } = settings.folders;
  await writeAtomically(
    join(config, 'server_config'),
    pythonLiteralText({ ...info.raw, ...added }),
    { fileSystem },
  );
  const bad = [...info.badFiles].map((name) => `${name}\n`).join('');
  await writeAtomically(join(config, 'bad_files.txt'), bad, { fileSystem });
}

function noInfo(settings: CrdsSettings, cause: unknown): never {
  const isUnanswered = cause instanceof CaldpError;
  const kept = `\`${settings.folders.config}\` holds no \`server_config\``;
  throw crdsError('CRDS_CONFIG_INVALID', {
    message: isUnanswered
      ? `${cause.message} And ${kept} to use in its place.`
      : `No CRDS server is asked and ${kept}.`,
    advice: isUnanswered
      ? 'Check the network and `CRDS_SERVER_URL`, or set `CRDS_PATH` to a cache that was filled (`caldp crds sync`).'
      : 'Set `CRDS_SERVER_URL=https://hst-crds.stsci.edu` to ask the server, or set `CRDS_PATH` to a cache that was filled (`caldp crds sync`).',
    retry: isUnanswered ? cause.retry : 'never',
    cause,
  });
}
