import type { Calibrator } from '../calibrators/calibrator.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { DatasetInputs } from '../inputs/dataset-inputs.ts';
import type { Situation } from '../sinks/resume-key.ts';

/** What tells the present situation of a dataset. */
export interface SituationTools {
  readonly inputs: DatasetInputs;
  readonly calibrator: Calibrator;
  /** What the user chose that changes products, by option name. */
  readonly configuration: Readonly<Record<string, string>>;
}

/** What the products of a dataset would be made from if it were processed now. Reads every input byte. */
export async function presentSituation(
  dataset: DatasetName,
  { tools, signal }: { readonly tools: SituationTools; readonly signal: AbortSignal },
): Promise<Situation> {
  return {
    inputs: await tools.inputs.identify(dataset, { signal }),
    programs: await tools.calibrator.versions(dataset, { signal }),
    context: null,
    configuration: tools.configuration,
  };
}
