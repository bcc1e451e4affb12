import { join } from 'node:path';
import { environmentReader, type Environment } from './environment-reader.ts';
import { wholeNumber } from './whole-number.ts';

/** Where rules, references and the server's configuration are kept on this machine. */
export interface CacheFolders {
  readonly mappings: string;
  readonly references: string;
  readonly config: string;
}

/** Places that files are fetched from instead of the server's own; each ends in `/`. */
export interface CrdsUris {
  readonly config: string | undefined;
  readonly mappings: string | undefined;
  readonly references: string | undefined;
}

/** How often and how long the server is tried. */
export interface RetrySettings {
  /** Attempts in all. */
  readonly attempts: number;
  readonly delayMs: number;
  /** How long one answer of the server may take in all. */
  readonly timeoutMs: number;
}

/** What the environment says about CRDS (`docs/crds.md`). */
export interface CrdsSettings {
  readonly folders: CacheFolders;
  readonly serverUrl: string;
  /** The server's address says that there is none: nothing is asked of it. */
  readonly isServerless: boolean;
  /** `CRDS_CONTEXT`, as it stands. */
  readonly context: string | undefined;
  readonly isReadOnly: boolean;
  readonly uris: CrdsUris;
  /** Rules are read from `uris.mappings` without being kept. */
  readonly usesS3: boolean;
  readonly retry: RetrySettings;
  readonly checksSizes: boolean;
  readonly checksSums: boolean;
  readonly ignoresMappingChecksum: boolean;
  /** Folders of a legacy cache: `jref` to a path. */
  readonly legacyFolders: ReadonlyMap<string, string>;
}

const serverOfHst = 'https://hst-crds.stsci.edu';
const defaultCache = '/grp/crds/cache';

/**
 * Reads the CRDS variables of the environment as the Python client does (`crds/core/config.py`).
 *
 * @throws CaldpError `CRDS_CONFIG_INVALID` that names the variable.
 */
export function crdsSettings(environment: Environment): CrdsSettings {
  const read = environmentReader(environment);
  const serverUrl = (read.text('CRDS_SERVER_URL') ?? serverOfHst).replace(/\/+$/, '');
  read.oneOf('CRDS_OBSERVATORY', ['hst']);
  read.oneOf('CRDS_MODE', ['auto', 'local', 's3']);
  return {
    folders: cacheFolders(environment),
    serverUrl,
    isServerless: /server-?less/.test(serverUrl),
    context: read.text('CRDS_CONTEXT'),
    isReadOnly: read.boolean('CRDS_READONLY_CACHE', false),
    uris: uris(environment),
    usesS3: read.boolean('CRDS_S3_ENABLED', false),
    retry: retrySettings(environment),
    checksSizes: read.boolean('CRDS_DOWNLOAD_LENGTHS', true),
    checksSums: read.boolean('CRDS_DOWNLOAD_CHECKSUMS', true),
    ignoresMappingChecksum: read.boolean('CRDS_IGNORE_MAPPING_CHECKSUM', false),
    legacyFolders: legacyFolders(environment),
  };
}

function cacheFolders(environment: Environment): CacheFolders {
  return {
    mappings: cacheFolder(environment, { name: 'CRDS_MAPPATH', folder: 'mappings' }),
    references: cacheFolder(environment, { name: 'CRDS_REFPATH', folder: 'references' }),
    config: cacheFolder(environment, { name: 'CRDS_CFGPATH', folder: 'config' }),
  };
}

/** A variable for one kind of file comes before those of the whole cache, one for one observatory before those of all. */
function cacheFolder(
  environment: Environment,
  { name, folder }: { readonly name: string; readonly folder: string },
): string {
  const { text } = environmentReader(environment);
  const own = text(`${name}_SINGLE`);
  const observatories = text(name);
  const single = text('CRDS_PATH_SINGLE');
  if (own !== undefined) return trimmed(own);
  if (observatories !== undefined) return join(observatories, 'hst');
  if (single !== undefined) return join(single, folder);
  return join(text('CRDS_PATH') ?? defaultCache, folder, 'hst');
}

function trimmed(folder: string): string {
  return folder.length > 1 ? folder.replace(/\/+$/, '') : folder;
}

function uris(environment: Environment): CrdsUris {
  const { text } = environmentReader(environment);
  const references = folderUri(text('CRDS_REFERENCE_URI'));
  return {
    config: folderUri(text('CRDS_CONFIG_URI')),
    mappings: folderUri(text('CRDS_MAPPING_URI')) ?? siblingMappings(references),
    references,
  };
}

function folderUri(text: string | undefined): string | undefined {
  if (text === undefined || text.toLowerCase() === 'none') return undefined;
  const uri = text.replace(/^[a-z0-9]+:\/\/[^/]*/i, (host) => host.toLowerCase());
  return uri.endsWith('/') ? uri : `${uri}/`;
}

/** CALDP names no folder of rules, only the one of references: in the bucket they lie side by side. */
function siblingMappings(references: string | undefined): string | undefined {
  return references?.startsWith('s3://') && references.endsWith('/references/hst/')
    ? references.replace(/references\/hst\/$/, 'mappings/hst/')
    : undefined;
}

function retrySettings(environment: Environment): RetrySettings {
  const { text } = environmentReader(environment);
  const name = 'CRDS_CLIENT_RETRY_COUNT';
  return {
    attempts: Math.max(1, wholeNumber(text(name), { name, otherwise: 1 })),
    delayMs: milliseconds(environment, 'CRDS_CLIENT_RETRY_DELAY_SECONDS', 0),
    timeoutMs: milliseconds(environment, 'CRDS_CLIENT_TIMEOUT_SECONDS', 3600),
  };
}

function milliseconds(environment: Environment, name: string, otherwise: number): number {
  return wholeNumber(environmentReader(environment).text(name), { name, otherwise }) * 1000;
}

function legacyFolders(environment: Environment): ReadonlyMap<string, string> {
  const { text } = environmentReader(environment);
  const folders = new Map<string, string>();
  for (const name of ['jref', 'oref', 'nref', 'uref', 'iref', 'lref', 'mtab', 'ttab']) {
    const folder = text(`${name}$`) ?? text(name);
    if (folder !== undefined) folders.set(name, folder);
  }
  return folders;
}
