import type { CommandTable } from './command-table.ts';
import { referenceCommands } from './reference-commands.ts';

/** All commands. */
export const commands: CommandTable = new Map([
  ['process', async () => (await import('./process-command.ts')).processCommand],
  ['watch', async () => (await import('./watch-command.ts')).watchCommand],
  ['daemon', async () => (await import('./daemon-command.ts')).daemonCommand],
  ['healthcheck', async () => (await import('./healthcheck-command.ts')).healthcheckCommand],
  ['doctor', async () => (await import('./doctor-command.ts')).doctorCommand],
  ['status', async () => (await import('./status-command.ts')).statusCommand],
  ...referenceCommands,
  ['calibrate', async () => (await import('./calibrate-command.ts')).calibrateCommand],
  ['preview', async () => (await import('./preview-command.ts')).previewCommand],
  ['simulate', async () => (await import('./simulate-command.ts')).simulateCommand],
  ['demo', async () => (await import('./demo-command.ts')).demoCommand],
]);
