import { crdsError } from '../crds-error.ts';
import type { CrdsTools } from '../crds-tools.ts';
import { fileInfos } from '../server/file-infos.ts';
import { fetchBucketRules } from './fetch-bucket-rules.ts';
import { fetchOnce } from './fetch-once.ts';

/**
 * Brings rules that the cache lacks: from `CRDS_MAPPING_URI` without keeping them where S3 is enabled, else from the server into the cache.
 *
 * @throws CaldpError `CRDS_RULES_MISSING` where they cannot be had, and those of transfers.
 */
export async function fetchRules(
  name: string,
  path: string,
  { tools, signal }: { readonly tools: CrdsTools; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  const { settings } = tools;
  const { mappings } = settings.uris;
  if (settings.usesS3 && mappings !== undefined) {
    return fetchBucketRules(`${mappings}${name}`, { tools, signal });
  }
  if (settings.isReadOnly)
    throw missing(name, `there is no \`${path}\` and the cache is read only`);
  const info = await tools.info();
  if (!info.connected && mappings === undefined) {
    throw missing(name, `there is no \`${path}\` and no server is asked`);
  }
  const known = (await fileInfos(info, { rpc: tools.rpc, signal })).get(name);
  if (known === undefined) throw missing(name, 'the server does not know it');
  const uri = `${mappings ?? info.urls.mappings}${name}`;
  const expected = { size: known.size, sha1: known.sha1 };
  await fetchOnce(uri, path, { ...tools, retry: settings.retry, verify: 'size', signal, expected });
  return tools.fileSystem.readFile(path, { signal });
}

function missing(name: string, reason: string): Error {
  return crdsError('CRDS_RULES_MISSING', {
    message: `The rules \`${name}\` cannot be read: ${reason}.`,
    advice:
      'Fill the cache (`caldp crds sync`) or ask a server (`CRDS_SERVER_URL=https://hst-crds.stsci.edu`, `CRDS_READONLY_CACHE=0`).',
  });
}
