import { DatasetNameError } from './dataset-name-error.ts';
import { parseDatasetName, type DatasetName } from './dataset-name.ts';

/** The dataset that a text names, or why it names none. */
export function tryDatasetName(text: string): DatasetName | DatasetNameError {
  try {
    return parseDatasetName(text);
  } catch (error) {
    if (error instanceof DatasetNameError) return error;
    throw error;
  }
}
