import { runCommandLine } from './command-line.ts';
import { referenceCommands } from './reference-commands.ts';

// No `await` at the top: the built package loads this as CommonJS, which has none.
void runCommandLine(process.argv.slice(2), { commands: referenceCommands }).then((exitCode) => {
  process.exitCode = exitCode;
});
