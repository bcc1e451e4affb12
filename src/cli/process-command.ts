import { Command } from 'commander';
import { processDatasets } from './process-datasets.ts';
import type { ProcessOptions } from './process-options.ts';
import { addRunOptions } from './run-options.ts';

const examples = `
Examples:
  caldp process j8cb010b0 jbz504010 -i file:/data/raw -o file:/data/out
  cat ids.txt | caldp process - -i file:/data/raw -o file:/data/out
  caldp process --list ids.txt --explain

Exit codes: 0 all published · 2 command line or list · 21 tarball · 23, 24 calibration · 25, 26 S3 · 27 references · 28 previews · 31-34 memory · 40, 41 mosaics · 1 anything else.
docs/failures.md explains each failure.`;

/** Makes the command; `answer` is told the exit code. */
export function processCommand(answer: (exitCode: number) => void): Command {
  const command = new Command('process')
    .description('Process a list of datasets: stage, calibrate, publish.')
    .argument('[datasets...]', 'names of datasets, or - for one a line on standard input')
    .option('--list <file>', 'read the names from a file, one a line, # for comments')
    .option(
      '-i, --input <uri>',
      'where the raw files are: file:<folder> or s3://<bucket>/<prefix>',
      'file:.',
    )
    .option('--explain', 'only say what would run and why', false)
    .option('--report <file>', 'write an HTML report of the run');
  return addRunOptions(command, { output: 'file:.', logLevel: 'fatal' })
    .addHelpText('after', examples)
    .action(async (datasets: string[], options: ProcessOptions) => {
      answer(await processDatasets(datasets, options));
    });
}
