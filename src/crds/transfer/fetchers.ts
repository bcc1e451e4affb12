import { crdsError } from '../crds-error.ts';
import type { UriFetcher } from './uri-fetcher.ts';

/** Fetchers by scheme, without its colon: `https`, `s3`. */
export type Fetchers = ReadonlyMap<string, UriFetcher>;

/**
 * The fetcher for a URI.
 *
 * @throws CaldpError `CRDS_CONFIG_INVALID` where there is none for its scheme.
 */
export function fetcherFor(uri: string, fetchers: Fetchers): UriFetcher {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(uri)?.[1]?.toLowerCase() ?? '';
  const fetcher = fetchers.get(scheme);
  if (fetcher !== undefined) return fetcher;
  throw crdsError('CRDS_CONFIG_INVALID', {
    message: `\`${uri}\` cannot be fetched: its scheme is none of ${[...fetchers.keys()].map((known) => `\`${known}\``).join(', ')}.`,
    advice:
      'Check `CRDS_CONFIG_URI`, `CRDS_MAPPING_URI`, `CRDS_REFERENCE_URI` and `CRDS_SERVER_URL`.',
  });
}
