import { simulatedContext } from './write-rules.ts';

/** A configuration of caldp that uses a simulated CRDS cache: read only, no server. */
export function configurationScript(cache: string): string {
  const quoted = `'${cache.replaceAll("'", `'\\''`)}'`;
  return `# Uses the simulated references beside this file: caldp process --config <this file>
export CRDS_PATH=${quoted}
export CRDS_SERVER_URL=https://hst-serverless-mode.stsci.edu
export CRDS_OBSERVATORY=hst
export CRDS_CONTEXT=${simulatedContext}
export CRDS_READONLY_CACHE=1
`;
}
