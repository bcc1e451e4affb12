import { BestReferences } from '../crds/best-references.ts';
import { crdsSettings } from '../crds/configuration/crds-settings.ts';
import type { CrdsTools } from '../crds/crds-tools.ts';
import { openCrds } from '../crds/open-crds.ts';
import type { UriFetcher } from '../crds/transfer/uri-fetcher.ts';
import type { Warning } from '../errors/warning.ts';
import { quietSdk } from './quiet-sdk.ts';

/** Reference assignment, opened. */
export interface CrdsAccess {
  readonly crds: CrdsTools;
  readonly best: BestReferences;
}

/**
 * Opens reference assignment as the CRDS variables of an environment say. Warnings go to standard error.
 *
 * @param options `contextFolder` is a folder in a bucket that names the context to use where nothing else does.
 */
export function crdsAccess(
  environment: NodeJS.ProcessEnv,
  options: {
    readonly context?: string | undefined;
    readonly contextFolder?: string | undefined;
    readonly signal: AbortSignal;
  },
): CrdsAccess {
  const { context, contextFolder, signal } = options;
  const warn = ({ message }: Warning): void => {
    process.stderr.write(`caldp: Warning: ${message}\n`);
  };
  const fetchers = new Map([['s3', lateS3Fetcher(environment)]]);
  const crds = openCrds(crdsSettings(environment), { signal, warn, fetchers, contextFolder });
  return { crds, best: new BestReferences(crds, { context, signal }) };
}

/** What speaks S3 is loaded with the first file that is in a bucket. */
function lateS3Fetcher(environment: NodeJS.ProcessEnv): UriFetcher {
  let loading: Promise<UriFetcher> | undefined;
  const load = async (): Promise<UriFetcher> => {
    quietSdk();
    const { s3Fetcher } = await import('./s3-fetcher.ts');
    return s3Fetcher({ environment });
  };
  const loaded = (): Promise<UriFetcher> => (loading ??= load());
  return {
    open: async (uri, options) => (await loaded()).open(uri, options),
    list: async (folder, options) => (await (await loaded()).list?.(folder, options)) ?? [],
  };
}

/** The same for a command of its own: the variables of the environment, or those of a configuration where one is named. */
export async function commandCrds({
  config,
  context,
  signal,
}: {
  readonly config: string | undefined;
  readonly context?: string | undefined;
  readonly signal: AbortSignal;
}): Promise<CrdsAccess> {
  const inherited = process.env;
  if (config === undefined) return crdsAccess(inherited, { context, signal });
  const { loadConfiguration } = await import('../config/configuration.ts');
  const { environment } = await loadConfiguration(config, {
    inherited,
    base: process.cwd(),
    signal,
  });
  return crdsAccess({ ...inherited, ...environment }, { context, signal });
}
