import { CaldpError } from '../../errors/caldp-error.ts';
import { crdsError } from '../crds-error.ts';
import type { CrdsTools } from '../crds-tools.ts';
import { fetchBytes } from '../transfer/fetch-text.ts';
import { fetcherFor } from '../transfer/fetchers.ts';
import { withRetries } from '../transfer/with-retries.ts';

/**
 * Reads rules straight from `CRDS_MAPPING_URI`; nothing is kept.
 *
 * @throws CaldpError `CRDS_RULES_PICKLED` where the bucket has the context only in the form that Python alone can read, else those
 *   of transfers.
 */
export async function fetchBucketRules(
  uri: string,
  { tools, signal }: { readonly tools: CrdsTools; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  try {
    return await withRetries(() => fetchBytes(uri, { ...tools, signal }), {
      retry: tools.settings.retry,
      signal,
    });
  } catch (error) {
    const isMissing = error instanceof CaldpError && error.retry === 'never';
    const pickle = isMissing ? await pickleOf(uri, { tools, signal }) : undefined;
    throw pickle === undefined ? error : pickled(uri, { pickle, cause: error });
  }
}

/** Where the Python client keeps contexts that it has read, in the bucket's own layout. */
async function pickleOf(
  uri: string,
  { tools, signal }: { readonly tools: CrdsTools; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const [, root, name] = /^(.*\/)mappings\/hst\/([^/]+\.pmap)$/.exec(uri) ?? [];
  if (root === undefined || name === undefined) return undefined;
  const folder = `${root}pickles/hst/`;
  try {
    const names = (await fetcherFor(uri, tools.fetchers).list?.(folder, { signal })) ?? [];
    const found = names.find((one) => one.startsWith(`${name}.`));
    return found === undefined ? undefined : `${folder}${found}`;
  } catch (error) {
    signal.throwIfAborted();
    // Ignored: whoever may not look there gets the error that the rules are missing, which holds all the same.
    if (error instanceof CaldpError) return undefined;
    throw error;
  }
}

function pickled(
  uri: string,
  { pickle, cause }: { readonly pickle: string; readonly cause: unknown },
): Error {
  return crdsError('CRDS_RULES_PICKLED', {
    message: `The rules \`${uri}\` are not there, only their Python pickle \`${pickle}\`, which caldp never opens: to read a pickle is to run what is in it.`,
    advice: `Copy the rules of the context (\`mappings/hst/\` of a CRDS cache, filled by \`caldp crds sync\`) to \`${uri.slice(0, uri.lastIndexOf('/') + 1)}\`, or name their folder in \`CRDS_MAPPING_URI\`.`,
    cause,
  });
}
