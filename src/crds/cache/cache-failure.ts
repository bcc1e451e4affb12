import { fromSystemError } from '../../errors/system-error.ts';
import { systemCode } from '../../errors/system-condition.ts';
import type { CrdsSettings } from '../configuration/crds-settings.ts';
import { crdsError } from '../crds-error.ts';

/**
 * What an error of the operating system means that came from a file or folder of the cache: `CRDS_CACHE_FAILED`. Any other error as
 * it is.
 */
export function cacheFailure(
  error: unknown,
  { settings }: { readonly settings: CrdsSettings },
): unknown {
  if (!(error instanceof Error) || systemCode(error) === undefined) return error;
  const { mappings, references, config } = settings.folders;
  if (![mappings, references, config].some((folder) => concerns(error, folder))) return error;
  return crdsError('CRDS_CACHE_FAILED', {
    message: `The CRDS cache cannot be used: ${error.message}.`,
    advice: settings.isReadOnly
      ? 'Set `CRDS_PATH` to a cache that you may read.'
      : 'Set `CRDS_PATH` to a folder that you may write, or `CRDS_READONLY_CACHE=1` to write nothing into the cache.',
    retry: fromSystemError(error)?.retry ?? 'never',
    cause: error,
  });
}

/** Making a folder can fail at one above it. */
function concerns(error: Error, folder: string): boolean {
  if (!('path' in error) || typeof error.path !== 'string') return false;
  const { path } = error;
  const isAbove = 'syscall' in error && error.syscall === 'mkdir' && folder.startsWith(`${path}/`);
  return isAbove || path === folder || path.startsWith(`${folder}/`);
}
