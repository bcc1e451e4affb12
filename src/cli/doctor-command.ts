import { Command } from 'commander';
import { loadConfiguration } from '../config/configuration.ts';
import { parseInputUri, parseOutputUri, type S3Uri } from '../config/data-uri.ts';
import { table } from './displays/table.ts';
import { examine } from './doctor/examine.ts';
import type { Finding } from './doctor/finding.ts';
import { quietSdk } from './quiet-sdk.ts';
import { workRootOf } from './run-tools.ts';
import { stopSignal } from './stop-signal.ts';

/** The options of `caldp doctor`, as commander gives them. */
interface DoctorOptions {
  readonly input?: string;
  readonly output?: string;
  readonly config: string;
  readonly json: boolean;
}

/** Makes the command; `answer` is told the exit code: 1 when something is so bad that caldp does not work. */
export function doctorCommand(answer: (exitCode: number) => void): Command {
  return new Command('doctor')
    .description('Look at what caldp needs of this machine, and say what to do where it lacks.')
    .option('-i, --input <uri>', 'an input or source to look at: s3://<bucket>/<prefix>')
    .option('-o, --output <uri>', 'an output to look at: file:<folder> or s3://<bucket>/<prefix>')
    .option('-c, --config <name>', 'onsite, offsite, aws, or a shell script', 'onsite')
    .option('--json', 'one finding a line on standard output', false)
    .action(async (options: DoctorOptions) => {
      answer(await doctor(options));
    });
}

async function doctor({ input, output, config, json }: DoctorOptions): Promise<number> {
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
  const source = input === undefined ? undefined : parseInputUri(input, { base });
  const all = concat(
    examine({ environment: inherited, folders, signal }),
    ...(source?.kind === 's3' ? [examineS3(source, 'input', signal)] : []),
    ...(place?.kind === 's3' ? [examineS3(place, 'output', signal)] : []),
  );
  for await (const finding of all) {
    findings.push(finding);
    if (json) process.stdout.write(`${JSON.stringify(finding)}\n`);
  }
  if (!json) process.stdout.write(`${report(findings)}\n`);
  return findings.some(({ verdict }) => verdict === 'bad') ? 1 : 0;
}

async function* concat<T>(...parts: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  for (const part of parts) yield* part;
}

/** What speaks S3 is loaded only where a bucket is named. */
async function* examineS3(
  place: S3Uri,
  role: 'input' | 'output',
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  quietSdk();
  const { examineBucket } = await import('./doctor/examine-bucket.ts');
  yield* examineBucket(place, { role, signal });
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
