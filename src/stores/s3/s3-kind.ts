import type { ErrorKind } from '../../errors/error-kind.ts';
import { systemCode } from '../../errors/system-condition.ts';
import { statusOf } from './s3-answer.ts';

const credentials: ErrorKind = {
  code: 'S3_CREDENTIALS',
  advice:
    'Set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` (and `AWS_SESSION_TOKEN` where there is one), or `AWS_PROFILE`, or give the machine a role.',
};
const noBucket: ErrorKind = {
  code: 'S3_BUCKET_MISSING',
  advice:
    'Correct the name of the bucket, make the bucket, or set `AWS_ENDPOINT_URL_S3` to its server.',
};
const region: ErrorKind = {
  code: 'S3_REGION',
  advice: 'Set `AWS_REGION` to the region of the bucket.',
};
const denied: ErrorKind = {
  code: 'STORE_DENIED',
  advice:
    'Allow this user `s3:ListBucket` on the bucket and `s3:GetObject`, `s3:PutObject`, `s3:DeleteObject` below the prefix.',
};
const full: ErrorKind = {
  code: 'STORE_FULL',
  advice: 'Free space or raise the quota, then run again.',
};
const unsupported: ErrorKind = {
  code: 'STORE_UNSUPPORTED',
  advice:
    'Use a store that has this part of S3, or set `AWS_REQUEST_CHECKSUM_CALCULATION=WHEN_REQUIRED` where it refuses checksums.',
};
const failed: ErrorKind = {
  code: 'STORE_FAILED',
  retry: 'backoff',
  advice: 'Look at the health of the S3 service if it goes on.',
};
const refused: ErrorKind = { ...failed, retry: 'never', advice: 'Report it with the words above.' };
const unreachable: ErrorKind = {
  code: 'S3_UNREACHABLE',
  retry: 'backoff',
  advice: 'Look at the network, at `AWS_ENDPOINT_URL_S3` and at proxies between here and there.',
};
const untrusted: ErrorKind = { ...unreachable, retry: 'never' };

/** By the names that S3, other servers that speak it, and the SDK give their errors. */
const byName: Readonly<Record<string, ErrorKind>> = {
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

const byStatus: Readonly<Record<number, ErrorKind>> = {
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

/** What an error of the SDK means; undefined for one that has nothing to do with S3. */
export function s3Kind(error: Error): ErrorKind | undefined {
  const named = byName[error.name];
  if (named !== undefined) return named;
  if (error.message.startsWith('Region is missing')) return region;
  // An answer that broke off has a status too, but not the words that would say what it meant.
  const code = systemCode(error);
  const broken = code === undefined ? undefined : kindOfCode(code);
  if (broken !== undefined) return broken;
  const status = statusOf(error);
  if (status !== undefined) return byStatus[status] ?? kindOfStatus(status);
  // What the SDK could not read as an answer of S3 it throws with the answer attached.
  return '$response' in error ? failed : undefined;
}

function kindOfStatus(status: number): ErrorKind {
  // A success that could not be read, or an error within a success, is a matter of the moment like one of the server.
  return status >= 500 || status < 300 ? failed : refused;
}

function kindOfCode(code: string): ErrorKind | undefined {
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL/.test(code)) return untrusted;
  const passing =
    /^(E(CONN|PIPE|NETUNREACH|HOSTUNREACH|HOSTDOWN|NETDOWN|TIMEDOUT|AI_AGAIN|ADDRNOTAVAIL|PROTO)|ENOTFOUND|HPE_|ERR_STREAM_PREMATURE_CLOSE)/;
  return passing.test(code) ? unreachable : undefined;
}
