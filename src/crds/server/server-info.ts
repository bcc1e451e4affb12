import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { crdsError } from '../crds-error.ts';

/** What the server knows of the bytes of one file. */
export interface ServerFile {
  readonly size: number | undefined;
  /** Hexadecimal. */
  readonly sha1: string | undefined;
}

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
  readonly files: () => ReadonlyMap<string, ServerFile> | undefined;
  /** The whole answer, as it is kept in the cache. */
  readonly raw: Readonly<Record<string, unknown>>;
}

const urlShape = z.union([
  z.looseObject({ hst: z.string() }).transform(({ hst }) => hst),
  z
    .looseObject({ unchecked: z.looseObject({ hst: z.string() }) })
    .transform(({ unchecked }) => unchecked.hst),
]);
const encodedShape = z.looseObject({ crds_encoded: z.string(), crds_payload: z.string() });
const filesShape = z.record(
  z.string(),
  z.looseObject({
    size: z.union([z.string(), z.number(), z.null()]).optional(),
    sha1sum: z.union([z.string(), z.null()]).optional(),
  }),
);
const infoShape = z.looseObject({
  observatory: z.literal('hst'),
  operational_context: z.string(),
  latest_context: z.string().nullish(),
  edit_context: z.string().nullish(),
  versions_context: z.string().nullish(),
  bad_files_list: z.array(z.string()).nullish(),
  mapping_url: urlShape,
  reference_url: urlShape,
  download_metadata: encodedShape.nullish(),
});

/**
 * Reads the configuration of a server, of an answer or of the copy in a cache.
 *
 * @throws CaldpError `CRDS_SERVER_FAILED` when it is no configuration of an HST server.
 */
export function parseServerInfo(
  raw: unknown,
  options: { readonly connected: boolean; readonly source: string },
): ServerInfo {
  const parsed = infoShape.safeParse(raw);
  if (!parsed.success) throw invalidInfo(options.source, z.prettifyError(parsed.error));
  const info = parsed.data;
  let files: ReadonlyMap<string, ServerFile> | undefined;
  return {
    connected: options.connected,
    contexts: {
      operational: info.latest_context || info.operational_context,
      edit: info.edit_context || undefined,
      versions: info.versions_context || undefined,
    },
    badFiles: new Set(info.bad_files_list ?? []),
    urls: { mappings: info.mapping_url, references: info.reference_url },
    files: () => (files ??= decodedFiles(info.download_metadata, options.source)),
    raw: z.record(z.string(), z.unknown()).parse(raw),
  };
}

/**
 * Decodes what a server packs: base64 of gzip of JSON.
 *
 * @throws Error of the decoder when it is not that.
 */
export function decodePayload(value: unknown): unknown {
  const encoded = encodedShape.safeParse(value);
  if (!encoded.success) return value;
  const bytes = gunzipSync(Buffer.from(encoded.data.crds_payload, 'base64'), {
    maxOutputLength: 512 * 1024 * 1024,
  });
  return JSON.parse(bytes.toString('utf8'));
}

/** Reads a table of sizes and digests; numbers come as text. */
export function parseServerFiles(raw: unknown): ReadonlyMap<string, ServerFile> {
  const files = new Map<string, ServerFile>();
  for (const [name, { size, sha1sum }] of Object.entries(filesShape.parse(raw))) {
    const bytes = Number(size ?? NaN);
    const sha1 = sha1sum?.toLowerCase();
    files.set(name, {
      size: Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined,
      sha1: sha1 !== undefined && /^[0-9a-f]{40}$/.test(sha1) ? sha1 : undefined,
    });
  }
  return files;
}

function decodedFiles(
  metadata: unknown,
  source: string,
): ReadonlyMap<string, ServerFile> | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  try {
    return parseServerFiles(decodePayload(metadata));
  } catch (error) {
    throw invalidInfo(source, `download_metadata: ${String(error)}`);
  }
}

function invalidInfo(source: string, reason: string): Error {
  return crdsError('CRDS_SERVER_FAILED', {
    message: `${source} is no configuration of an HST CRDS server: ${reason.replaceAll(/\s*\n\s*/g, ' ')}.`,
    advice: 'Check `CRDS_SERVER_URL` and `CRDS_PATH`; `caldp crds info` shows what is in use.',
  });
}
