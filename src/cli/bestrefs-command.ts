import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import { answerHeaders, type HeaderAnswer } from '../crds/answer-headers.ts';
import type { BestReferences } from '../crds/best-references.ts';
import type { FileLookup } from '../crds/file-lookup.ts';
import { refuseFailures } from '../crds/refuse-failures.ts';
import { CaldpError } from '../errors/caldp-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { packageVersion } from '../system/package-version.ts';
import { commandCrds } from './crds-access.ts';
import { showTransfers } from './displays/show-transfers.ts';
import { table } from './displays/table.ts';
import { stopSignal } from './stop-signal.ts';
import { tellFailure } from './tell-failure.ts';

/** The options of `caldp bestrefs`, as commander gives them. */
interface BestrefsOptions {
  readonly headers?: string;
  readonly context?: string;
  readonly config?: string;
  readonly update: boolean;
  readonly json: boolean;
}

/** Makes the command; `answer` is told the exit code. */
export function bestrefsCommand(answer: (exitCode: number) => void): Command {
  return new Command('bestrefs')
    .description('Show the best CRDS references of files or headers, and write them if asked to.')
    .argument('[files...]', 'FITS files')
    .option('--headers <file>', 'a JSON list of headers instead of files')
    .option('--context <name>', 'rules to use, such as hst_0729.pmap (default: CRDS_CONTEXT)')
    .option(
      '-c, --config <name>',
      'onsite, offsite, aws, or a shell script (default: CRDS_* variables)',
    )
    .option('--update', 'fetch the references and write the headers of the files', false)
    .option('--json', 'answer as JSON', false)
    .action(async (files: string[], options: BestrefsOptions) => {
      answer(await bestrefs(files, options));
    });
}

async function bestrefs(files: readonly string[], options: BestrefsOptions): Promise<number> {
  const { headers, config, context } = options;
  if ((headers === undefined) === (files.length === 0)) {
    throw new CaldpError('Expected FITS files, or a list of headers with `--headers`, not both.', {
      code: 'COMMAND_LINE',
      advice: 'Name the files: `caldp bestrefs *_raw.fits`.',
      exit: 'CMDLINE_ERROR',
    });
  }
  const signal = stopSignal();
  const { best } = await commandCrds({ config, context, signal });
  if (headers !== undefined) return answerList(headers, { best, signal });
  let code: number = exitCodes.SUCCESS;
  for (const file of files) {
    if (!(await showFile(file, { best, signal, ...options }))) code = exitCodes.BESTREFS_ERROR;
  }
  return code;
}

interface Asking {
  readonly best: BestReferences;
  readonly signal: AbortSignal;
}

async function answerList(path: string, { best, signal }: Asking): Promise<number> {
  const headers = await readList(path);
  const answers = await answerHeaders(headers, best, { signal });
  process.stdout.write(answers.length === 0 ? '[]\n' : '[\n');
  answers.forEach((answer, index) => {
    const end = index === answers.length - 1 ? '\n]\n' : ',\n';
    process.stdout.write(`${indented(answer)}${end}`);
  });
  return exitCodes.SUCCESS;
}

/** One item at a time, because the list can be longer than a text can be. */
function indented(answer: HeaderAnswer): string {
  return JSON.stringify(answer, undefined, 1).replaceAll(/^/gm, ' ');
}

async function readList(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    throw new CaldpError(
      cause instanceof SyntaxError
        ? `\`${path}\` is no JSON: ${reason}.`
        : `\`${path}\` cannot be read: ${reason}.`,
      {
        code: 'CRDS_HEADER_INVALID',
        advice: 'Name a file with a list such as `[{"INSTRUME": "ACS", "DETECTOR": "HRC"}]`.',
        exit: 'CMDLINE_ERROR',
        cause,
      },
    );
  }
}

/** False when a file failed; the next one is shown all the same. */
async function showFile(
  path: string,
  { best, signal, update, json }: Asking & Pick<BestrefsOptions, 'update' | 'json'>,
): Promise<boolean> {
  try {
    const lookup = update
      ? await assigned(path, { best, signal })
      : await best.lookUpFile(path, { signal });
    process.stdout.write(
      json
        ? `${lookupLine(lookup)}\n`
        : `${lookupTable(lookup, { mark: update ? 'changed' : 'changes' })}\n`,
    );
    for (const { message } of lookup.warnings) process.stderr.write(`caldp: Warning: ${message}\n`);
    refuseFailures(lookup);
    return true;
  } catch (error) {
    tellFailure(error);
    return false;
  }
}

async function assigned(path: string, { best, signal }: Asking): Promise<FileLookup> {
  const transfers = showTransfers(process.stderr);
  const version = `caldp ${packageVersion()}`;
  return best.assign(path, { version, signal, onProgress: transfers.show }).finally(transfers.end);
}

interface Change {
  readonly keyword: string;
  readonly now: string;
  readonly best: string;
}

function changesOf({ updates, current }: FileLookup): readonly Change[] {
  return updates.map(({ keyword, value }) => ({
    keyword,
    now: current.get(keyword)?.trim() ?? '',
    best: value,
  }));
}

function lookupTable(lookup: FileLookup, { mark }: { readonly mark: string }): string {
  const rows = changesOf(lookup).map(({ keyword, now, best }) => [
    keyword,
    now,
    best,
    now.toLowerCase() === best.toLowerCase() ? '' : mark,
  ]);
  const failed = lookup.failures.map(({ keyword, reason }) => [
    keyword,
    lookup.current.get(keyword) ?? '',
    '',
    `not found: ${reason.trim()}`,
  ]);
  const head = ['keyword', 'in the file', 'best', ''];
  const title = `${basename(lookup.path)}: ${lookup.instrument} by ${lookup.context}`;
  return `${title}\n${table([head, ...rows, ...failed], { width: 120 })}`;
}

function lookupLine(lookup: FileLookup): string {
  const { path, context, instrument, failures } = lookup;
  return JSON.stringify({ path, context, instrument, references: changesOf(lookup), failures });
}
