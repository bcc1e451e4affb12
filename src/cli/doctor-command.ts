import { Command } from 'commander';
import { loadConfiguration } from '../config/configuration.ts';
import { parseOutputUri } from '../config/data-uri.ts';
import { table } from './displays/table.ts';
import { examine } from './doctor/examine.ts';
import type { Finding } from './doctor/finding.ts';
import { workRootOf } from './run-tools.ts';
import { stopSignal } from './stop-signal.ts';

/** The options of `caldp doctor`, as commander gives them. */
interface DoctorOptions {
  readonly output?: string;
  readonly config: string;
  readonly json: boolean;
}

/** Makes the command; `answer` is told the exit code: 1 when something is so bad that caldp does not work. */
export function doctorCommand(answer: (exitCode: number) => void): Command {
  return new Command('doctor')
    .description('Look at what caldp needs of this machine, and say what to do where it lacks.')
    .option('-o, --output <uri>', 'an output to look at: file:<folder>')
    .option('-c, --config <name>', 'onsite, offsite, aws, or a shell script', 'onsite')
    .option('--json', 'one finding a line on standard output', false)
    .action(async (options: DoctorOptions) => {
      answer(await doctor(options));
    });
}

async function doctor({ output, config, json }: DoctorOptions): Promise<number> {
  const signal = stopSignal();
  const base = process.cwd();
  const { environment } = await loadConfiguration(config, { inherited: process.env, base, signal });
  const place = output === undefined ? undefined : parseOutputUri(output, { base });
  const folders = [workRootOf(process.env), ...(place?.kind === 'file' ? [place.path] : [])];
  const inherited = Object.fromEntries(
    Object.entries({ ...process.env, ...environment }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
  const findings: Finding[] = [];
  for await (const finding of examine({ environment: inherited, folders, signal })) {
    findings.push(finding);
    if (json) process.stdout.write(`${JSON.stringify(finding)}\n`);
  }
  if (!json) process.stdout.write(`${report(findings)}\n`);
  return findings.some(({ verdict }) => verdict === 'bad') ? 1 : 0;
}

function report(findings: readonly Finding[]): string {
  const width = process.stdout.isTTY ? process.stdout.columns : 120;
  const rows = findings.map(({ name, verdict, found, advice }) => [
    verdict,
    name,
    advice === '' ? found : `${found}. ${advice}`,
  ]);
  return table([['verdict', 'what', 'found'], ...rows], { width });
}
