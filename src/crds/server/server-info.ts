import { jsonFields } from '../json/json-fields.ts';
import { crdsError } from '../crds-error.ts';
import { decodePayload } from './decode-payload.ts';
import { parseServerFiles, type ServerFile } from './server-files.ts';

/** What the server, or the copy of its configuration in the cache, tells. */
export interface ServerInfo {
  /** Whether it came from the server itself, which can then be asked more. */
  readonly connected: boolean;
  readonly contexts: {
    /** The context in use. */
    readonly operational: string;
    readonly edit: string | undefined;
    readonly versions: string | undefined;
  };
  /** Names of rules and references that are not to be used. */
  readonly badFiles: ReadonlySet<string>;
  readonly urls: { readonly mappings: string; readonly references: string };
  /** Size and SHA-1 by file name, or undefined where this server tells them only when asked. Decoded when first called. */
  readonly files: () => Promise<ReadonlyMap<string, ServerFile> | undefined>;
  /** The whole answer, as it is kept in the cache. */
  readonly raw: Readonly<Record<string, unknown>>;
}

type Fields = ReadonlyMap<string, unknown>;

/**
 * Reads the configuration of a server, of an answer or of the copy in a cache.
 *
 * @throws CaldpError `CRDS_SERVER_FAILED` when it is no configuration of an HST server.
 */
export function parseServerInfo(
  raw: unknown,
  options: { readonly connected: boolean; readonly source: string },
): ServerInfo {
  try {
    return readInfo(raw, options);
  } catch (error) {
    if (error instanceof TypeError) throw invalidInfo(options.source, error.message);
    throw error;
  }
}

function readInfo(
  raw: unknown,
  { connected, source }: Parameters<typeof parseServerInfo>[1],
): ServerInfo {
  const fields = jsonFields(raw);
  if (fields === undefined) throw new TypeError('it is not a dictionary');
  if (fields.get('observatory') !== 'hst') throw new TypeError('`observatory` is not `hst`');
  const operational = text(fields, 'operational_context');
  if (operational === undefined) throw new TypeError('`operational_context` is missing');
  let files: Promise<ReadonlyMap<string, ServerFile> | undefined> | undefined;
  return {
    connected,
    contexts: {
      operational: text(fields, 'latest_context') || operational,
      edit: text(fields, 'edit_context') || undefined,
      versions: text(fields, 'versions_context') || undefined,
    },
    badFiles: new Set(texts(fields, 'bad_files_list')),
    urls: {
      mappings: folderUrl(fields, 'mapping_url'),
      references: folderUrl(fields, 'reference_url'),
    },
    files: () => (files ??= decodedFiles(fields.get('download_metadata'), source)),
    raw: Object.fromEntries(fields),
  };
}

function text(fields: Fields, key: string): string | undefined {
  const value = fields.get(key) ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw new TypeError(`\`${key}\` is not a text`);
}

function texts(fields: Fields, key: string): readonly string[] {
  const value: unknown = fields.get(key) ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new TypeError(`\`${key}\` is not a list of texts`);
}

/** Servers write `{'hst': ...}`; older ones `{'checked': {...}, 'unchecked': {'hst': ...}}`. */
function folderUrl(fields: Fields, key: string): string {
  const folders = jsonFields(fields.get(key));
  const url = folders?.get('hst') ?? jsonFields(folders?.get('unchecked'))?.get('hst');
  if (typeof url === 'string') return url;
  throw new TypeError(`\`${key}\` names no folder for \`hst\``);
}

async function decodedFiles(
  metadata: unknown,
  source: string,
): Promise<ReadonlyMap<string, ServerFile> | undefined> {
  if (metadata === undefined || metadata === null) return undefined;
  try {
    return parseServerFiles(await decodePayload(metadata));
  } catch (error) {
    throw invalidInfo(source, `download_metadata: ${String(error)}`);
  }
}

function invalidInfo(source: string, reason: string): Error {
  return crdsError('CRDS_SERVER_FAILED', {
    message: `${source} is no configuration of an HST CRDS server: ${reason}.`,
    advice: 'Check `CRDS_SERVER_URL` and `CRDS_PATH`; `caldp crds info` shows what is in use.',
  });
}
