import { dirname } from 'node:path';
import { CaldpError } from '../../errors/caldp-error.ts';
import { referencePath, type ReferenceLayout } from '../configuration/cache-layout.ts';
import { referenceInstrument } from '../configuration/reference-instrument.ts';
import { crdsError } from '../crds-error.ts';
import type { CrdsTools } from '../crds-tools.ts';
import { fileInfos } from '../server/file-infos.ts';
import type { ServerFile } from '../server/server-files.ts';
import type { ExpectedBytes } from '../transfer/download.ts';
import { cachedState } from './cached-file.ts';
import { fetchOnce } from './fetch-once.ts';
import { inParallel } from './in-parallel.ts';
import { linkLegacyName, referenceLayout } from './reference-layout.ts';
import { transferTotals, type TransferProgress, type TransferTotals } from './transfer-progress.ts';

/** A reference in the cache. */
export interface ReferenceFile {
  /** File name in lower case. */
  readonly name: string;
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Whether it was fetched now. */
  readonly fetched: boolean;
}

/** Options of a transfer. */
export interface EnsureOptions {
  readonly signal: AbortSignal;
  /** Look at sizes (default), or read files and compare SHA-1 too. */
  readonly verify?: 'size' | 'content';
  /** Files fetched at once; default 4. */
  readonly atOnce?: number;
  /** Called as bytes arrive. */
  readonly onProgress?: (progress: TransferProgress) => void;
  /** Told of a file that cannot be had, after which the others follow; without it, and where it throws, the first one ends all. */
  readonly onFailure?: (error: CaldpError) => void;
}

/**
 * Makes sure that references lie in the cache, whole: those that are missing or have the wrong size are fetched and verified, each
 * by one process only. Nothing is fetched into a cache that is read only.
 *
 * @param names File names; a name that comes twice counts once. The data part of a GEIS file comes with its header.
 * @throws CaldpError `CRDS_REFERENCE_MISSING`, `CRDS_DOWNLOAD_FAILED`, and those of the server's configuration.
 */
export async function ensureReferences(
  names: readonly string[],
  tools: CrdsTools,
  options: EnsureOptions,
): Promise<readonly ReferenceFile[]> {
  const layout = await referenceLayout(tools.settings, tools);
  const all = [...new Set(names.flatMap(withDataPart))].sort();
  if (all.length === 0) return [];
  const source = await referenceSource(tools, options);
  const place = { settings: tools.settings, layout };
  const wanted = all.map((name) => {
    return { name, path: referencePath(name, place), size: source?.infos.get(name)?.size };
  });
  const totals = await transferTotals(wanted, { ...tools, ...options });
  const ensured = await inParallel(
    all,
    async (name, _index, signal) =>
      toldOf(ensureReference(name, { ...options, tools, source, layout, signal, totals }), options),
    { atOnce: options.atOnce ?? 4, signal: options.signal },
  );
  return ensured.filter((file) => file !== undefined);
}

/** Gives undefined for a file that cannot be had, where somebody wants to be told. */
async function toldOf(
  ensuring: Promise<ReferenceFile>,
  { onFailure }: EnsureOptions,
): Promise<ReferenceFile | undefined> {
  try {
    return await ensuring;
  } catch (error) {
    if (onFailure === undefined || !isOfOneFile(error)) throw error;
    onFailure(error);
    return undefined;
  }
}

function isOfOneFile(error: unknown): error is CaldpError {
  return (
    error instanceof CaldpError &&
    (error.code === 'CRDS_REFERENCE_MISSING' || error.code === 'CRDS_DOWNLOAD_FAILED')
  );
}

/** Where references come from and what they must be. */
interface ReferenceSource {
  readonly folderUri: string;
  readonly infos: ReadonlyMap<string, ServerFile>;
}

type OneReference = EnsureOptions & {
  readonly tools: CrdsTools;
  readonly source: ReferenceSource | undefined;
  readonly layout: ReferenceLayout;
  readonly totals: TransferTotals;
};

/** A read-only cache can be used without any configuration; then sizes cannot be checked. */
async function referenceSource(
  tools: CrdsTools,
  options: EnsureOptions,
): Promise<ReferenceSource | undefined> {
  const { settings } = tools;
  try {
    const info = await tools.info();
    const infos = await fileInfos(info, { rpc: tools.rpc, signal: options.signal });
    return { folderUri: settings.uris.references ?? info.urls.references, infos };
  } catch (error) {
    options.signal.throwIfAborted();
    if (!settings.isReadOnly) throw error;
    return undefined;
  }
}

async function ensureReference(name: string, options: OneReference): Promise<ReferenceFile> {
  const { tools, source } = options;
  const path = referencePath(name, { settings: tools.settings, layout: options.layout });
  const known = source?.infos.get(name);
  if (source === undefined || tools.settings.isReadOnly) {
    return checkCached(name, path, { ...options, expected: expectedBytes(known, tools) });
  }
  if (known === undefined) throw unknownFile(name, source.folderUri);
  const { size, fetched } = await fetchOnce(`${source.folderUri}${name}`, path, {
    ...tools,
    retry: tools.settings.retry,
    verify: options.verify ?? 'size',
    signal: options.signal,
    expected: expectedBytes(known, tools),
    onBytes: (bytes) => {
      options.totals.arrived(name, bytes);
    },
  });
  if (fetched) options.totals.fetched(name, size);
  await linkInstrument(name, path, options);
  return { name, path, size, fetched };
}

function expectedBytes(known: ServerFile | undefined, { settings }: CrdsTools): ExpectedBytes {
  return {
    size: settings.checksSizes ? known?.size : undefined,
    sha1: settings.checksSums ? known?.sha1 : undefined,
  };
}

async function checkCached(
  name: string,
  path: string,
  options: OneReference & { readonly expected: ExpectedBytes },
): Promise<ReferenceFile> {
  const state = await cachedState(path, {
    fileSystem: options.tools.fileSystem,
    expected: options.expected,
    verify: options.verify ?? 'size',
    signal: options.signal,
  });
  if (state.status === 'good') return { name, path, size: state.size, fetched: false };
  throw crdsError('CRDS_REFERENCE_MISSING', {
    message: `The reference \`${name}\` cannot be used from the read-only cache: ${state.status === 'missing' ? `there is no \`${path}\`` : `\`${path}\` is not it, ${state.reason}`}.`,
    advice:
      'Fill the cache (`caldp crds sync`) by a user who may write it, or set `CRDS_READONLY_CACHE=0` and `CRDS_PATH` to a cache of your own.',
  });
}

async function linkInstrument(name: string, path: string, options: OneReference): Promise<void> {
  const instrument = referenceInstrument(name);
  if (options.layout !== 'instrument' || !instrument) return;
  await linkLegacyName(dirname(path), { instrument, fileSystem: options.tools.fileSystem });
}

function unknownFile(name: string, folder: string): Error {
  return crdsError('CRDS_REFERENCE_MISSING', {
    message: `The reference \`${name}\` is not known to the CRDS server, so it cannot be fetched from \`${folder}\` and verified.`,
    advice:
      'The context names a file that this server does not have: choose another context, or the server that delivers it.',
  });
}

/** GEIS files of WFPC2 come in two parts: `x.r4h` and `x.r4d`. */
function withDataPart(name: string): readonly string[] {
  const lower = name.toLowerCase();
  return /\.r\dh$/.test(lower) ? [lower, `${lower.slice(0, -1)}d`] : [lower];
}
