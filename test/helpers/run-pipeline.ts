import fs from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { lastValueFrom, toArray } from 'rxjs';
import { hstcalCalibrator } from '../../src/calibrators/hstcal.ts';
import { fileInputs } from '../../src/inputs/file-inputs.ts';
import { datasetArguments } from '../../src/sources/dataset-list.ts';
import { openFileStore } from '../../src/stores/open-file-store.ts';
import { createTools, type ToolOptions } from '../../src/streams/create-tools.ts';
import type { Outcome } from '../../src/streams/events.ts';
import { pipeline } from '../../src/streams/pipeline.ts';
import type { Tools } from '../../src/streams/tools.ts';
import { programFolder } from './fixture-program.ts';

/** For runs that are compared: the number of threads, which products are told with, depends on it. */
export const jobs = 2;

/** The folders of one test of the whole pipe. */
export interface PipelineFolders {
  readonly raw: string;
  readonly output: string;
  readonly work: string;
  /** Where fixture programs get their real names. */
  readonly programs: string;
}

export async function makeFolders(root: string): Promise<PipelineFolders> {
  const raw = join(root, 'raw');
  await fs.mkdir(raw);
  return {
    raw,
    output: join(root, 'output'),
    work: join(root, 'work'),
    programs: join(root, 'programs'),
  };
}

/** Real tools on real folders; `calacs.e` is a fixture program, one that copies raws where none is named. */
export async function pipelineTools(
  folders: PipelineFolders,
  options: Partial<ToolOptions> & { readonly calacs?: string } = {},
): Promise<Tools> {
  const { calacs = 'copies-raws', ...rest } = options;
  const bin = await programFolder(await fs.mkdtemp(`${folders.programs}-`), {
    programs: { 'calacs.e': calacs },
  });
  return createTools({
    inputs: fileInputs(folders.raw, { fileSystem: fs }),
    output: await openFileStore(folders.output),
    workRoot: folders.work,
    calibrator: hstcalCalibrator({
      environment: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
      patience: 0,
    }),
    retry: { retries: 0, firstDelay: 0, longestDelay: 0 },
    ...rest,
  });
}

/** Runs datasets through the pipe and answers what became of them, in the order in which they ended. */
export async function runPipeline(
  names: readonly string[],
  tools: Tools,
): Promise<readonly Outcome[]> {
  return lastValueFrom(pipeline(datasetArguments(names), tools).pipe(toArray()));
}
