import { parseContextSpec } from '../configuration/context-spec.ts';
import type { CrdsSettings } from '../configuration/crds-settings.ts';
import { crdsError } from '../crds-error.ts';
import type { RpcClient } from './rpc-client.ts';
import type { ServerInfo } from './server-info.ts';

/** What a context is resolved with. */
export interface ContextOptions {
  readonly settings: CrdsSettings;
  /** Asked for only when the name of the context is not in the text itself. */
  readonly info: () => Promise<ServerInfo>;
  readonly rpc: RpcClient;
  readonly signal: AbortSignal;
}

/**
 * The file name of the context to use: a `.pmap` as it is, `latest`, `hst-operational`, `hst-edit`, `hst-versions` by the server's
 * configuration, a date (`hst-2019-09-01`) by the server; without text the operational one.
 *
 * @throws CaldpError `CRDS_CONTEXT_UNKNOWN`.
 */
export async function resolveContext(
  text: string | undefined,
  options: ContextOptions,
): Promise<string> {
  const spec = parseContextSpec(text ?? 'latest');
  if (spec === undefined) throw unknown(text ?? '', 'it is no way to name a context');
  switch (spec.kind) {
    case 'file':
      return spec.name;
    case 'tag': {
      const name = (await options.info()).contexts[spec.tag];
      return checked(name, `the server's configuration has no such context`, text ?? spec.tag);
    }
    case 'date':
      return contextByDate(spec.spec, options);
  }
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
