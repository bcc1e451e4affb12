import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { CaldpError } from '../errors/caldp-error.ts';
import { DatasetNameError } from '../hst/dataset-name-error.ts';
import { parseDatasetName } from '../hst/dataset-name.ts';
import type { DatasetSource, SourceItem } from './dataset-source.ts';
import { readLines } from './lines.ts';

/** A text that should name a dataset, and where it stood. */
interface Entry {
  readonly text: string;
  readonly origin: string;
}

const longestLine = 4096;

/** Names given one by one, for example as arguments of a command. */
export function datasetArguments(names: readonly string[]): DatasetSource {
  const entries = names.map((text, index) => ({ text, origin: `argument ${String(index + 1)}` }));
  return datasetList('the arguments', entries);
}

/**
 * Names from a file, one a line. Blank lines and what follows a `#` are comments.
 *
 * @throws CaldpError `LIST_UNREADABLE`, as the source's error, when the file cannot be read.
 */
export function datasetFile(path: string): DatasetSource {
  return datasetList(
    path,
    entriesOf(path, () => createReadStream(path)),
  );
}

/** Names from a stream such as standard input, one a line, in the form of {@link datasetFile}. */
export function datasetStream(name: string, stream: Readable): DatasetSource {
  return datasetList(
    name,
    entriesOf(name, () => stream),
  );
}

/**
 * A dataset is asked for once however often it is named; each repetition comes out as `skipped`. A text that names no dataset
 * comes out as `rejected`, and so does a list that names none at all. Remembers the names that it has given out.
 */
function datasetList(name: string, entries: Iterable<Entry> | AsyncIterable<Entry>): DatasetSource {
  const items = itemsOf(name, entries);
  return {
    name,
    next: async () => {
      const { value, done } = await items.next();
      return done === true ? { status: 'done' } : value;
    },
  };
}

async function* itemsOf(
  name: string,
  entries: Iterable<Entry> | AsyncIterable<Entry>,
): AsyncGenerator<SourceItem, undefined> {
  const firstOrigins = new Map<string, string>();
  let empty = true;
  for await (const entry of entries) {
    empty = false;
    yield itemOf(entry, firstOrigins);
  }
  if (empty) yield emptyList(name);
  return undefined;
}

async function* entriesOf(name: string, open: () => Readable): AsyncGenerator<Entry> {
  try {
    for await (const line of readLines(open(), { longest: longestLine })) {
      const text = line.text.replace(/#.*/s, '').trim();
      if (text !== '') yield { text, origin: `${name} line ${String(line.number)}` };
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CaldpError(`The list \`${name}\` cannot be read: ${reason}.`, {
      code: 'LIST_UNREADABLE',
      advice: 'Give the path of a text file with one dataset name a line.',
      exit: 'CMDLINE_ERROR',
      cause,
    });
  }
}

function itemOf({ text, origin }: Entry, firstOrigins: Map<string, string>): SourceItem {
  try {
    const dataset = parseDatasetName(text);
    const first = firstOrigins.get(dataset.id);
    if (first !== undefined) {
      const reason = `already named in ${first}`;
      return { status: 'skipped', dataset, origin, because: 'repeated', reason };
    }
    firstOrigins.set(dataset.id, origin);
    return { status: 'requested', dataset, origin };
  } catch (error) {
    if (!(error instanceof DatasetNameError)) throw error;
    return rejected(text, { origin, reason: `${origin}: ${error.message}`, code: 'NAME_INVALID' });
  }
}

function emptyList(name: string): SourceItem {
  const reason = `The list \`${name}\` names no dataset.`;
  return rejected('', { origin: name, reason, code: 'LIST_EMPTY' });
}

function rejected(
  text: string,
  { origin, reason, code }: { origin: string; reason: string; code: string },
): SourceItem {
  const error = new CaldpError(reason, {
    code,
    advice: 'Correct the list and run it again: what is done already is skipped.',
    exit: 'CMDLINE_ERROR',
  });
  return { status: 'rejected', text: text.slice(0, 80), origin, error };
}
