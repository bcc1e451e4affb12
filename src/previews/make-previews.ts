import { join } from 'node:path';
import type { DatasetName } from '../hst/dataset-name.ts';
import { instrumentOf } from '../instruments/instrument-of.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { colorCandidates } from './color/color-candidates.ts';
import { describeCandidates } from './color/describe-candidates.ts';
import { planComposites } from './color/plan-composites.ts';
import type { DrawingOptions, PreviewJob } from './jobs/preview-job.ts';
import type { PreviewPool } from './jobs/preview-pool.ts';
import { previewPlan } from './preview-plan.ts';
import type { PreviewsMade } from './previews-made.ts';
import { runJobs } from './run-jobs.ts';

/** What is needed to make the previews of a dataset. */
export interface MakePreviewsOptions extends DrawingOptions {
  readonly dataset: DatasetName;
  readonly pool: PreviewPool;
  readonly fileSystem: Pick<FileSystem, 'readdir'>;
  /** Where the previews go; default beside the products. */
  readonly out?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes all previews of the products of a dataset: thumbnail and full size of every image, plots of every spectrum, colour
 * composites of a mosaic. A preview that fails takes no other with it. The event loop only waits; memory is that of the threads.
 *
 * @param folder - where the products are.
 * @throws the reason of the signal where that aborts; the system's error where the folder cannot be read.
 */
export async function makePreviews(
  folder: string,
  options: MakePreviewsOptions,
): Promise<PreviewsMade> {
  const names = await options.fileSystem.readdir(folder);
  const composites = await colorJobs(names, { ...options, folder });
  const made = await runJobs(
    [...composites.jobs, ...productJobs(names, { ...options, folder })],
    options,
  );
  return { ...made, notes: [...composites.notes, ...made.notes] };
}

type FolderOptions = MakePreviewsOptions & { readonly folder: string };

function productJobs(names: readonly string[], options: FolderOptions): readonly PreviewJob[] {
  const { folder, out = folder, style, format } = options;
  return previewPlan(names, options).map(({ name, base, expected, thumbnail }) => {
    const path = join(folder, name);
    return { kind: 'product', path, base, expected, thumbnail, folder: out, style, format };
  });
}

async function colorJobs(
  names: readonly string[],
  options: FolderOptions,
): Promise<{ readonly jobs: readonly PreviewJob[]; readonly notes: readonly string[] }> {
  const { folder, out = folder, style, format, dataset } = options;
  const { color, thumbnail } = instrumentOf(dataset).previews;
  if (!color) return { jobs: [], notes: [] };
  const { described, notes } = await describeCandidates(
    colorCandidates(names, { dataset }),
    options,
  );
  const plan = planComposites(described);
  const jobs = plan.composites.map(({ base, paths }): PreviewJob => {
    return { kind: 'color', paths, base, thumbnail, folder: out, style, format };
  });
  return { jobs, notes: [...notes, ...plan.notes] };
}
