import type { LiteralValue } from './literal-value.ts';

/** A Python literal as the value that JSON would give: dictionaries as objects, tuples and lists as arrays, calls as null. */
export function plainValue(value: LiteralValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  switch (value.kind) {
    case 'tuple':
    case 'list':
      return value.items.map(plainValue);
    case 'dict':
      // `fromEntries` defines own properties, so that no key of a file can reach a prototype.
      return Object.fromEntries(
        value.entries.map(([key, item]) => [
          typeof key === 'string' ? key : JSON.stringify(key),
          plainValue(item),
        ]),
      );
    case 'call':
      return null;
  }
}
