import { runCommandLine } from './command-line.ts';
import type { CommandTable } from './command-table.ts';
import { previewCommand } from './preview-command.ts';

const commands: CommandTable = new Map([['preview', () => Promise.resolve(previewCommand)]]);

// No `await` at the top: the built package loads this as CommonJS, which has none.
void runCommandLine(process.argv.slice(2), { commands }).then((exitCode) => {
  process.exitCode = exitCode;
});
