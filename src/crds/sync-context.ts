import { join } from 'node:path';
import type { CaldpError } from '../errors/caldp-error.ts';
import { cacheFailure } from './cache/cache-failure.ts';
import { fetchOnce, type FetchOutcome } from './cache/fetch-once.ts';
import { inParallel } from './cache/in-parallel.ts';
import {
  ensureReferences,
  type EnsureOptions,
  type ReferenceFile,
} from './cache/reference-cache.ts';
import { transferTotals, type TransferTotals } from './cache/transfer-progress.ts';
import { crdsError } from './crds-error.ts';
import type { CrdsTools } from './crds-tools.ts';
import { contextClosure } from './rules/context-closure.ts';
import { fileInfos } from './server/file-infos.ts';
import type { ExpectedBytes } from './transfer/download.ts';
import { fetchBytes } from './transfer/fetch-text.ts';
import { withRetries } from './transfer/with-retries.ts';

/** What a synchronisation is to bring. */
export interface SyncOptions extends Omit<EnsureOptions, 'onFailure'> {
  /** File name of the context. */
  readonly context: string;
  /** Bring every reference that its rules name, too. */
  readonly references: boolean;
}

/** What lies in the cache after a synchronisation. */
export interface SyncedContext {
  readonly rules: readonly { readonly name: string; readonly fetched: boolean }[];
  readonly references: readonly ReferenceFile[];
  /** References that could not be had. */
  readonly failures: readonly CaldpError[];
}

/** After so many failures that may pass, such as those of the network, the server is taken to be gone. */
const mostPassingFailures = 10;

/**
 * Fills the cache with all rules of a context, and with its references where that is asked. Rules that select others are put in place
 * after those, so that a context that is there is complete. A reference that cannot be had does not keep the others from coming.
 *
 * @throws CaldpError `CRDS_CONFIG_INVALID` where the cache is read only or no server is asked, and those of transfers.
 */
export async function syncContext(tools: CrdsTools, options: SyncOptions): Promise<SyncedContext> {
  try {
    return await broughtContext(tools, options);
  } catch (error) {
    throw cacheFailure(error, tools);
  }
}

async function broughtContext(tools: CrdsTools, options: SyncOptions): Promise<SyncedContext> {
  const source = await rulesSource(tools, options.signal);
  const closure = await contextClosure(options.context, {
    read: (name) => readRules(name, source, { tools, ...options }),
  });
  const totals = await transferTotals(
    closure.rules.map((name) => ({ ...placeOf(name, source, tools), name })),
    { ...tools, ...options },
  );
  const rules: { name: string; fetched: boolean }[] = [];
  for (const kind of ['rmap', 'imap', 'pmap']) {
    const names = closure.rules.filter((name) => name.endsWith(kind));
    const outcomes = await inParallel(
      names,
      async (name, _index, signal) => ({
        name,
        ...(await ensureRules(name, source, { ...options, tools, totals, signal })),
      }),
      { atOnce: options.atOnce ?? 4, signal: options.signal },
    );
    rules.push(...outcomes.map(({ name, fetched }) => ({ name, fetched })));
  }
  const names = options.references ? closure.references : [];
  const failures: CaldpError[] = [];
  const onFailure = (error: CaldpError): void => {
    failures.push(error);
    if (failures.filter(({ retry }) => retry !== 'never').length > mostPassingFailures) throw error;
  };
  const references = await ensureReferences(names, tools, { ...options, onFailure });
  return { rules, references, failures };
}

interface RulesSource {
  readonly folderUri: string;
  readonly infos: Awaited<ReturnType<typeof fileInfos>>;
}

async function rulesSource(tools: CrdsTools, signal: AbortSignal): Promise<RulesSource> {
  const { settings } = tools;
  if (settings.isReadOnly) throw refused('`CRDS_READONLY_CACHE` says that the cache is read only');
  const info = await tools.info();
  const { mappings } = settings.uris;
  if (!info.connected && mappings === undefined) throw refused('no CRDS server is asked');
  const infos = await fileInfos(info, { rpc: tools.rpc, signal });
  return { folderUri: mappings ?? info.urls.mappings, infos };
}

/** From the server's bytes where the cache has none, so that a context that is in the cache stays the last thing to get there. */
async function readRules(
  name: string,
  source: RulesSource,
  { tools, signal }: { readonly tools: CrdsTools; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  const path = join(tools.settings.folders.mappings, name);
  const known = source.infos.get(name);
  const stat = await tools.fileSystem.stat(path).catch(() => undefined);
  if (stat !== undefined && (known?.size === undefined || stat.size === known.size)) {
    return tools.fileSystem.readFile(path);
  }
  const work = (): Promise<Buffer> =>
    fetchBytes(`${source.folderUri}${name}`, { ...tools, signal });
  return withRetries(work, { retry: tools.settings.retry, signal });
}

async function ensureRules(
  name: string,
  source: RulesSource,
  options: EnsureOptions & { readonly tools: CrdsTools; readonly totals: TransferTotals },
): Promise<FetchOutcome> {
  const { tools, totals } = options;
  const { path, size, sha1 } = placeOf(name, source, tools);
  const outcome = await fetchOnce(`${source.folderUri}${name}`, path, {
    ...tools,
    retry: tools.settings.retry,
    verify: options.verify ?? 'size',
    signal: options.signal,
    expected: { size, sha1 },
    onBytes: (bytes) => {
      totals.arrived(name, bytes);
    },
  });
  if (outcome.fetched) totals.fetched(name, outcome.size);
  return outcome;
}

function placeOf(
  name: string,
  { infos }: RulesSource,
  { settings }: CrdsTools,
): { readonly path: string } & ExpectedBytes {
  const known = infos.get(name);
  return { path: join(settings.folders.mappings, name), size: known?.size, sha1: known?.sha1 };
}

function refused(reason: string): Error {
  return crdsError('CRDS_CONFIG_INVALID', {
    message: `The cache cannot be filled: ${reason}.`,
    advice:
      'Set `CRDS_SERVER_URL=https://hst-crds.stsci.edu`, `CRDS_READONLY_CACHE=0` and `CRDS_PATH` to a folder that you may write.',
  });
}
