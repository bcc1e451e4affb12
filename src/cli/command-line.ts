import { Command, CommanderError } from 'commander';
import { CaldpError } from '../errors/caldp-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { bestrefsCommand } from './bestrefs-command.ts';
import { calibrateCommand } from './calibrate-command.ts';
import { crdsCommand } from './crds-command.ts';
import { previewCommand } from './preview-command.ts';
import { demoCommand } from './demo-command.ts';
import { daemonCommand } from './daemon-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { healthcheckCommand } from './healthcheck-command.ts';
import { processCommand } from './process-command.ts';
import { simulateCommand } from './simulate-command.ts';
import { statusCommand } from './status-command.ts';
import { watchCommand } from './watch-command.ts';
import { packageVersion } from '../system/package-version.ts';

/**
 * Runs one command line and answers the exit code of the process. Nothing else ends the process, so that what is still to be
 * written is written.
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  process.stdout.on('error', endQuietlyWhenClosed);
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
  const commands = [
    processCommand(answer),
    watchCommand(answer),
    daemonCommand(answer),
    healthcheckCommand(answer),
    doctorCommand(answer),
    statusCommand(),
    bestrefsCommand(answer),
    calibrateCommand(answer),
    previewCommand(answer),
    crdsCommand(answer),
    simulateCommand(),
    demoCommand(answer),
  ];
  for (const command of commands) {
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
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.SUCCESS : exitCodes.CMDLINE_ERROR;
  }
  if (error instanceof CaldpError) {
    process.stderr.write(`caldp: ${error.message} ${error.advice} [${error.code}]\n`);
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
