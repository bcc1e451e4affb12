import type { CommandTable } from './command-table.ts';

/** The commands that answer from rules alone. The built package has them joined in files of their own, which load fast. */
export const referenceCommands: CommandTable = new Map([
  ['bestrefs', async () => (await import('./bestrefs-command.ts')).bestrefsCommand],
  ['crds', async () => (await import('./crds-command.ts')).crdsCommand],
]);
