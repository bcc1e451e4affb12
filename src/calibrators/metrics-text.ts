import { constants } from 'node:os';
import type { ProcessExit, ProgramEnding, ProgramMetrics, ProgramRun } from './program-run.ts';

/** What is told of a run. */
type TimedRun = Pick<ProgramRun, 'program' | 'args' | 'ending' | 'metrics'>;

/**
 * What `process_metrics.txt` says about programs, in the form of GNU `time --verbose`, which CALCLOUD reads.
 *
 * A block a program and, after several, one for all of them, so that the last value of every name holds for the dataset.
 * `Exit status` is the true one: 128 and the signal's number after a signal, where GNU time says 0. CPU time and memory are
 * sampled twice a second; lines of what is not known are left out.
 */
export function metricsText(runs: readonly TimedRun[]): string {
  const last = runs.at(-1);
  const blocks = runs.map((run) => block(commandOf(run), run));
  if (last === undefined || runs.length < 2) return blocks.join('');
  const total = block(runs.map(commandOf).join('; '), { ending: last.ending, metrics: sum(runs) });
  return [...blocks, total].join('');
}

function block(
  command: string,
  run: { readonly ending: ProgramEnding; readonly metrics: ProgramMetrics },
): string {
  const { wall, user, system, maxRss } = run.metrics;
  const lines = [
    `Command being timed: "${command}"`,
    user === undefined ? undefined : `User time (seconds): ${user.toFixed(2)}`,
    system === undefined ? undefined : `System time (seconds): ${system.toFixed(2)}`,
    user === undefined || system === undefined || wall === 0
      ? undefined
      : `Percent of CPU this job got: ${Math.round((100 * (user + system)) / wall)}%`,
    `Elapsed (wall clock) time (h:mm:ss or m:ss): ${clockTime(wall)}`,
    maxRss === undefined ? undefined : `Maximum resident set size (kbytes): ${maxRss}`,
    `Exit status: ${exitStatus(run.ending)}`,
  ];
  const text = lines.filter((line) => line !== undefined).map((line) => `\t${line}\n`);
  return remarks(run.ending).concat(text).join('');
}

const commandOf = ({ program, args }: TimedRun): string => [program, ...args].join(' ');

function sum(runs: readonly TimedRun[]): ProgramMetrics {
  const all = (field: keyof ProgramMetrics): readonly number[] =>
    runs.map(({ metrics }) => metrics[field]).filter((value) => value !== undefined);
  const add = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const sampled =
    all('user').length === 0 ? {} : { user: add(all('user')), system: add(all('system')) };
  const memory = all('maxRss').length === 0 ? {} : { maxRss: Math.max(...all('maxRss')) };
  return { wall: add(all('wall')), ...sampled, ...memory };
}

/** `m:ss.cc` below an hour, `h:mm:ss` from there on. */
function clockTime(seconds: number): string {
  const two = (value: number | string): string => String(value).padStart(2, '0');
  if (seconds >= 3600) {
    const whole = Math.floor(seconds);
    return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  }
  const hundredths = Math.floor(seconds * 100);
  return `${Math.floor(hundredths / 6000)}:${((hundredths % 6000) / 100).toFixed(2).padStart(5, '0')}`;
}

function exitStatus(ending: ProgramEnding): number {
  switch (ending.status) {
    case 'exited':
      return ending.code;
    case 'signalled':
      return 128 + signalNumber(ending.signal);
    case 'timed-out':
    case 'aborted':
      return ending.exit === undefined ? 137 : exitStatus(ending.exit);
    case 'could-not-start':
      return 127;
  }
}

function remarks(ending: ProgramEnding): string[] {
  switch (ending.status) {
    case 'exited':
      return [];
    case 'signalled':
      return [`Command terminated by signal ${signalNumber(ending.signal)}\n`];
    case 'timed-out':
      return [`Command stopped after ${ending.deadline / 1000} s\n`, ...exitRemarks(ending.exit)];
    case 'aborted':
      return ['Command stopped on request\n', ...exitRemarks(ending.exit)];
    case 'could-not-start':
      return [`Command could not be started: ${ending.reason.message}\n`];
  }
}

const exitRemarks = (exit: ProcessExit | undefined): string[] =>
  exit === undefined ? ['Command could not be ended\n'] : remarks(exit);

const signalNumber = (name: string): number =>
  Object.entries(constants.signals).find(([signal]) => signal === name)?.[1] ?? 0;
