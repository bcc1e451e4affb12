import fs from 'node:fs/promises';
import { resolve } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { RunRecorder } from '../report/run-recorder.ts';
import { writeReport } from '../report/write-report.ts';
import { datasetArguments, datasetFile, datasetStream } from '../sources/dataset-list.ts';
import type { DatasetSource } from '../sources/dataset-source.ts';
import { explanations } from '../streams/explanation.ts';
import type { Tools } from '../streams/tools.ts';
import { showEventLines, showLive, showPlainLines, type RunDisplay } from './displays/show-run.ts';
import { openLog } from './logger.ts';
import type { ProcessOptions } from './process-options.ts';
import { packageVersion } from '../system/package-version.ts';
import { runStream } from './run-stream.ts';
import { openInputs, runTools } from './run-tools.ts';

/** Runs the pipeline on a list of datasets and answers the exit code. */
export async function processDatasets(
  names: readonly string[],
  options: ProcessOptions,
): Promise<number> {
  const source = sourceOf(names, options);
  const { signal } = new AbortController();
  const inputs = await openInputs(options.input, { signal });
  const opened = await runTools(options, { environment: process.env, inputs, signal });
  const { tools, warnings, close } = opened;
  for (const { message } of warnings) process.stderr.write(`caldp: Warning: ${message}\n`);
  if (options.explain) return explainRun(source, tools);
  const recorder = new RunRecorder();
  const recording = tools.telemetry.events.subscribe((event) => {
    if (options.report !== undefined) recorder.add(event);
  });
  const log = openLog({ level: options.logLevel });
  const display = displayOf(tools, options);
  const { grace } = options;
  try {
    const exitCode = await runStream(source, { tools, log, display, grace, endless: false });
    return (await reportRun(recorder, options)) ? exitCode : exitCode || exitCodes.GENERIC_ERROR;
  } catch (error) {
    await reportRun(recorder, options);
    throw error;
  } finally {
    recording.unsubscribe();
    await close();
  }
}

/** Writes the report where one is asked for; answers false when that failed, which does not change what became of the datasets. */
async function reportRun({ record }: RunRecorder, { report }: ProcessOptions): Promise<boolean> {
  if (report === undefined) return true;
  const path = resolve(report);
  try {
    await writeReport(path, { record, version: packageVersion(), fileSystem: fs });
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`caldp: The report \`${path}\` could not be written: ${reason}.\n`);
    return false;
  }
}

function displayOf({ telemetry }: Tools, { json }: ProcessOptions): RunDisplay {
  const streams = { out: process.stdout, err: process.stderr };
  if (json) return showEventLines(telemetry.events, streams);
  const show = process.stdout.isTTY && process.stderr.isTTY ? showLive : showPlainLines;
  return show(telemetry.events, streams);
}

async function explainRun(source: DatasetSource, tools: Tools): Promise<number> {
  let code = 0;
  for await (const { name, verdict, reasons } of explanations(source, tools)) {
    if (verdict === 'fail') code = 1;
    process.stdout.write(`${name}: ${verdict}: ${reasons.join(' ')}\n`);
  }
  return code;
}

function sourceOf(names: readonly string[], { list }: ProcessOptions): DatasetSource {
  if (list !== undefined && names.length > 0) {
    throw unclear('Datasets are named both as arguments and with `--list`; expected one of them.');
  }
  if (list !== undefined) return datasetFile(list);
  if (names.length === 0) throw unclear('No dataset is named.');
  if (!names.includes('-')) return datasetArguments(names);
  if (names.length > 1) throw unclear('`-` stands for a list on standard input and stands alone.');
  return datasetStream('standard input', process.stdin);
}

function unclear(message: string): CaldpError {
  return new CaldpError(message, {
    code: 'COMMAND_LINE',
    advice: 'Name datasets, or a file of them with `--list`, or `-` for standard input.',
    exit: 'CMDLINE_ERROR',
  });
}
