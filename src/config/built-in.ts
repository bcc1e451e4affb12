import { CaldpError } from '../errors/caldp-error.ts';

type Inherited = Readonly<Record<string, string | undefined>>;

/** On site: the shared read-only cache, no server. */
export function onsiteEnvironment(): Readonly<Record<string, string>> {
  return {
    CRDS_PATH: '/grp/crds/cache',
    CRDS_SERVER_URL: 'https://hst-serverless-mode.stsci.edu',
    CRDS_READONLY_CACHE: '1',
  };
}

/** On a computer of one's own: a cache that fills from the server as references are needed. */
export function offsiteEnvironment(inherited: Inherited): Readonly<Record<string, string>> {
  return {
    CRDS_PATH: inherited['CRDS_PATH'] ?? `${home(inherited, 'offsite')}/crds_cache`,
    CRDS_SERVER_URL: 'https://hst-crds.stsci.edu',
    CRDS_READONLY_CACHE: '0',
  };
}

/**
 * Under AWS Batch: rules and references from the bucket that `CRDSBUCKET` names, with retries.
 *
 * @throws CaldpError `CONFIG_INCOMPLETE` without `CRDSBUCKET`.
 */
export function awsEnvironment(inherited: Inherited): Readonly<Record<string, string>> {
  const bucket = (inherited['CRDSBUCKET'] ?? '').replace(/\/+$/, '');
  if (bucket === '') {
    throw new CaldpError(
      'The configuration `aws` needs the variable `CRDSBUCKET`, which is not set.',
      {
        code: 'CONFIG_INCOMPLETE',
        advice:
          'Set `CRDSBUCKET` to the bucket with CRDS rules and references, such as `s3://hst-crds`.',
        exit: 'CMDLINE_ERROR',
      },
    );
  }
  return {
    CRDS_PATH: `${home(inherited, 'aws')}/crds_cache`,
    CRDS_CONFIG_URI: `${bucket}/config/hst/`,
    CRDS_REFERENCE_URI: `${bucket}/references/hst/`,
    CRDS_SERVER_URL: 'https://hst-crds-serverless.stsci.edu',
    CRDS_S3_ENABLED: '1',
    CRDS_CLIENT_RETRY_COUNT: '4',
    CRDS_CLIENT_RETRY_DELAY_SECONDS: '10',
  };
}

function home(inherited: Inherited, name: string): string {
  const folder = inherited['HOME'] ?? '';
  if (folder !== '') return folder;
  throw new CaldpError(
    `The configuration \`${name}\` needs the variable \`HOME\`, which is not set.`,
    {
      code: 'CONFIG_INCOMPLETE',
      advice: 'Set `HOME` to the folder that is to hold the CRDS cache.',
      exit: 'CMDLINE_ERROR',
    },
  );
}
