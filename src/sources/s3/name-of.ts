import { CaldpError } from '../../errors/caldp-error.ts';
import { DatasetNameError } from '../../hst/dataset-name-error.ts';
import { parseDatasetName, type DatasetName } from '../../hst/dataset-name.ts';
import type { SourceItem } from '../dataset-source.ts';

/** The dataset that a text names, or why it names none. */
export function nameOf(text: string): DatasetName | DatasetNameError {
  try {
    return parseDatasetName(text);
  } catch (error) {
    if (error instanceof DatasetNameError) return error;
    throw error;
  }
}

/** The answer for something that is called like a dataset and is none. */
export function rejected(
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
