import type { Command } from 'commander';

/** Takes the exit code of a command. */
export type AnswerExitCode = (exitCode: number) => void;

/** Makes a command; `answer` is told the exit code. */
export type MakeCommand = (answer: AnswerExitCode) => Command;

/** Loads a command and everything it works with. */
type LoadCommand = () => Promise<MakeCommand>;

/** The commands in the order of the help. Each is loaded when it is needed: most of the time to a first answer was once spent on loading the others. */
const commands: ReadonlyMap<string, LoadCommand> = new Map<string, LoadCommand>([
  ['process', async () => (await import('./process-command.ts')).processCommand],
  ['watch', async () => (await import('./watch-command.ts')).watchCommand],
  ['daemon', async () => (await import('./daemon-command.ts')).daemonCommand],
  ['healthcheck', async () => (await import('./healthcheck-command.ts')).healthcheckCommand],
  ['doctor', async () => (await import('./doctor-command.ts')).doctorCommand],
  ['status', async () => (await import('./status-command.ts')).statusCommand],
  ['bestrefs', async () => (await import('./bestrefs-command.ts')).bestrefsCommand],
  ['calibrate', async () => (await import('./calibrate-command.ts')).calibrateCommand],
  ['preview', async () => (await import('./preview-command.ts')).previewCommand],
  ['crds', async () => (await import('./crds-command.ts')).crdsCommand],
  ['simulate', async () => (await import('./simulate-command.ts')).simulateCommand],
  ['demo', async () => (await import('./demo-command.ts')).demoCommand],
]);

/** Loads the command that a command line begins with, or all where it begins with none of them: for help and for suggestions. */
export async function loadCommands(name: string | undefined): Promise<readonly MakeCommand[]> {
  const named = commands.get(name ?? '');
  if (named !== undefined) return [await named()];
  return Promise.all([...commands.values()].map((load) => load()));
}
