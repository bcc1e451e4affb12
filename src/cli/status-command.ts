import fs from 'node:fs/promises';
import { Command, Option } from 'commander';
import { parseOutputUri } from '../config/data-uri.ts';
import { systemClock } from '../ports/clock.ts';
import { calcloudLayout } from '../sinks/calcloud-layout.ts';
import type { DatasetState, MessageTree } from '../sinks/message-tree.ts';
import { StoreMessageTree } from '../sinks/store-message-tree.ts';
import { treeLayout } from '../sinks/tree-layout.ts';
import { thisProcess } from '../system/process-identity.ts';
import { table } from './displays/table.ts';
import { openOutput } from './run-tools.ts';

/** The options of `caldp status`, as commander gives them. */
interface StatusOptions {
  readonly layout: 'tree' | 'calcloud';
  readonly json: boolean;
}

/** Makes the command. */
export function statusCommand(): Command {
  return new Command('status')
    .description('List the datasets of an output and their states.')
    .argument('<output>', 'the output of `caldp process`: file:<folder> or s3://<bucket>/<prefix>')
    .addOption(
      new Option('--layout <name>', 'how the output is laid out')
        .choices(['tree', 'calcloud'])
        .default('tree'),
    )
    .option('--json', 'one dataset a line on standard output', false)
    .action(async (output: string, { layout, json }: StatusOptions) => {
      const store = await openOutput(parseOutputUri(output, { base: process.cwd() }));
      const self = await thisProcess({ fileSystem: fs });
      const names = layout === 'calcloud' ? calcloudLayout : treeLayout;
      const messages = new StoreMessageTree(store, {
        layout: names,
        clock: systemClock,
        self,
        fileSystem: fs,
      });
      if (json) {
        for await (const line of statusLines(messages)) process.stdout.write(`${line}\n`);
      } else {
        const width = process.stdout.isTTY ? process.stdout.columns : 120;
        process.stdout.write(`${await statusReport(messages, { width })}\n`);
      }
    });
}

/** What `caldp status` prints: one row a dataset, then the counts. Holds one row for each dataset. */
async function statusReport(
  messages: MessageTree,
  { width }: { readonly width: number },
): Promise<string> {
  const rows: string[][] = [];
  const counts = new Map<string, number>();
  for await (const { dataset, state } of messages.list()) {
    const words = stateWords(state);
    counts.set(words.state, (counts.get(words.state) ?? 0) + 1);
    rows.push([dataset.id, words.state, words.since, words.why]);
  }
  if (rows.length === 0) return 'No dataset has a message here.';
  const totals = [...counts].map(([state, count]) => `${String(count)} ${state}`).join(', ');
  return `${table([['dataset', 'state', 'since', 'why'], ...rows], { width })}\n${totals}`;
}

/** The same as lines of JSON. */
async function* statusLines(messages: MessageTree): AsyncGenerator<string> {
  for await (const { dataset, state } of messages.list()) {
    yield JSON.stringify({ dataset: dataset.id, ...stateWords(state) });
  }
}

interface StateWords {
  readonly state: string;
  /** ISO 8601, or empty. */
  readonly since: string;
  readonly why: string;
}

function stateWords(state: DatasetState): StateWords {
  switch (state.status) {
    case 'none':
      return { state: 'none', since: '', why: '' };
    case 'processed':
    case 'synced':
    case 'archived':
      return { state: state.status, since: state.since.toISOString(), why: '' };
    case 'error': {
      const { error, problem = '' } = state;
      const why =
        error === undefined ? problem : `${error.message} ${error.advice} [${error.code}]`;
      return { state: 'error', since: state.since.toISOString(), why };
    }
    case 'processing': {
      const since = state.since.toISOString();
      const holder = state.lease === undefined ? (state.problem ?? '') : holderOf(state.lease);
      return state.stale
        ? { state: 'abandoned', since, why: `${holder} is gone; the next run takes it up again.` }
        : { state: 'processing', since, why: holder };
    }
  }
}

function holderOf({ pid, host, attempt }: { pid: number; host: string; attempt: number }): string {
  return `Process ${String(pid)} on ${host}, attempt ${String(attempt)}`;
}
