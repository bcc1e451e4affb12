import type { RpcClient } from './rpc-client.ts';
import { parseServerFiles, type ServerFile } from './server-files.ts';
import type { ServerInfo } from './server-info.ts';

/**
 * Size and SHA-1 of every file that the server has, from its configuration, or asked for where that lacks them.
 *
 * @throws CaldpError `CRDS_SERVER_FAILED`.
 */
export async function fileInfos(
  info: ServerInfo,
  options: { readonly rpc: RpcClient; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, ServerFile>> {
  const known = await info.files();
  if (known !== undefined || !info.connected) return known ?? new Map();
  const raw = await options.rpc.call('get_file_info_map', {
    params: ['hst', null, ['sha1sum', 'size']],
    signal: options.signal,
  });
  return parseServerFiles(raw);
}
