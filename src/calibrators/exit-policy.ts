import { CaldpError } from '../errors/caldp-error.ts';
import type { ExitCodeName } from '../errors/exit-codes.ts';
import type { StageProgram } from '../instruments/instrument.ts';
import { complaintOf } from './complaint.ts';
import type { ProgramRun } from './program-run.ts';
import { findInOutput } from './processes/program-output.ts';

/** What the way a program ended means. Success is only the half of it: its products are looked at as well. */
export type Verdict =
  | { readonly status: 'ok' }
  /** Not 0, and no failure; `meaning` says what the program found. */
  | { readonly status: 'ignored'; readonly meaning: string }
  | { readonly status: 'failed'; readonly error: CaldpError };

/** What the verdict depends on beside the run itself. */
export interface ExitPolicy {
  readonly stage: StageProgram;
  /** The exit code of a failure that is not for want of memory. */
  readonly failure: ExitCodeName;
}

/** Texts by which a program that failed tells that memory was short, and CALDP's exit code for it. */
const memoryTexts: ReadonlyMap<string, ExitCodeName> = new Map([
  ['MemoryError', 'SUBPROCESS_MEMORY_ERROR'],
  ['std::bad_alloc', 'SUBPROCESS_MEMORY_ERROR'],
  ['Out of memory.', 'SUBPROCESS_MEMORY_ERROR'],
  ['Cannot allocate memory', 'OS_MEMORY_ERROR'],
]);

/** Judges a run by its exit status, the signal that ended it and, where it failed, its output for want of memory. */
export async function judgeRun(run: ProgramRun, policy: ExitPolicy): Promise<Verdict> {
  const meaning = ignoredMeaning(run, policy);
  if (meaning !== undefined) return { status: 'ignored', meaning };
  const cause = failureOf(run);
  if (cause === undefined) return { status: 'ok' };
  const short = await memoryShortage(run);
  const exit = short ?? policy.failure;
  const error = new CaldpError(`\`${commandOf(run)}\` ${cause.what}.${wordsOf(run)}`, {
    code: short === undefined ? cause.code : 'MEMORY_SHORT',
    advice:
      short === undefined
        ? cause.advice
        : 'Give it more memory: process the dataset on a larger machine or fewer datasets at once.',
    exit,
    ...(run.ending.status === 'could-not-start' ? { cause: run.ending.reason } : {}),
  });
  return { status: 'failed', error };
}

function wordsOf({ tail }: ProgramRun): string {
  const line = tail.trim().split('\n').at(-1)?.trim().slice(0, 200) ?? '';
  const complaint = complaintOf(tail);
  const reason =
    complaint === undefined || complaint === `\`${line}\`` ? '' : ` It said: ${complaint}.`;
  return line === '' ? '' : `${reason} The last line it wrote: \`${line}\`.`;
}

function ignoredMeaning({ ending }: ProgramRun, { stage }: ExitPolicy): string | undefined {
  return ending.status === 'exited' ? stage.ignoredExits[ending.code] : undefined;
}

interface FailureCause {
  readonly code: string;
  readonly what: string;
  readonly advice: string;
}

const readLog = 'Read `process.txt` of the dataset for what the program said.';

function failureOf({ ending }: ProgramRun): FailureCause | undefined {
  switch (ending.status) {
    case 'exited':
      if (ending.code === 0) return undefined;
      return { code: 'PROGRAM_FAILED', what: `ended with status ${ending.code}`, advice: readLog };
    case 'signalled':
      return { code: 'PROGRAM_KILLED', what: `was ended by ${ending.signal}`, advice: readLog };
    case 'timed-out':
      return {
        code: 'PROGRAM_TIMED_OUT',
        what: `was stopped because it ran longer than ${ending.deadline / 1000} s`,
        advice:
          'Raise the time limit if the dataset is that large, or read `process.txt` for where it hung.',
      };
    case 'aborted':
      return {
        code: 'PROGRAM_ABORTED',
        what: 'was stopped on request',
        advice: 'Process the dataset again.',
      };
    case 'could-not-start':
      return {
        code: 'PROGRAM_NOT_STARTED',
        what: `could not be started: ${ending.reason.message}`,
        advice: 'Check that the program is installed and may be executed by this user.',
      };
  }
}

async function memoryShortage(run: ProgramRun): Promise<ExitCodeName | undefined> {
  const { ending, output } = run;
  // 137 is how a shell passes on that its command got SIGKILL; nobody but the kernel sends it when we did not.
  if (ending.status === 'signalled' && ending.signal === 'SIGKILL') return 'CONTAINER_MEMORY_ERROR';
  if (ending.status === 'exited' && ending.code === 137) return 'CONTAINER_MEMORY_ERROR';
  if (ending.status === 'could-not-start') {
    return /\b(ENOMEM|EAGAIN)\b/.test(ending.reason.message) ? 'OS_MEMORY_ERROR' : undefined;
  }
  if (ending.status !== 'exited' && ending.status !== 'signalled') return undefined;
  const text = await findInOutput(output, { texts: [...memoryTexts.keys()] });
  return text === undefined ? undefined : memoryTexts.get(text);
}

const commandOf = ({ program, args }: ProgramRun): string => [program, ...args].join(' ');
