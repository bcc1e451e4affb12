import fs from 'node:fs/promises';
import { Command } from 'commander';
import { runningDaemons } from './running-daemons.ts';

/** Milliseconds that the daemon may take to answer. */
const patience = 5000;

/** The options of `caldp healthcheck`, as commander gives them. */
interface HealthcheckOptions {
  readonly ifDaemon: boolean;
}

/** Makes the command; `answer` is told the exit code: 0 when the daemon answers, 1 when not, as container engines ask. */
export function healthcheckCommand(answer: (exitCode: number) => void): Command {
  return new Command('healthcheck')
    .description(
      'Ask the daemons that run on this machine or in this container whether they are alive.',
    )
    .argument('[url]', 'where the status page of the one to ask is (default: each that runs here)')
    .option('--if-daemon', 'where no daemon runs there is nothing to ask, and that is well', false)
    .action(async (url: string | undefined, options: HealthcheckOptions) => {
      answer((await isHealthy(url, options)) ? 0 : 1);
    });
}

async function isHealthy(
  url: string | undefined,
  { ifDaemon }: HealthcheckOptions,
): Promise<boolean> {
  const found = url === undefined ? await runningDaemons({ fileSystem: fs }) : [{ url }];
  if (found.length === 0) {
    const out = ifDaemon ? process.stdout : process.stderr;
    out.write('caldp: No daemon runs here.\n');
    return ifDaemon;
  }
  const answers = await Promise.all(found.map(({ url }) => isAlive(url)));
  return answers.every((alive) => alive);
}

async function isAlive(url: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/healthz', url), {
      signal: AbortSignal.timeout(patience),
    });
    process.stdout.write(`${(await response.text()).trim()}\n`);
    return response.ok;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`caldp: No daemon answers at \`${url}\`: ${reason}.\n`);
    return false;
  }
}
