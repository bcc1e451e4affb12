import { Command } from 'commander';
import { wholeNumber } from './option-values.ts';
import { runDemo, type DemoOptions } from './run-demo.ts';

/** Makes the command; `answer` is told the exit code. */
export function demoCommand(answer: (exitCode: number) => void): Command {
  return new Command('demo')
    .description(
      'Simulate an association and two single exposures, process them and compare the result with the truth.',
    )
    .option('-o, --output <folder>', 'where everything goes', 'caldp-demo')
    .option('--seed <n>', 'the same number gives the same data', wholeNumber(0), 1)
    .action(async (options: DemoOptions) => {
      answer(await runDemo(options));
    });
}
