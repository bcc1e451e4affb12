import type { LiteralReader } from './literal-reader.ts';
import { readLiteralString } from './literal-string.ts';
import { PlainDict } from './plain-dict.ts';
import { plainTuple } from './plain-tuple.ts';
import type { LiteralCall, LiteralDict, LiteralSequence, LiteralValue } from './literal-value.ts';

const numberForm =
  /(?:0+(?![\d_])|[1-9](?:_?\d)*)?(?:(?<=\d)\.\d*|\.\d+)?(?:(?<=[\d.])[eE][+-]?\d+)?/y;
const constants: ReadonlyMap<string, LiteralValue> = new Map<string, LiteralValue>([
  ['None', null],
  ['True', true],
  ['False', false],
]);

/**
 * Reads one value: string, number, `None`, `True`, `False`, tuple, list, dictionary, and a call with one dictionary where
 * `calls` names it. Nothing is evaluated. Anything else is an error that tells the line.
 *
 * @throws CaldpError `CRDS_FILE_INVALID`.
 */
export function parseLiteral(
  reader: LiteralReader,
  options: { readonly calls: ReadonlySet<string> },
): LiteralValue {
  reader.skipBlank();
  switch (reader.text.charAt(reader.position)) {
    case "'":
    case '"':
      return readStrings(reader);
    case '{':
      return readDict(reader, options);
    case '(':
      return readTuple(reader, options);
    case '[':
      return readList(reader, options);
    case '-':
      reader.position += 1;
      reader.skipBlank();
      return -readNumber(reader);
    default:
      return readNumberOrName(reader, options);
  }
}

type Options = Parameters<typeof parseLiteral>[1];

function readStrings(reader: LiteralReader): string {
  let text = readLiteralString(reader);
  for (;;) {
    reader.skipBlank();
    const code = reader.code;
    if (code !== 0x27 && code !== 0x22) return text;
    text += readLiteralString(reader);
  }
}

function readNumberOrName(reader: LiteralReader, options: Options): LiteralValue {
  if (/[\d.]/.test(reader.text.charAt(reader.position))) return readNumber(reader);
  const start = reader.position;
  const name = reader.takeName();
  if (name === undefined) return reader.fail('a value');
  const constant = constants.get(name);
  if (constant !== undefined) return constant;
  if (options.calls.has(name) && reader.take('(')) return readCall(reader, { ...options, name });
  reader.position = start;
  return reader.fail('a value');
}

function readNumber(reader: LiteralReader): number {
  const text = reader.takeMatch(numberForm) ?? '';
  if (!/\d/.test(text) || /[\w.]/.test(reader.text.charAt(reader.position))) {
    return reader.fail('a number');
  }
  return Number(text.replaceAll('_', ''));
}

function readCall(
  reader: LiteralReader,
  options: Options & { readonly name: string },
): LiteralCall {
  reader.enter();
  const argument = parseLiteral(reader, options);
  if (typeof argument !== 'object' || argument?.kind !== 'dict') {
    return reader.fail(`a dictionary in \`${options.name}(...)\``);
  }
  if (!reader.take(')')) reader.fail('`)`');
  reader.leave();
  return { kind: 'call', name: options.name, argument };
}

function readDict(reader: LiteralReader, options: Options): LiteralDict {
  const plain = PlainDict.at(reader.text, reader.position);
  if (plain !== undefined) {
    reader.position = plain.end;
    return plain.dict;
  }
  reader.position += 1;
  reader.enter();
  const entries: (readonly [LiteralValue, LiteralValue])[] = [];
  for (;;) {
    if (reader.take('}')) break;
    const key = parseLiteral(reader, options);
    const plain = takePlainCall(reader, options);
    if (plain !== undefined) {
      entries.push([key, plain]);
      continue;
    }
    if (!reader.take(':')) reader.fail('`:` after a key');
    entries.push([key, parseLiteral(reader, options)]);
    if (!reader.take(',') && reader.text.charAt(reader.position) !== '}') reader.fail('`,` or `}`');
  }
  reader.leave();
  return { kind: 'dict', entries };
}

/** Passes ` : UseAfter({`, a dictionary of simple texts and `}),`, which is how files of rules end nearly every entry. */
function takePlainCall(reader: LiteralReader, { calls }: Options): LiteralCall | undefined {
  const { text, position } = reader;
  if (!text.startsWith(' : ', position)) return undefined;
  const open = text.indexOf('(', position);
  const name = text.slice(position + 3, open);
  if (!calls.has(name)) return undefined;
  const plain = PlainDict.at(text, open + 1);
  if (plain === undefined || !text.startsWith('),', plain.end)) return undefined;
  reader.position = plain.end + 2;
  return { kind: 'call', name, argument: plain.dict };
}

function readTuple(reader: LiteralReader, options: Options): LiteralValue {
  const plain = plainTuple(reader.text, reader.position, { known: reader.knownItems });
  if (plain !== undefined) {
    reader.position = plain.end;
    return plain.tuple;
  }
  const { items, commas } = readItems(reader, { ...options, close: ')' });
  const [only] = items;
  if (items.length === 1 && commas === 0 && only !== undefined) return only;
  return { kind: 'tuple', items };
}

function readList(reader: LiteralReader, options: Options): LiteralSequence {
  return { kind: 'list', items: readItems(reader, { ...options, close: ']' }).items };
}

function readItems(
  reader: LiteralReader,
  options: Options & { readonly close: string },
): { readonly items: readonly LiteralValue[]; readonly commas: number } {
  reader.position += 1;
  reader.enter();
  const items: LiteralValue[] = [];
  let commas = 0;
  while (!reader.take(options.close)) {
    items.push(parseLiteral(reader, options));
    if (reader.take(',')) commas += 1;
    else if (reader.text.charAt(reader.position) !== options.close) {
      reader.fail(`\`,\` or \`${options.close}\``);
    }
  }
  reader.leave();
  return { items, commas };
}
