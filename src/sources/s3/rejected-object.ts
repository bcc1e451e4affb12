import { CaldpError } from '../../errors/caldp-error.ts';
import type { DatasetNameError } from '../../hst/dataset-name-error.ts';
import type { SourceItem } from '../dataset-source.ts';

/** The answer for something that is called like a dataset and is none. */
export function rejectedObject(
  text: string,
  { origin, error }: { readonly origin: string; readonly error: DatasetNameError },
): SourceItem {
  return {
    status: 'rejected',
    text: text.slice(0, 80),
    origin,
    error: new CaldpError(`${origin}: ${error.message}`, {
      code: 'NAME_INVALID',
      advice: 'Rename the object, or remove it from the bucket.',
      exit: 'CMDLINE_ERROR',
      cause: error,
    }),
  };
}
