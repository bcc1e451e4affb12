import { CaldpError, type RetryClass } from '../../errors/caldp-error.ts';
import type { Bucket } from './bucket.ts';

interface Kind {
  readonly code: string;
  readonly retry: RetryClass;
  readonly advice: string;
}

const credentials: Kind = {
  code: 'S3_CREDENTIALS',
  retry: 'never',
  advice:
    'Set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` (and `AWS_SESSION_TOKEN` where there is one), or `AWS_PROFILE`, or give the machine a role.',
};
const noBucket: Kind = {
  code: 'S3_BUCKET_MISSING',
  retry: 'never',
  advice:
    'Correct the name of the bucket, make the bucket, or set `AWS_ENDPOINT_URL_S3` to its server.',
};
const region: Kind = {
  code: 'S3_REGION',
  retry: 'never',
  advice: 'Set `AWS_REGION` to the region of the bucket.',
};
const denied: Kind = {
  code: 'STORE_DENIED',
  retry: 'never',
  advice:
    'Allow this user `s3:ListBucket` on the bucket and `s3:GetObject`, `s3:PutObject`, `s3:DeleteObject` below the prefix.',
};
const full: Kind = {
  code: 'STORE_FULL',
  retry: 'never',
  advice: 'Free space or raise the quota, then run again.',
};
const unsupported: Kind = {
  code: 'STORE_UNSUPPORTED',
  retry: 'never',
  advice:
    'Use a store that has this part of S3, or set `AWS_REQUEST_CHECKSUM_CALCULATION=WHEN_REQUIRED` where it refuses checksums.',
};
const failed: Kind = {
  code: 'STORE_FAILED',
  retry: 'backoff',
  advice: 'Look at the health of the S3 service if it goes on.',
};
const refused: Kind = { ...failed, retry: 'never', advice: 'Report it with the words above.' };
const unreachable: Kind = {
  code: 'S3_UNREACHABLE',
  retry: 'backoff',
  advice: 'Look at the network, at `AWS_ENDPOINT_URL_S3` and at proxies between here and there.',
};
const untrusted: Kind = { ...unreachable, retry: 'never' };

/** By the names that S3, other servers that speak it, and the SDK give their errors. */
const byName: Readonly<Record<string, Kind>> = {
  InvalidAccessKeyId: credentials,
  SignatureDoesNotMatch: credentials,
  ExpiredToken: credentials,
  InvalidToken: credentials,
  TokenRefreshRequired: credentials,
  CredentialsProviderError: credentials,
  TokenProviderError: credentials,
  NoSuchBucket: noBucket,
  PermanentRedirect: region,
  AuthorizationHeaderMalformed: region,
  IllegalLocationConstraintException: region,
  AccessDenied: denied,
  AllAccessDisabled: denied,
  AccountProblem: denied,
  QuotaExceeded: full,
  EntityTooLarge: full,
  NotImplemented: unsupported,
  MissingContentLength: unsupported,
  RequestTimeTooSkewed: failed,
  RequestTimeout: failed,
  ConditionalRequestConflict: failed,
  OperationAborted: failed,
  BadDigest: failed,
  XAmzContentSHA256Mismatch: failed,
  IncompleteBody: failed,
  TimeoutError: unreachable,
};

const byStatus: Readonly<Record<number, Kind>> = {
  301: region,
  307: region,
  401: credentials,
  403: denied,
  408: failed,
  409: failed,
  411: unsupported,
  429: failed,
  501: unsupported,
  507: full,
};

/** The HTTP status that an S3 server answered with, or undefined when it did not answer. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  return 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number'
    ? metadata.httpStatusCode
    : undefined;
}

/** Whether the answer was that there is no such object. A missing bucket is something else. */
export function isNoObject(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ['NoSuchKey', 'NotFound'].includes(error.name);
}

/**
 * Turns what a call to S3 failed with into an error that says what was done, to what, and whether waiting helps: never for
 * credentials, permissions, quotas and what is missing; after a while for a service that is busy, broken or out of reach.
 * An error of ours, or one that has nothing to do with S3, is answered as it is.
 */
export function s3Error(
  error: unknown,
  options: { readonly doing: string; readonly key: string; readonly bucket: Bucket },
): unknown {
  if (error instanceof CaldpError || !(error instanceof Error)) return error;
  const kind = kindOf(error);
  if (kind === undefined) return error;
  const { doing, key, bucket } = options;
  const what = key === '' ? `\`${bucket.uri}\`` : `\`${key}\` in \`${bucket.uri}\``;
  return new CaldpError(`Could not ${doing} ${what}: ${reasonOf(error)}.`, {
    ...kind,
    exit: bucket.exit,
    cause: error,
  });
}

function kindOf(error: Error): Kind | undefined {
  const named = byName[error.name];
  if (named !== undefined) return named;
  if (error.message.startsWith('Region is missing')) return region;
  // An answer that broke off has a status too, but not the words that would say what it meant.
  const broken =
    'code' in error && typeof error.code === 'string' ? kindOfCode(error.code) : undefined;
  if (broken !== undefined) return broken;
  const status = statusOf(error);
  if (status !== undefined) return byStatus[status] ?? kindOfStatus(status);
  // What the SDK could not read as an answer of S3 it throws with the answer attached.
  return '$response' in error ? failed : undefined;
}

function kindOfStatus(status: number): Kind {
  // A success that could not be read, or an error within a success, is a matter of the moment like one of the server.
  return status >= 500 || status < 300 ? failed : refused;
}

function kindOfCode(code: string): Kind | undefined {
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL/.test(code)) return untrusted;
  const passing =
    /^(E(CONN|PIPE|NETUNREACH|HOSTUNREACH|HOSTDOWN|NETDOWN|TIMEDOUT|AI_AGAIN|ADDRNOTAVAIL|PROTO)|ENOTFOUND|HPE_|ERR_STREAM_PREMATURE_CLOSE)/;
  return passing.test(code) ? unreachable : undefined;
}

/** A few servers answer without words; the first line of what there is says enough. */
function reasonOf(error: Error): string {
  const status = statusOf(error);
  const [line = ''] = error.message.split('\n');
  const words = line.replace(/\.+$/, '').slice(0, 300);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const name = ['Error', 'AggregateError'].includes(error.name) ? code : error.name;
  const parts = [name, words].filter(
    (part, index, all) => part !== '' && part !== 'UnknownError' && all.indexOf(part) === index,
  );
  return `${parts.join(', ')}${status === undefined ? '' : ` (HTTP ${status.toFixed()})`}`;
}
