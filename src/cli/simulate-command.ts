import { Command, Option } from 'commander';
import { simulate } from '../simulator/simulate.ts';
import { caseNames, type CaseName } from '../simulator/simulation-case.ts';
import { wholeNumber } from './option-values.ts';

/** The options of `caldp simulate`, as commander gives them. */
interface SimulateOptions {
  readonly case: CaseName | 'all';
  readonly seed: number;
  readonly output: string;
}

/** Makes the command. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description(
      'Simulate datasets of ACS with their references, rules and the true image of the sky.',
    )
    .addOption(
      new Option('--case <name>', 'what to simulate').choices([...caseNames, 'all']).default('all'),
    )
    .option('--seed <n>', 'the same number gives the same files', wholeNumber(0), 1)
    .requiredOption('-o, --output <folder>', 'an empty or new folder for all of it')
    .action(async (options: SimulateOptions) => {
      const { signal } = new AbortController();
      const cases = options.case === 'all' ? caseNames : [options.case];
      const { seed, output } = options;
      const made = await simulate(output, {
        cases,
        seed,
        signal,
        say: (text) => {
          process.stderr.write(`caldp: simulating ${text}\n`);
        },
      });
      const ids = made.datasets.map(({ id }) => id).join(' ');
      process.stdout.write(
        `Simulated ${ids}\nTo process them:\n  caldp process ${ids} --config ${made.configuration} ` +
          `--input file:${made.rawFolder} --output file:<folder>\n`,
      );
    });
}
