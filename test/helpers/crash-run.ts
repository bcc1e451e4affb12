import type { ExecutionContext } from 'ava';
import { simulatedSetups, writeSimulatedImages } from '../simulated/simulated-exposure.ts';
import type { Outcome } from '../../src/streams/events.ts';
import { recover } from '../../src/streams/recover.ts';
import { assertSettled, assertWhole, outputOf } from './invariants.ts';
import {
  jobs,
  makeFolders,
  pipelineTools,
  runPipeline,
  type PipelineFolders,
} from './run-pipeline.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Folders with one raw file for each id; the same ids always give the same bytes. */
export async function crashFolders(
  t: ExecutionContext,
  ids: readonly string[],
): Promise<PipelineFolders> {
  const folders = await makeFolders(await temporaryFolder(t));
  for (const root of ids) writeSimulatedImages(folders.raw, { root, setup: simulatedSetups.hrc });
  return folders;
}

/** What a run that nothing disturbs leaves in its output, as `outputOf` tells it. */
export async function undisturbed(
  t: ExecutionContext,
  ids: readonly string[],
  options: { readonly calacs?: string } = {},
): Promise<readonly string[]> {
  const folders = await crashFolders(t, ids);
  await runPipeline(ids, await pipelineTools(folders, { ...options, jobs }));
  return outputOf(folders.output);
}

/** The next run after a crash, as `caldp process` begins it: recovers, lets the test look, then runs the datasets. */
export async function recoverAndRun(
  run: {
    readonly folders: PipelineFolders;
    readonly ids: readonly string[];
    readonly calacs?: string;
  },
  look: () => Promise<void>,
): Promise<{ readonly recovered: readonly string[]; readonly outcomes: readonly Outcome[] }> {
  const { calacs = 'copies-raws' } = run;
  const tools = await pipelineTools(run.folders, { calacs, jobs });
  const recovered = await recover(run.folders.work, tools);
  await look();
  return { recovered, outcomes: await runPipeline(run.ids, tools) };
}

interface Crashed {
  readonly folders: PipelineFolders;
  readonly ids: readonly string[];
  /** What was done to the run, for messages of the test. */
  readonly label: string;
  /** The fixture program that stands for `calacs.e`; default: one that copies raws. */
  readonly calacs?: string;
  /** What `undisturbed` answered. */
  readonly wanted: readonly string[];
}

/** Asserts I1 to I5 over a crash and the run after it, which has to bring every dataset to its end. */
export async function assertRecovers(t: ExecutionContext, crashed: Crashed): Promise<void> {
  const { folders, wanted, label } = crashed;
  const { outcomes } = await recoverAndRun(crashed, () => assertWhole(t, crashed));
  for (const outcome of outcomes) {
    const finished = outcome.status === 'skipped' && outcome.because === 'finished';
    t.true(
      finished || outcome.status === 'published',
      `after ${label}: ${JSON.stringify(outcome)}`,
    );
  }
  await assertSettled(t, crashed);
  t.deepEqual(await outputOf(folders.output), wanted, `I4 after ${label}`);
}
