import type { Warning } from '../errors/warning.ts';
import type { ConfigurationOptions } from './configuration-options.ts';
import { awsEnvironment, offsiteEnvironment, onsiteEnvironment } from './built-in.ts';
import { referenceFolders } from './reference-folders.ts';

/** The environment that datasets are processed in. */
export interface Configuration {
  /** `onsite`, `offsite`, `aws`, or the path of the script. */
  readonly name: string;
  /** What the configuration sets on top of our own environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly warnings: readonly Warning[];
}

/** Where the cache is inside the container. */
const dockerCache = '/grp/crds/cache';

/**
 * Loads a configuration: `onsite`, `offsite`, `aws` (or CALDP's names `caldp-config-onsite`, ...), or a custom shell script.
 *
 * Inside the container (`CALDP_DOCKER` set) the CRDS cache is at `/grp/crds/cache` whatever the configuration says. `iref`, `jref`
 * and their like follow from `CRDS_PATH` and `CRDS_READONLY_CACHE` unless a custom script sets them itself.
 *
 * @throws CaldpError `CONFIG_*`, exit code `CMDLINE_ERROR`.
 */
export async function loadConfiguration(
  name: string,
  options: ConfigurationOptions,
): Promise<Configuration> {
  const { inherited } = options;
  switch (name.replace(/^caldp-config-/, '')) {
    case 'onsite':
      return completed('onsite', { inherited, environment: onsiteEnvironment() });
    case 'offsite':
      return completed('offsite', { inherited, environment: offsiteEnvironment(inherited) });
    case 'aws':
      return completed('aws', { inherited, environment: awsEnvironment(inherited) });
    default: {
      const { customEnvironment } = await import('./custom.ts');
      const { environment, warnings, path } = await customEnvironment(name, options);
      return { ...completed(path, { inherited, environment }), warnings };
    }
  }
}

function completed(
  name: string,
  options: {
    readonly inherited: Readonly<Record<string, string | undefined>>;
    readonly environment: Readonly<Record<string, string>>;
  },
): Configuration {
  const { inherited, environment } = options;
  const isDocker = (inherited['CALDP_DOCKER'] ?? '') !== '';
  const docker = isDocker ? { CRDS_PATH: dockerCache } : {};
  const known: Readonly<Record<string, string | undefined>> = {
    ...inherited,
    ...environment,
    ...docker,
  };
  const crdsPath = known['CRDS_PATH'];
  const layout = known['CRDS_READONLY_CACHE'] === '1' ? 'flat' : 'instrument';
  const folders = crdsPath === undefined ? {} : referenceFolders(crdsPath, { layout });
  return { name, environment: { ...folders, ...environment, ...docker }, warnings: [] };
}
