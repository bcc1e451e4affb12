import type { Warning } from '../errors/warning.ts';
import type { StageProgram } from '../instruments/instrument.ts';

/** Tells what is not made because the program of stage 2 is not there. */
export function drizzleMissing({ program, makes }: StageProgram): Warning {
  const message = `\`${program}\` is not on PATH, so that these were not made: ${makes}.`;
  return { code: 'DRIZZLE_MISSING', message };
}
