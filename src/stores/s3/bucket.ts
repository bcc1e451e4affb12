import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { CaldpError } from '../../errors/caldp-error.ts';
import { keyInvalid } from '../key.ts';
import { defaultTimeouts, type S3Options, type S3Timeouts } from './s3-options.ts';

/** A prefix of a bucket. */
export interface S3Place {
  readonly bucket: string;
  /** Without `/` at its ends; empty for the whole bucket. */
  readonly prefix: string;
}

/** A bucket, or a part of it, that can be reached. */
export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  /** Empty, or with `/` at its end. */
  readonly prefix: string;
  /** For people: `s3://bucket/prefix`. */
  readonly uri: string;
  /** The exit code that stands for its errors: 25 where products go, 26 where inputs come from. */
  readonly exit: 'S3_UPLOAD_ERROR' | 'S3_DOWNLOAD_ERROR';
  readonly tries: number;
  readonly firstDelay: number;
  readonly partSize: number;
}

const longestKey = 1024;
const megabyte = 1024 * 1024;

/** Describes a bucket; nothing is sent. `role` says what its errors mean to a run. */
export function reachBucket(
  { bucket, prefix }: S3Place,
  options: S3Options & { readonly role: 'input' | 'output' },
): Bucket {
  const { role, tries = 5, firstDelay = 200, partSize = 8 * megabyte } = options;
  return {
    client: new S3Client(clientConfig(options)),
    name: bucket,
    prefix: prefix === '' ? '' : `${prefix}/`,
    uri: `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`,
    exit: role === 'output' ? 'S3_UPLOAD_ERROR' : 'S3_DOWNLOAD_ERROR',
    tries,
    firstDelay,
    partSize: Math.max(partSize, 5 * megabyte),
  };
}

/** The name of a request's object in the bucket. */
export function objectOf(bucket: Bucket, key: string): { readonly Bucket: string; Key: string } {
  const whole = `${bucket.prefix}${key}`;
  if (Buffer.byteLength(whole) > longestKey) {
    throw keyInvalid(key, `makes an object name of more than ${longestKey.toFixed()} bytes`);
  }
  return { Bucket: bucket.name, Key: whole };
}

function clientConfig(options: S3Options): S3ClientConfig {
  const { environment = process.env, credentials, checksums } = options;
  const endpoint =
    options.endpoint ?? environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL'];
  const region =
    options.region ??
    environment['AWS_REGION'] ??
    environment['AWS_DEFAULT_REGION'] ??
    (endpoint === undefined ? undefined : 'us-east-1');
  // Every body is signed with its SHA-256; a second checksum is kept by AWS alone, and refused by some services.
  const otherwise = isSet(environment) || endpoint === undefined ? undefined : 'required';
  const wanted = checksums ?? otherwise;
  const mode = wanted === 'required' ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED';
  return {
    // Tries again are ours (`callBucket`): the SDK's own do not cover bodies, and the two would multiply.
    maxAttempts: 1,
    requestHandler: handlerOptions(options),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    ...(credentials === undefined ? {} : { credentials }),
    // Waiting for leave to send each part costs a round trip, and minutes behind a proxy that never gives it.
    expectContinueHeader: false,
    forcePathStyle: options.pathStyle ?? endpoint !== undefined,
    ...(wanted === undefined
      ? {}
      : { requestChecksumCalculation: mode, responseChecksumValidation: mode }),
  };
}

function isSet(environment: NonNullable<S3Options['environment']>): boolean {
  return (
    environment['AWS_REQUEST_CHECKSUM_CALCULATION'] !== undefined ||
    environment['AWS_RESPONSE_CHECKSUM_VALIDATION'] !== undefined
  );
}

function handlerOptions(options: S3Options): NonNullable<S3ClientConfig['requestHandler']> {
  const { connection, stall, request } = {
    ...defaultTimeouts,
    ...stallOf(options.environment ?? process.env),
    ...options.timeouts,
  };
  return {
    connectionTimeout: connection,
    socketTimeout: stall,
    requestTimeout: request,
    throwOnRequestTimeout: true,
  };
}

/** The wait that slow or far services need changed. */
function stallOf(environment: NonNullable<S3Options['environment']>): Partial<S3Timeouts> {
  const text = environment['CALDP_S3_STALL'];
  if (text === undefined || text === '') return {};
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 3600) return { stall: seconds * 1000 };
  throw new CaldpError(
    `\`CALDP_S3_STALL\` is \`${text}\`, expected a number of seconds up to 3600.`,
    {
      code: 'COMMAND_LINE',
      advice: 'Correct the variable, or leave it out for 30 seconds.',
      exit: 'CMDLINE_ERROR',
    },
  );
}
