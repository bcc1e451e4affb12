import { Command } from 'commander';
import { crdsReport, type CrdsReport } from '../crds/crds-report.ts';
import { syncContext } from '../crds/sync-context.ts';
import type { CaldpError } from '../errors/caldp-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { commandCrds } from './crds-access.ts';
import { inMegabytes, showTransfers } from './displays/show-transfers.ts';
import { stopSignal } from './stop-signal.ts';
import { tellError } from './tell-failure.ts';

/** The options of `caldp crds sync`, as commander gives them. */
interface SyncOptions {
  readonly context?: string;
  readonly config?: string;
  readonly references: boolean;
  readonly verify: boolean;
}

const configHelp = 'onsite, offsite, aws, or a shell script (default: CRDS_* variables)';

const contextHelp = 'such as hst_0729.pmap (default: CRDS_CONTEXT, else the operational one)';

/** Makes the command and its two; `answer` is told the exit code. */
export function crdsCommand(answer: (exitCode: number) => void): Command {
  const command = new Command('crds').description(
    'Fill and look at the cache of CRDS rules and references.',
  );
  command
    .command('sync')
    .description('Fetch the rules of a context, and its references where asked.')
    .option('--context <name>', contextHelp)
    .option('-c, --config <name>', configHelp)
    .option('--references', 'fetch every reference that the rules name', false)
    .option('--verify', 'read what is in the cache and compare checksums', false)
    .action(async (options: SyncOptions) => {
      answer(await fillCache(options));
    });
  command
    .command('info')
    .description('Show context, server, cache, and what is missing.')
    .option('--context <name>', contextHelp)
    .option('-c, --config <name>', configHelp)
    .action(async (options: Pick<SyncOptions, 'context' | 'config'>) => {
      answer(await showInfo(options));
    });
  return command;
}

async function fillCache({ context, config, references, verify }: SyncOptions): Promise<number> {
  const signal = stopSignal();
  const { crds, best } = await commandCrds({ config, context, signal });
  const transfers = showTransfers(process.stderr);
  const synced = await syncContext(crds, {
    context: await best.context(),
    references,
    verify: verify ? 'content' : 'size',
    signal,
    onProgress: transfers.show,
  }).finally(transfers.end);
  const fetched = synced.rules.filter((rules) => rules.fetched).length;
  process.stdout.write(
    `${String(synced.rules.length)} rules, ${String(fetched)} of them fetched now.\n`,
  );
  if (!references) return exitCodes.SUCCESS;
  const bytes = synced.references.reduce((sum, { size }) => sum + size, 0);
  process.stdout.write(
    `${String(synced.references.length)} references, ${inMegabytes(bytes)} in all.\n`,
  );
  tellFailures(synced.failures);
  return synced.failures.length === 0 ? exitCodes.SUCCESS : exitCodes.BESTREFS_ERROR;
}

/** A server that lacks many files lacks them for one reason: the first ones show it. */
const failuresShown = 10;

function tellFailures(failures: readonly CaldpError[]): void {
  failures.slice(0, failuresShown).forEach(tellError);
  if (failures.length <= failuresShown) return;
  process.stderr.write(`caldp: ${String(failures.length)} references could not be had in all.\n`);
}

async function showInfo({
  context,
  config,
}: Pick<SyncOptions, 'context' | 'config'>): Promise<number> {
  const signal = stopSignal();
  const { crds, best } = await commandCrds({ config, context, signal });
  const report = await crdsReport(crds, best, { signal });
  process.stdout.write(`${infoLines(report).join('\n')}\n`);
  return report.problems.length === 0 ? exitCodes.SUCCESS : exitCodes.BESTREFS_ERROR;
}

function infoLines({ context, server, cache, references, problems }: CrdsReport): string[] {
  const { named, present, bytes } = references;
  const asked = server.status === 'asked' ? 'answers' : 'not asked';
  const mode = cache.isReadOnly ? 'read only' : 'writable';
  return [
    `context     ${context ?? 'unknown'}`,
    `server      ${server.url} (${asked})`,
    `rules       ${cache.mappings}`,
    `references  ${cache.references} (${cache.layout}, ${mode})`,
    `            ${String(present)} of ${String(named)} there, ${inMegabytes(bytes)}`,
    `bad files   ${String(server.badFiles)} known`,
    ...problems.map((problem) => `problem     ${problem}`),
  ];
}
