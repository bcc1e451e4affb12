import { Option, type Command } from 'commander';
import type { PreviewStyle } from '../previews/preview-style.ts';
import { logLevels } from './logger.ts';
import { timeSpan, wholeNumber } from './option-values.ts';

/** The options that every command which runs the pipeline has, as commander gives them. */
export interface RunOptions {
  readonly output: string;
  readonly config: string;
  readonly references: 'assign' | 'keep';
  readonly calibrator: 'auto' | 'hstcal' | 'builtin';
  readonly strict: boolean;
  readonly previewStyle: PreviewStyle | 'none';
  readonly layout: 'tree' | 'calcloud';
  readonly jobs?: number;
  readonly maxInFlight?: number;
  /** Milliseconds. */
  readonly timeout: number;
  /** Milliseconds. */
  readonly grace: number;
  /** Milliseconds; default: what the message tree holds for right. */
  readonly lease?: number;
  readonly retries: number;
  readonly force: boolean;
  readonly keepWork: boolean;
  readonly json: boolean;
  readonly logLevel: string;
}

/** What differs between the commands. */
export interface RunDefaults {
  /** Where the trees go; a command without a default demands it. */
  readonly output?: string;
  readonly logLevel: string;
}

/** Adds the options of {@link RunOptions} to a command. */
export function addRunOptions(command: Command, defaults: RunDefaults): Command {
  const output = new Option(
    '-o, --output <uri>',
    'where the data and message trees go: file:<folder>',
  );
  if (defaults.output === undefined) output.makeOptionMandatory();
  else output.default(defaults.output);
  addTimes(addChoices(command.addOption(output)))
    .option('--jobs <n>', 'datasets calibrated at a time (default: half the CPUs)', wholeNumber(1))
    .option(
      '--max-in-flight <n>',
      'datasets between source and outcome (default: jobs + 2)',
      wholeNumber(1),
    )
    .option('--retries <n>', 'further tries after a failure that may pass', wholeNumber(0), 3)
    .option('--force', 'process finished datasets again', false)
    .option('--keep-work', 'keep the work directories of datasets that succeed', false)
    .option('--json', 'one event a line on standard output', false)
    .addOption(
      new Option('--log-level <level>', 'what goes to the log on standard error')
        .choices([...logLevels])
        .default(defaults.logLevel),
    );
  return command;
}

function addChoices(command: Command): Command {
  return command
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
    .option('--strict', 'fail datasets whose CTE correction only HSTCAL could make', false)
    .addOption(
      new Option('--preview-style <name>', 'how previews are drawn; none to make no previews')
        .choices(['standard', 'fitscut', 'none'])
        .default('standard'),
    )
    .addOption(
      new Option('--layout <name>', 'how the output is laid out')
        .choices(['tree', 'calcloud'])
        .default('tree'),
    );
}

function addTimes(command: Command): Command {
  return command
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
    .addOption(
      new Option(
        '--lease <time>',
        'silence of a process after which others take over (default: 5m)',
      ).argParser(timeSpan),
    );
}
