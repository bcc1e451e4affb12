import { Command, CommanderError } from 'commander';
import { CaldpError } from '../errors/caldp-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { packageVersion } from '../system/package-version.ts';
import { loadCommands, type CommandTable } from './command-table.ts';
import { stopIn } from './stop-signal.ts';
import { tellError } from './tell-failure.ts';

/**
 * Runs one command line and answers the exit code of the process. Nothing else ends the process, so that what is still to be
 * written is written.
 */
export async function runCommandLine(
  args: readonly string[],
  { commands }: { readonly commands: CommandTable },
): Promise<number> {
  process.stdout.on('error', endQuietlyWhenClosed);
  process.stderr.on('error', endQuietlyWhenClosed);
  let exitCode: number = exitCodes.SUCCESS;
  const answer = (code: number): void => {
    exitCode = code;
  };
  const program = new Command('caldp')
    .description(
      'Takes Hubble Space Telescope datasets from raw exposures to calibrated and published products.',
    )
    .version(packageVersion())
    .showHelpAfterError('(`caldp --help` lists the commands; `caldp <command> --help` its options)')
    .configureOutput({
      outputError: (text, write) => {
        write(text.replace(/^error: /, 'caldp: '));
      },
    })
    .exitOverride();
  for (const makeCommand of await loadCommands(commands, { name: args[0] })) {
    const command = makeCommand(answer);
    program.addCommand(command.copyInheritedSettings(program));
    for (const sub of command.commands) sub.copyInheritedSettings(command);
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  const stop = stopIn(error);
  if (stop !== undefined) {
    process.stderr.write(`caldp: ${stop.message}.\n`);
    return stop.exitCode;
  }
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.SUCCESS : exitCodes.CMDLINE_ERROR;
  }
  if (error instanceof CaldpError) {
    tellError(error);
    return error.exitCode;
  }
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `caldp: Something unexpected happened: ${reason}. This is a defect: please report it with the command you ran.\n`,
  );
  return exitCodes.GENERIC_ERROR;
}

/** Who reads our output may stop reading (`| head`): the work goes on, there is just nobody to tell. */
function endQuietlyWhenClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
