import type { Calibrator } from '../calibrators/calibrator.ts';
import type { BestReferences } from '../crds/best-references.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { DatasetInputs } from '../inputs/dataset-inputs.ts';
import type { Situation } from '../sinks/resume-key.ts';

/** What tells the present situation of a dataset. */
export interface SituationTools {
  readonly inputs: DatasetInputs;
  readonly calibrator: Calibrator;
  /** Chooses references; undefined where headers keep the references that they name. */
  readonly references: Pick<BestReferences, 'context'> | undefined;
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
    context: await contextOf(dataset, tools),
    configuration: tools.configuration,
  };
}

/** Mosaics are made of exposures that are calibrated already, so that no context has a part in them. */
async function contextOf(
  dataset: DatasetName,
  { references }: SituationTools,
): Promise<string | null> {
  if (references === undefined || dataset.kind !== 'ipppssoot') return null;
  return references.context();
}
