import { BestReferences } from '../crds/best-references.ts';
import { crdsSettings } from '../crds/configuration/crds-settings.ts';
import type { CrdsTools } from '../crds/crds-tools.ts';
import { openCrds } from '../crds/open-crds.ts';
import type { Warning } from '../errors/warning.ts';

/** Reference assignment, opened. */
export interface CrdsAccess {
  readonly crds: CrdsTools;
  readonly best: BestReferences;
}

/** Opens reference assignment as the CRDS variables of an environment say. Warnings go to standard error. */
export function crdsAccess(
  environment: NodeJS.ProcessEnv,
  { context, signal }: { readonly context?: string | undefined; readonly signal: AbortSignal },
): CrdsAccess {
  const warn = ({ message }: Warning): void => {
    process.stderr.write(`caldp: Warning: ${message}\n`);
  };
  const crds = openCrds(crdsSettings(environment), { signal, warn });
  return { crds, best: new BestReferences(crds, { context, signal }) };
}

/** The same for a command of its own: the variables of the environment, or those of a configuration where one is named. */
export async function commandCrds({
  config,
  context,
  signal,
}: {
  readonly config: string | undefined;
  readonly context?: string | undefined;
  readonly signal: AbortSignal;
}): Promise<CrdsAccess> {
  const inherited = process.env;
  if (config === undefined) return crdsAccess(inherited, { context, signal });
  const { loadConfiguration } = await import('../config/configuration.ts');
  const { environment } = await loadConfiguration(config, {
    inherited,
    base: process.cwd(),
    signal,
  });
  return crdsAccess({ ...inherited, ...environment }, { context, signal });
}
