import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../calibrators/process-runner.ts';
import { definedVariables } from '../calibrators/defined-variables.ts';
import type { ProgramRun } from '../calibrators/program-run.ts';
import { CaldpError } from '../errors/caldp-error.ts';
import type { Warning } from '../errors/warning.ts';
import type { ConfigurationOptions } from './configuration-options.ts';
import { findScript } from './find-script.ts';

/** What a custom script made of the environment. */
export interface CustomEnvironment {
  /** Absolute path of the script. */
  readonly path: string;
  /** The variables that it exports with a value other than ours. */
  readonly environment: Readonly<Record<string, string>>;
  readonly warnings: readonly Warning[];
}

/**
 * Checks the script, sources it and writes the environment out. A command of it that fails is noted with its file and
 * line; a script that ends the shell never reaches the last line.
 */
const driver = `
bash -n "$1" || exit 90
trap 'echo "$BASH_SOURCE:$LINENO: status $?: $BASH_COMMAND" >> "$3"' ERR
source "$1"
trap - ERR
env -0 > "$2"
`;

/** `source` itself fails when the last command of the script does; it has no file. */
const isOfScript = (line: string): boolean => line !== '' && !line.startsWith(':');

/** Variables that bash itself sets. */
const ofBash = new Set(['_', 'SHLVL', 'PWD', 'OLDPWD', 'CALDP_RUN', 'BASH_ENV']);

/** Statuses of a command that bash could not find or not execute. */
const notRun = /: status (126|127): /;

/**
 * Sources a shell script with bash and takes the variables that it exports.
 *
 * A script that is not there, cannot be read by bash, ends the shell, hangs, or calls a command that does not exist gives an error with
 * the line; other commands that fail give warnings, as bash goes on after them.
 *
 * @throws CaldpError `CONFIG_UNKNOWN`, `CONFIG_FAILED`.
 */
export async function customEnvironment(
  name: string,
  options: ConfigurationOptions,
): Promise<CustomEnvironment> {
  const path = await findScript(name, options);
  const folder = await mkdtemp(join(tmpdir(), 'caldp-config-'));
  try {
    const [variables, failures] = [join(folder, 'variables'), join(folder, 'failures')];
    const run = await runProgram(
      {
        program: 'bash',
        args: ['-c', driver, 'bash', path, variables, failures],
        folder,
        environment: definedVariables(options.inherited),
        log: join(folder, 'log'),
      },
      { deadline: options.deadline ?? 30_000, grace: 500, signal: options.signal },
    );
    options.signal.throwIfAborted();
    const failed = (await readIfThere(failures)).split('\n').filter(isOfScript);
    const text = await readIfThere(variables);
    const trouble = troubleOf(run, { failed, isComplete: text !== '' });
    if (trouble !== undefined) throw configFailed(path, `${trouble}${lastWords(run)}`);
    return { path, environment: changes(text, options.inherited), warnings: failed.map(warningOf) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function troubleOf(
  { ending }: ProgramRun,
  options: { readonly failed: readonly string[]; readonly isComplete: boolean },
): string | undefined {
  if (ending.status === 'timed-out') return `did not end within ${ending.deadline / 1000} s.`;
  if (ending.status === 'could-not-start') return `needs bash: ${ending.reason.message}.`;
  if (ending.status === 'exited' && ending.code === 90)
    return 'is not a script that bash can read.';
  if (!options.isComplete) {
    const last = options.failed.at(-1);
    return `ended the shell before its last line${last === undefined ? '' : `: \`${last}\``}.`;
  }
  const missing = options.failed.find((line) => notRun.test(line));
  return missing === undefined
    ? undefined
    : `called a command that does not exist: \`${missing}\`.`;
}

function configFailed(path: string, trouble: string): CaldpError {
  return new CaldpError(`The configuration script \`${path}\` ${trouble}`, {
    code: 'CONFIG_FAILED',
    advice: `Try it alone: \`bash -c 'source ${path}'\`.`,
    exit: 'CMDLINE_ERROR',
  });
}

function lastWords({ tail }: ProgramRun): string {
  const words = tail.trim().split('\n').slice(-3).join(' / ').slice(-400);
  return words === '' ? '' : ` It wrote: \`${words}\`.`;
}

const warningOf = (failure: string): Warning => ({
  code: 'CONFIG_COMMAND',
  message: `A command of the configuration script failed and bash went on: \`${failure}\`.`,
});

function changes(
  text: string,
  inherited: ConfigurationOptions['inherited'],
): Readonly<Record<string, string>> {
  const entries = text.split('\0').flatMap((entry): readonly [string, string][] => {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(entry) ?? [];
    if (key === undefined || value === undefined || ofBash.has(key)) return [];
    return key.startsWith('BASH_FUNC_') || inherited[key] === value ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
