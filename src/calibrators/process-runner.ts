import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { execa } from 'execa';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { ProcessExit, ProgramEnding, ProgramRun } from './program-run.ts';
import { endGroup, runMark } from './processes/process-group.ts';
import { sampleUsage } from './processes/process-usage.ts';
import { outputSize, readTail } from './processes/program-output.ts';
import { removeRunRecord, writeRunRecord } from './processes/run-record.ts';

/** A program to run. */
export interface ProgramCommand {
  /** A name on the PATH of `environment`, or a path. */
  readonly program: string;
  readonly args: readonly string[];
  /** Working folder; holds the run record while the program runs. */
  readonly folder: string;
  /** The whole environment; nothing is added but the mark of the run. */
  readonly environment: Readonly<Record<string, string>>;
  /** File that its output is appended to. */
  readonly log: string;
}

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
    const child = start(command, { mark, log: log.fd });
    const group = child.pid === undefined ? { mark } : { mark, group: child.pid };
    const usage = child.pid === undefined ? () => undefined : sampleUsage(child.pid);
    const stop = stopper({ ...options, end: () => endGroup(group, { grace }) });
    const exit = await Promise.race([exitOf(child), stop.unstoppable]);
    const stopped = stop.settle();
    const left = await endGroup(group, { grace });
    return { ending: endingOf(exit, stopped), usage: usage() ?? {}, left };
  } finally {
    await log.close();
  }
}

type Child = ReturnType<typeof start>;

/** Starts it; the types of execa name the descriptors 3 to 9 alone, though it hands any number on. */
function start(
  { program, args, folder, environment }: ProgramCommand,
  options: { readonly mark: string; readonly log: number },
) {
  const log = options.log as 3;
  return execa(program, args, {
    cwd: folder,
    env: { ...environment, [runMark]: options.mark },
    extendEnv: false,
    detached: true,
    stdin: 'ignore',
    stdout: log,
    stderr: log,
    buffer: false,
    reject: false,
    // The whole group is ended by us, which execa could only do for the first process.
    cleanup: false,
  });
}

async function exitOf(child: Child): Promise<ProcessExit | Error> {
  const result = await child;
  if (result.signal !== undefined) return { status: 'signalled', signal: result.signal };
  if (result.exitCode !== undefined) return { status: 'exited', code: result.exitCode };
  return result.cause instanceof Error ? result.cause : new Error(result.shortMessage);
}

type Stopped =
  { readonly status: 'timed-out'; readonly deadline: number } | { readonly status: 'aborted' };

interface Stopper {
  /** Disarms, and tells whether it stopped the program. */
  readonly settle: () => Stopped | undefined;
  /** Settles when the program was stopped and even KILL did not end it: nobody waits for a process stuck in the kernel. */
  readonly unstoppable: Promise<undefined>;
}

/** Ends the program at its deadline or on abort, whichever comes first. */
function stopper(options: {
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly end: () => Promise<readonly number[]>;
}): Stopper {
  const { deadline, signal, end } = options;
  let giveUp: (nothing: undefined) => void;
  const unstoppable = new Promise<undefined>((resolve) => {
    giveUp = resolve;
  });
  let stopped: Stopped | undefined;
  const stop = (reason: Stopped): void => {
    if (stopped !== undefined) return;
    stopped = reason;
    void end().then((left) => {
      if (left.length > 0) giveUp(undefined);
    });
  };
  const onAbort = (): void => {
    stop({ status: 'aborted' });
  };
  const timer = setTimeout(() => {
    stop({ status: 'timed-out', deadline });
  }, deadline);
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    settle: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      return stopped;
    },
    unstoppable,
  };
}

function endingOf(
  exit: ProcessExit | Error | undefined,
  stopped: Stopped | undefined,
): ProgramEnding {
  if (exit instanceof Error) return { status: 'could-not-start', reason: exit };
  if (exit === undefined) return stopped ?? { status: 'aborted' };
  return stopped === undefined ? exit : { ...stopped, exit };
}
