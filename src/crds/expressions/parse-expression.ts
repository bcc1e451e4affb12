import { LiteralReader } from '../python/literal-reader.ts';
import { parseLiteral } from '../python/parse-literal.ts';
import type { Comparator, Expression } from './expression.ts';

const words: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'if',
  'else',
  'is',
  'lambda',
]);
const sign = /==|!=|<=?|>=?/y;
const comparators: ReadonlyMap<string, Comparator> = new Map(
  (['==', '!=', '<=', '>=', '<', '>'] as const).map((text) => [text, text]),
);
const constants: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/**
 * Parses a predicate of a rules header: names, texts, numbers, tuples, lists, `and or not`, comparisons, `x if c else y`, minus.
 *
 * @throws CaldpError `CRDS_FILE_INVALID` for anything else: arithmetic, calls, attributes, subscripts.
 */
export function parseExpression(text: string, options: { readonly source: string }): Expression {
  const reader = new LiteralReader(text.trim(), { source: `${options.source} (${text})` });
  const expression = readChoice(reader);
  reader.skipBlank();
  return reader.position === reader.text.length ? expression : reader.fail('the end');
}

function readChoice(reader: LiteralReader): Expression {
  const then = readJoined(reader, 'or');
  if (!takeWord(reader, 'if')) return then;
  const test = readJoined(reader, 'or');
  if (!takeWord(reader, 'else')) reader.fail('`else`');
  reader.enter();
  const otherwise = readChoice(reader);
  reader.leave();
  return { kind: 'if', test, then, otherwise };
}

function readJoined(reader: LiteralReader, kind: 'and' | 'or'): Expression {
  const operands: Expression[] = [];
  do operands.push(kind === 'or' ? readJoined(reader, 'and') : readNegation(reader));
  while (takeWord(reader, kind));
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only : { kind, operands };
}

function readNegation(reader: LiteralReader): Expression {
  if (!takeWord(reader, 'not')) return readComparison(reader);
  reader.enter();
  const operand = readNegation(reader);
  reader.leave();
  return { kind: 'not', operand };
}

function readComparison(reader: LiteralReader): Expression {
  const first = readSigned(reader);
  const rest: { comparator: Comparator; operand: Expression }[] = [];
  for (let sign = takeComparator(reader); sign !== undefined; sign = takeComparator(reader)) {
    rest.push({ comparator: sign, operand: readSigned(reader) });
  }
  return rest.length === 0 ? first : { kind: 'compare', first, rest };
}

function takeComparator(reader: LiteralReader): Comparator | undefined {
  reader.skipBlank();
  const found = comparators.get(reader.takeMatch(sign) ?? '');
  if (found !== undefined) return found;
  if (takeWord(reader, 'in')) return 'in';
  const start = reader.position;
  if (takeWord(reader, 'not')) {
    if (takeWord(reader, 'in')) return 'not in';
    reader.position = start;
  }
  return undefined;
}

function readSigned(reader: LiteralReader): Expression {
  if (!reader.take('-')) return readAtom(reader);
  reader.enter();
  const operand = readSigned(reader);
  reader.leave();
  return { kind: 'negate', operand };
}

function readAtom(reader: LiteralReader): Expression {
  if (reader.take('(')) return readSequence(reader, ')');
  if (reader.take('[')) return readSequence(reader, ']');
  const start = reader.position;
  const name = reader.takeName();
  if (name === undefined) return readConstant(reader);
  if (words.has(name)) {
    reader.position = start;
    return reader.fail('a value');
  }
  const constant = constants.get(name);
  return constant === undefined ? { kind: 'name', name } : { kind: 'constant', value: constant };
}

function readConstant(reader: LiteralReader): Expression {
  if (!/['"\d.]/.test(reader.text.charAt(reader.position))) return reader.fail('a value');
  const value = parseLiteral(reader, { calls: new Set() });
  if (typeof value === 'string' || typeof value === 'number') return { kind: 'constant', value };
  return reader.fail('a text or a number');
}

function readSequence(reader: LiteralReader, close: ')' | ']'): Expression {
  reader.enter();
  const items: Expression[] = [];
  let commas = 0;
  while (!reader.take(close)) {
    items.push(readChoice(reader));
    if (reader.take(',')) commas += 1;
    else if (reader.text.charAt(reader.position) !== close) reader.fail(`\`,\` or \`${close}\``);
  }
  reader.leave();
  const [only] = items;
  if (close === ')' && items.length === 1 && commas === 0 && only !== undefined) return only;
  return { kind: 'sequence', type: close === ')' ? 'tuple' : 'list', items };
}

function takeWord(reader: LiteralReader, word: string): boolean {
  reader.skipBlank();
  const { text, position } = reader;
  if (!text.startsWith(word, position)) return false;
  if (/\w/.test(text.charAt(position + word.length))) return false;
  reader.position += word.length;
  return true;
}
