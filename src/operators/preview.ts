import type { OperatorFunction } from 'rxjs';
import { metricsText } from '../calibrators/metrics-text.ts';
import type { CaldpError } from '../errors/caldp-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import type { Warning } from '../errors/warning.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { PreviewPool } from '../previews/jobs/preview-pool.ts';
import { makePreviews } from '../previews/make-previews.ts';
import { previewReport } from '../previews/preview-report.ts';
import type { PreviewStyle } from '../previews/preview-style.ts';
import type { PreviewsMade } from '../previews/previews-made.ts';
import type { StepFunction, StepTools } from '../streams/attempt.ts';
import type { Calibrated, Previewed, Settled } from '../streams/events.ts';
import { step } from '../streams/step.ts';

/** What making previews needs. */
export interface PreviewTools extends StepTools {
  /** How previews are made; undefined where none are wanted. */
  readonly previews: { readonly pool: PreviewPool; readonly style: PreviewStyle } | undefined;
  readonly fileSystem: FileSystem;
}

/**
 * Draws the products of each dataset. A preview that fails takes neither another one nor the dataset with it: the data are
 * published, and the failure is told with them.
 */
export const preview = (
  tools: PreviewTools,
  run: StepFunction<Calibrated, Previewed> = previewDataset(tools),
): OperatorFunction<Calibrated | Settled, Previewed | Settled> => step('preview', tools, run);

const previewDataset =
  ({ previews, fileSystem, clock }: PreviewTools): StepFunction<Calibrated, Previewed> =>
  async (calibrated, { signal }) => {
    if (previews === undefined) return { ...calibrated, status: 'previewed', previews: [] };
    const { dataset, work } = calibrated;
    const { pool, style } = previews;
    const started = clock.now().getTime();
    const made = await makePreviews(work.folder, {
      ...{ dataset, pool, style, fileSystem, signal },
      format: 'jpg',
      out: work.previews,
    });
    const [failure] = made.failures.map(({ error }) => error);
    const code = failure === undefined ? exitCodes.SUCCESS : exitCodes.CREATE_PREVIEWS_ERROR;
    const wall = (clock.now().getTime() - started) / 1000;
    const timed = {
      ...{ program: 'caldp', args: ['preview'], metrics: { wall } },
      ending: { status: 'exited', code } as const,
    };
    await fileSystem.writeFile(work.log('preview.txt'), previewReport(made));
    await fileSystem.writeFile(work.log('preview_metrics.txt'), metricsText([timed]));
    return withPreviews(calibrated, { made, failure });
  };

function withPreviews(
  calibrated: Calibrated,
  { made, failure }: { readonly made: PreviewsMade; readonly failure: CaldpError | undefined },
): Previewed {
  const warnings = made.failures.map(({ error }): Warning => ({
    code: 'PREVIEW_FAILED',
    message: error.message,
  }));
  return {
    ...calibrated,
    status: 'previewed',
    previews: made.made.map(({ path }) => path),
    ...(failure === undefined ? {} : { previewFailure: failure }),
    warnings: [...calibrated.warnings, ...warnings],
  };
}
