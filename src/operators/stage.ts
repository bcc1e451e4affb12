import type { OperatorFunction } from 'rxjs';
import type { Warning } from '../errors/warning.ts';
import type { DatasetInputs } from '../inputs/dataset-inputs.ts';
import type { Workspace } from '../inputs/workspace.ts';
import type { Claimed, Settled, Staged } from '../streams/events.ts';
import type { StepFunction, StepTools } from '../streams/attempt.ts';
import { step } from '../streams/step.ts';

/** What staging needs. */
export interface StageTools extends StepTools {
  readonly inputs: DatasetInputs;
  readonly workspace: Workspace;
}

/** Brings the files of each dataset into a work directory that is new for every try. */
export const stage = (
  tools: StageTools,
  run: StepFunction<Claimed, Staged> = stageDataset(tools),
): OperatorFunction<Claimed | Settled, Staged | Settled> => step('stage', tools, run);

const stageDataset =
  ({ inputs, workspace }: StageTools): StepFunction<Claimed, Staged> =>
  async (claimed, { signal }) => {
    const { dataset, claim } = claimed;
    const work = await workspace.create(dataset, { attempt: claim.attempt });
    try {
      const brought = await inputs.bring(dataset, { folder: work.folder, signal });
      const { files, sources, association } = brought;
      return {
        ...claimed,
        status: 'staged',
        work,
        inputs: files,
        sources,
        ...(association === undefined ? {} : { association }),
        warnings: [...claimed.warnings, ...ignoredFiles(brought.ignored)],
      };
    } catch (error) {
      await work.remove();
      throw error;
    }
  };

function ignoredFiles(names: readonly string[]): readonly Warning[] {
  if (names.length === 0) return [];
  const shown = names
    .slice(0, 5)
    .map((name) => `\`${name}\``)
    .join(', ');
  const more = names.length > 5 ? ` and ${String(names.length - 5)} more` : '';
  const message = `Files of the same visit that belong to other datasets were left out: ${shown}${more}.`;
  return [{ code: 'FILES_IGNORED', message, severity: 'note' }];
}
