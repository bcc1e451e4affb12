import { parseContextSpec } from '../configuration/context-spec.ts';
import type { CrdsSettings } from '../configuration/crds-settings.ts';
import { crdsError } from '../crds-error.ts';
import type { RpcClient } from './rpc-client.ts';
import type { ServerInfo } from './server-info.ts';
import { fetcherFor, type Fetchers } from '../transfer/fetchers.ts';

/** What a context is resolved with. */
export interface ContextOptions {
  readonly settings: CrdsSettings;
  /** Asked for only when the name of the context is not in the text itself. */
  readonly info: () => Promise<ServerInfo>;
  readonly rpc: RpcClient;
  readonly fetchers: Fetchers;
  readonly contextFolder: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * The file name of the context to use: a `.pmap` as it is, `latest`, `hst-operational`, `hst-edit`, `hst-versions` by the server's
 * configuration, a date (`hst-2019-09-01`) by the server; without text the one that the folder of contexts names, else the
 * operational one.
 *
 * @throws CaldpError `CRDS_CONTEXT_UNKNOWN`.
 */
export async function resolveContext(
  text: string | undefined,
  options: ContextOptions,
): Promise<string> {
  const named = text ?? (await contextInFolder(options)) ?? 'latest';
  const spec = parseContextSpec(named);
  if (spec === undefined) throw unknown(named, 'it is no way to name a context');
  switch (spec.kind) {
    case 'file':
      return spec.name;
    case 'tag': {
      const name = (await options.info()).contexts[spec.tag];
      return checked(name, `the server's configuration has no such context`, named);
    }
    case 'date':
      return contextByDate(spec.spec, options);
  }
}

/** The `.pmap` that lies in the folder of contexts; undefined where there is none. */
async function contextInFolder(options: ContextOptions): Promise<string | undefined> {
  const { contextFolder: folder, fetchers, signal } = options;
  if (folder === undefined) return undefined;
  const names = (await fetcherFor(folder, fetchers).list?.(folder, { signal })) ?? [];
  const contexts = names.filter((name) => name.endsWith('.pmap'));
  if (contexts.length > 1) throw unknown(contexts.join(', '), `\`${folder}\` names several`);
  return contexts[0];
}

async function contextByDate(spec: string, options: ContextOptions): Promise<string> {
  const { connected } = await options.info();
  if (!connected || options.settings.usesS3) {
    throw unknown(
      spec,
      'only a server knows which context was in use at a date, and none is asked',
    );
  }
  const name = await options.rpc.call('get_context_by_date', {
    params: [spec, 'hst'],
    signal: options.signal,
  });
  return checked(typeof name === 'string' ? name : undefined, 'the server names none', spec);
}

function checked(name: string | undefined, reason: string, text: string): string {
  if (name !== undefined && parseContextSpec(name)?.kind === 'file') return name;
  throw unknown(text, reason);
}

function unknown(text: string, reason: string): Error {
  return crdsError('CRDS_CONTEXT_UNKNOWN', {
    message: `The CRDS context \`${text}\` cannot be used: ${reason}.`,
    advice:
      'Set `CRDS_CONTEXT` to a file name (`hst_0729.pmap`), to `hst-operational`, or unset it for the operational context.',
  });
}
