import { execa } from 'execa';
import type { ProcessExit } from '../program-run.ts';
import { runMark } from './process-group.ts';

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

/** A program that was started. */
export type Child = ReturnType<typeof startProgram>;

/** Starts it; the types of execa name the descriptors 3 to 9 alone, though it hands any number on. */
export function startProgram(
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

/** Waits for the end of a program; an error says why it could not start. */
export async function exitOf(child: Child): Promise<ProcessExit | Error> {
  const result = await child;
  if (result.signal !== undefined) return { status: 'signalled', signal: result.signal };
  if (result.exitCode !== undefined) return { status: 'exited', code: result.exitCode };
  return result.cause instanceof Error ? result.cause : new Error(result.shortMessage);
}
