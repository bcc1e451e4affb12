import type { LiteralSequence } from './literal-value.ts';

const plainItem = /^(?:'([^'\\\n]*)'|(-?(?:0|[1-9]\d*)(?:\.\d*)?))$/;

/** Items that were read, by how they are written; the thousands of keys of a file of rules are made of a few dozen. */
export type KnownItems = Map<string, string | number>;

/** The tuple of simple texts and numbers whose bracket opens at a position, and where it ends; undefined when it is any other. */
export function plainTuple(
  text: string,
  start: number,
  { known }: { readonly known: KnownItems },
): { readonly tuple: LiteralSequence; readonly end: number } | undefined {
  const close = text.indexOf(')', start);
  const written = text.slice(start + 1, close).split(', ');
  if (close < 0 || written.length < 2) return undefined;
  const items: (string | number)[] = [];
  for (const item of written) {
    const value = known.get(item) ?? readItem(item, known);
    if (value === undefined) return undefined;
    items.push(value);
  }
  return { tuple: { kind: 'tuple', items }, end: close + 1 };
}

function readItem(item: string, known: KnownItems): string | number | undefined {
  const [, text, number] = plainItem.exec(item) ?? [];
  const value = number === undefined ? text : Number(number);
  if (value !== undefined) known.set(item, value);
  return value;
}
