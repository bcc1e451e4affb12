import type { Command } from 'commander';

/** Takes the exit code of a command. */
export type AnswerExitCode = (exitCode: number) => void;

/** Makes a command; `answer` is told the exit code. */
export type MakeCommand = (answer: AnswerExitCode) => Command;

/** Commands by name, in the order of the help. Each is loaded, with everything it works with, when it is needed. */
export type CommandTable = ReadonlyMap<string, () => Promise<MakeCommand>>;

/** Loads the command of that name; all where there is none, for help and for suggestions. */
export async function loadCommands(
  commands: CommandTable,
  { name }: { readonly name: string | undefined },
): Promise<readonly MakeCommand[]> {
  const named = commands.get(name ?? '');
  if (named !== undefined) return [await named()];
  return Promise.all([...commands.values()].map((load) => load()));
}
