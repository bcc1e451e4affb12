import { Command, Option } from 'commander';
import { timeSpan, wholeNumber } from './option-values.ts';
import { logLevels } from './logger.ts';
import { processDatasets } from './process-datasets.ts';
import type { ProcessOptions } from './process-options.ts';

const examples = `
Examples:
  caldp process j8cb010b0 jbz504010 -i file:/data/raw -o file:/data/out
  cat ids.txt | caldp process - -i file:/data/raw -o file:/data/out
  caldp process --list ids.txt --explain

Exit codes: 0 all published · 2 command line or list · 21 tarball · 23, 24 calibration · 25, 26 S3 · 31-34 memory · 40, 41 mosaics · 1 anything else.
docs/failures.md explains each failure.`;

/** Makes the command; `answer` is told the exit code. */
export function processCommand(answer: (exitCode: number) => void): Command {
  return new Command('process')
    .description('Process a list of datasets: stage, calibrate, publish.')
    .argument('[datasets...]', 'names of datasets, or - for one a line on standard input')
    .option('--list <file>', 'read the names from a file, one a line, # for comments')
    .option(
      '-i, --input <uri>',
      'where the raw files are: file:<folder> or s3://<bucket>/<prefix>',
      'file:.',
    )
    .option(
      '-o, --output <uri>',
      'where the data and message trees go: file:<folder> or s3://<bucket>/<prefix>',
      'file:.',
    )
    .option('-c, --config <name>', 'onsite, offsite, aws, or a shell script', 'onsite')
    .addOption(
      new Option('--references <how>', 'assign the best references, or keep those in the headers')
        .choices(['assign', 'keep'])
        .default('assign'),
    )
    .addOption(
      new Option('--calibrator <name>', 'which calibrator to use')
        .choices(['auto', 'hstcal', 'builtin'])
        .default('auto'),
    )
    .addOption(
      new Option('--preview-style <name>', 'how previews are drawn; none to make no previews')
        .choices(['standard', 'fitscut', 'none'])
        .default('standard'),
    )
    .addOption(
      new Option('--layout <name>', 'how the output is laid out')
        .choices(['tree', 'calcloud'])
        .default('tree'),
    )
    .option('--jobs <n>', 'datasets calibrated at a time (default: half the CPUs)', wholeNumber(1))
    .option(
      '--max-in-flight <n>',
      'datasets between list and outcome (default: jobs + 2)',
      wholeNumber(1),
    )
    .addOption(
      new Option('--timeout <time>', 'longest run of one program, such as 90s, 30m, 12h')
        .argParser(timeSpan)
        .default(timeSpan('12h'), '12h'),
    )
    .addOption(
      new Option('--grace <time>', 'after a signal, time for datasets under way to finish')
        .argParser(timeSpan)
        .default(timeSpan('20s'), '20s'),
    )
    .option('--retries <n>', 'further tries after a failure that may pass', wholeNumber(0), 3)
    .option('--force', 'process finished datasets again', false)
    .option('--explain', 'only say what would run and why', false)
    .option('--keep-work', 'keep the work directories of datasets that succeed', false)
    .option('--report <file>', 'write an HTML report of the run')
    .option('--json', 'one event a line on standard output', false)
    .addOption(
      new Option('--log-level <level>', 'what goes to the log on standard error')
        .choices([...logLevels])
        .default('fatal'),
    )
    .addHelpText('after', examples)
    .action(async (datasets: string[], options: ProcessOptions) => {
      answer(await processDatasets(datasets, options));
    });
}
