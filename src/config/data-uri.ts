import { resolve } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';

/** A folder on a file system. */
export interface FileUri {
  readonly kind: 'file';
  /** Absolute path. */
  readonly path: string;
}

/** A prefix of a bucket. */
export interface S3Uri {
  readonly kind: 's3';
  readonly bucket: string;
  /** Without `/` at its ends; empty for the whole bucket. */
  readonly prefix: string;
}

/** Where the inputs of datasets come from. */
export type InputUri =
  | FileUri
  | S3Uri
  /** The MAST archive; mosaics need a place with their poller files beside it. */
  | { readonly kind: 'astroquery'; readonly poller?: FileUri | S3Uri };

/** Where products go; `none` keeps them in the work directory. */
export type OutputUri = FileUri | S3Uri | { readonly kind: 'none' };

const forms = {
  input:
    'Expected a folder (`file:/path` or a path), `astroquery:`, `astroquery:/path`, `astroquery:s3://bucket/prefix` or `s3://bucket/prefix`.',
  output: 'Expected a folder (`file:/path` or a path), `s3://bucket/prefix` or `none`.',
};

/**
 * Reads where inputs come from, as CALDP's commands take it.
 *
 * @param options.base folder that relative paths start from.
 * @throws CaldpError `URI_INVALID`, exit code `CMDLINE_ERROR`.
 */
export function parseInputUri(text: string, options: { readonly base: string }): InputUri {
  const { scheme, rest } = split(text);
  if (scheme === 'astroquery') return parseAstroquery(rest.replace(/^\/\/$/, ''), text, options);
  return parsePlace(text, { ...options, forms: forms.input });
}

/** Reads where products go; everything else as `parseInputUri`. */
export function parseOutputUri(text: string, options: { readonly base: string }): OutputUri {
  if (text.toLowerCase() === 'none') return { kind: 'none' };
  return parsePlace(text, { ...options, forms: forms.output });
}

/** The shortest text that reads as this place: `file:/archive`, `s3://bucket/prefix`, `astroquery:`, `none`. */
export function formatUri(uri: InputUri | OutputUri): string {
  switch (uri.kind) {
    case 'file':
      return `file:${uri.path}`;
    case 's3':
      return `s3://${uri.bucket}${uri.prefix === '' ? '' : `/${uri.prefix}`}`;
    case 'astroquery':
      return `astroquery:${uri.poller === undefined ? '' : formatPoller(uri.poller)}`;
    case 'none':
      return 'none';
  }
}

const formatPoller = (poller: FileUri | S3Uri): string =>
  poller.kind === 'file' ? poller.path : formatUri(poller);

function parseAstroquery(rest: string, text: string, options: { readonly base: string }): InputUri {
  if (rest === '') return { kind: 'astroquery' };
  const poller = parsePlace(rest, { ...options, forms: forms.input, whole: text });
  return { kind: 'astroquery', poller };
}

function parsePlace(
  text: string,
  options: { readonly base: string; readonly forms: string; readonly whole?: string },
): FileUri | S3Uri {
  const { scheme, rest } = split(text);
  const refuse = (reason: string): CaldpError =>
    invalid(options.whole ?? text, `${reason} ${options.forms}`);
  if (text.includes('\0')) throw refuse('It holds a NUL character.');
  switch (scheme) {
    case undefined:
    case 'file':
      return parseFile(rest, { ...options, refuse });
    case 's3':
      return parseS3(rest, { refuse });
    default:
      throw refuse(`Nothing is known of \`${scheme}:\`.`);
  }
}

type Refuse = (reason: string) => CaldpError;

function parseFile(
  rest: string,
  options: { readonly base: string; readonly refuse: Refuse },
): FileUri {
  if (rest === '') throw options.refuse('The path is empty.');
  const [, host] = /^\/\/([^/]+)/.exec(rest) ?? [];
  if (host !== undefined) {
    throw options.refuse(
      `It names a host, \`${host}\`; for the path \`/${host}...\` write it with one slash or three.`,
    );
  }
  return { kind: 'file', path: resolve(options.base, rest) };
}

function parseS3(rest: string, { refuse }: { readonly refuse: Refuse }): S3Uri {
  const [, bucket, tail = ''] = /^\/\/([^/]*)(.*)$/s.exec(rest) ?? [];
  if (bucket === undefined || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw refuse(
      'A bucket name has 3 to 63 lower-case letters, digits, dots and hyphens, and stands after `s3://`.',
    );
  }
  const prefix = tail.replace(/^\/+|\/+$/g, '');
  if (prefix.split('/').some((part) => part === '.' || part === '..')) {
    throw refuse('A prefix has no `.` or `..` in it.');
  }
  return { kind: 's3', bucket, prefix };
}

/** The word before the first colon, lower case; a path that holds a colon further on has none. */
function split(text: string): { readonly scheme: string | undefined; readonly rest: string } {
  const [, scheme, rest] = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(text) ?? [];
  return scheme === undefined || rest === undefined
    ? { scheme: undefined, rest: text }
    : { scheme: scheme.toLowerCase(), rest };
}

function invalid(text: string, reason: string): CaldpError {
  return new CaldpError(`\`${text.slice(0, 120)}\` is no place for data. ${reason}`, {
    code: 'URI_INVALID',
    advice: 'Correct the input or output path of the command.',
    exit: 'CMDLINE_ERROR',
  });
}
