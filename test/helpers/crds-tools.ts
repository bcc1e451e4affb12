import { crdsSettings } from '../../src/crds/configuration/crds-settings.ts';
import type { Environment } from '../../src/crds/configuration/environment-reader.ts';
import type { CrdsTools } from '../../src/crds/crds-tools.ts';
import { openCrds, type OpenCrdsOptions } from '../../src/crds/open-crds.ts';
import { never } from './folder-rules.ts';

/** What reference assignment works with, for an environment of a test; warnings go to `options.warn`. */
export function crdsTools(
  environment: Environment,
  options: Partial<OpenCrdsOptions> = {},
): CrdsTools {
  return openCrds(crdsSettings(environment), {
    signal: never,
    warn: () => undefined,
    ...options,
  });
}
