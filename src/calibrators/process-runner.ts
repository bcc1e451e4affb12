import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { ProcessExit, ProgramEnding, ProgramRun } from './program-run.ts';
import { endGroup } from './processes/process-group.ts';
import { sampleUsage } from './processes/process-usage.ts';
import { outputSize, readTail } from './processes/program-output.ts';
import { removeRunRecord, writeRunRecord } from './processes/run-record.ts';
import { exitOf, startProgram, type ProgramCommand } from './processes/start-program.ts';
import { armStopper, type Stopped } from './processes/stopper.ts';

/** How long a program may run and what stops it. */
export interface RunOptions {
  /** Milliseconds until it is stopped; at most 24 days. */
  readonly deadline: number;
  /** Milliseconds between TERM and KILL; default 5000. */
  readonly grace?: number;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/** Something that runs programs: `runProgram`, or what a test puts in its place. */
export type ProgramRunner = (command: ProgramCommand, options: RunOptions) => Promise<ProgramRun>;

/**
 * Runs a program in a process group of its own, standard input empty, standard output and error appended to a file.
 *
 * No pipe is held, so neither the amount of output nor a forked child that keeps it open can stop us. Deadline and abort send
 * TERM to all its processes, and KILL after the grace; whatever it leaves behind is ended after a normal exit too. The promise
 * settles when none of them is left, and does not reject for anything the program does: `ending` says how it went.
 *
 * @throws the system's error when the log or the run record cannot be written.
 */
export async function runProgram(
  command: ProgramCommand,
  options: RunOptions,
): Promise<ProgramRun> {
  const { program, args, folder, log } = command;
  const started = (options.clock ?? systemClock).now();
  const clockStart = performance.now();
  const mark = randomUUID();
  const start = await outputSize(log);
  await writeRunRecord(folder, { mark, program });
  const { ending, usage, left } = await execute(command, { ...options, mark });
  if (left.length === 0) await removeRunRecord(folder);
  const output = { path: log, start, end: await outputSize(log) };
  return {
    program,
    args,
    started,
    ending,
    metrics: { wall: (performance.now() - clockStart) / 1000, ...usage },
    output,
    tail: await readTail(output),
  };
}

interface Execution {
  readonly ending: ProgramEnding;
  readonly usage: { readonly user?: number; readonly system?: number; readonly maxRss?: number };
  /** Processes that could not be ended. */
  readonly left: readonly number[];
}

async function execute(
  command: ProgramCommand,
  options: RunOptions & { readonly mark: string },
): Promise<Execution> {
  const { mark, grace = 5000, signal } = options;
  if (signal.aborted) return { ending: { status: 'aborted' }, usage: {}, left: [] };
  const log = await open(command.log, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT);
  try {
    const child = startProgram(command, { mark, log: log.fd });
    const group = child.pid === undefined ? { mark } : { mark, group: child.pid };
    const usage = child.pid === undefined ? () => undefined : sampleUsage(child.pid);
    const stop = armStopper({ ...options, end: () => endGroup(group, { grace }) });
    const exit = await Promise.race([exitOf(child), stop.unstoppable]);
    const stopped = stop.settle();
    const left = await endGroup(group, { grace });
    return { ending: endingOf(exit, stopped), usage: usage() ?? {}, left };
  } finally {
    await log.close();
  }
}

function endingOf(
  exit: ProcessExit | Error | undefined,
  stopped: Stopped | undefined,
): ProgramEnding {
  if (exit instanceof Error) return { status: 'could-not-start', reason: exit };
  if (exit === undefined) return stopped ?? { status: 'aborted' };
  return stopped === undefined ? exit : { ...stopped, exit };
}
