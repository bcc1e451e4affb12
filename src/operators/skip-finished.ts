import type { OperatorFunction } from 'rxjs';
import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { DataTree } from '../sinks/data-tree.ts';
import type { Manifest } from '../sinks/manifest.ts';
import type { SettledState } from '../sinks/message-tree.ts';
import { explainDifferences } from '../sinks/resume-key.ts';
import type { Claimed, Settled } from '../streams/events.ts';
import type { StepFunction, StepTools } from '../streams/attempt.ts';
import { step } from '../streams/step.ts';
import { presentSituation, type SituationTools } from './situation.ts';

/** What deciding needs. */
export interface DecideTools extends SituationTools {
  readonly data: DataTree;
}

/** What skipping needs. */
export interface SkipFinishedTools extends StepTools, DecideTools {
  /** Runs every dataset, finished or not. */
  readonly force: boolean;
}

/**
 * Skips each dataset whose products are published, whole, and made from just what is there now. Inputs are compared by their
 * digests, so that a file that was only touched runs nothing.
 */
export const skipFinished = (
  tools: SkipFinishedTools,
  run: StepFunction<Claimed, Claimed> = skipDataset(tools),
): OperatorFunction<Claimed | Settled, Claimed | Settled> => step('skip-finished', tools, run);

const skipDataset =
  (tools: SkipFinishedTools): StepFunction<Claimed, Claimed> =>
  async (claimed, { signal }) => {
    if (tools.force) return claimed;
    const { dataset, claim } = claimed;
    const reasons = await reasonsToRun(dataset, { former: claim.former, tools, signal });
    if (reasons.length > 0) return claimed;
    const reason = 'published already from the same inputs, programs and configuration';
    const { origin } = claimed;
    return { status: 'skipped', dataset, origin, because: 'finished', reason, claim };
  };

/** Why a dataset has to be processed, one sentence each; none when it is finished. */
export async function reasonsToRun(
  dataset: DatasetName,
  options: {
    readonly former: SettledState;
    readonly tools: DecideTools;
    readonly signal: AbortSignal;
  },
): Promise<readonly string[]> {
  const { former, tools, signal } = options;
  if (former.status === 'none') return ['It has not been published yet.'];
  if (former.status === 'error') return ['The last attempt failed.'];
  const manifest = await readableManifest(dataset, options);
  if (typeof manifest === 'string') return [manifest];
  const missing = await tools.data.missing(dataset, { manifest, signal });
  if (missing.length > 0) {
    return missing.map((name) => `The published file \`${name}\` is missing or has another size.`);
  }
  return explainDifferences(manifest, await presentSituation(dataset, { tools, signal }));
}

/** The manifest, or why there is none that can be trusted. */
async function readableManifest(
  dataset: DatasetName,
  { tools, signal }: { readonly tools: DecideTools; readonly signal: AbortSignal },
): Promise<Manifest | string> {
  try {
    const manifest = await tools.data.manifest(dataset, { signal });
    return manifest ?? 'Its manifest is not in the data tree.';
  } catch (error) {
    if (error instanceof CaldpError && error.code === 'MANIFEST_UNREADABLE') return error.message;
    throw error;
  }
}
