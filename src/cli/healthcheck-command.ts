import { Command } from 'commander';

/** Milliseconds that the daemon may take to answer. */
const patience = 5000;

/** Makes the command; `answer` is told the exit code: 0 when the daemon answers, 1 when not, as container engines ask. */
export function healthcheckCommand(answer: (exitCode: number) => void): Command {
  return new Command('healthcheck')
    .description('Ask a daemon on this machine whether it is alive.')
    .argument('[url]', 'where its status page is', 'http://127.0.0.1:8080')
    .action(async (url: string) => {
      answer((await isHealthy(url)) ? 0 : 1);
    });
}

async function isHealthy(url: string): Promise<boolean> {
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
