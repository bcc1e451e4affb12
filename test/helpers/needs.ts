import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { ExecutionContext } from 'ava';

/** The folder of real test data, or undefined where the suite runs without it. */
export const testData: string | undefined = process.env['CALDP_TEST_DATA'];

/** Says that a test did not run and why; the line is counted at the end of the run. */
export function skip(t: ExecutionContext, reason: string): void {
  t.log(`skipped: ${reason}`);
  t.pass();
}

/** The path of a file of the real test data, or undefined after saying that the test is skipped. */
export function needsData(t: ExecutionContext, ...parts: readonly string[]): string | undefined {
  const path = testData === undefined ? undefined : join(testData, ...parts);
  if (path !== undefined && existsSync(path)) return path;
  skip(t, `CALDP_TEST_DATA does not give \`${parts.join('/')}\``);
  return undefined;
}

/** The path of a program on PATH, or undefined after saying that the test is skipped. */
export function needsProgram(t: ExecutionContext, program: string): string | undefined {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));
  if (found === undefined) skip(t, `\`${program}\` is not on PATH`);
  return found;
}
