/** A value of a Python literal: numbers are doubles, for nothing in CRDS files needs whole numbers beyond 2^53. */
export type LiteralValue =
  string | number | boolean | null | LiteralSequence | LiteralDict | LiteralCall;

/** A tuple or a list. */
export interface LiteralSequence {
  readonly kind: 'tuple' | 'list';
  readonly items: readonly LiteralValue[];
}

/** A dictionary, entries as they are written; where a key comes twice the last one holds. */
export interface LiteralDict<Content extends LiteralValue = LiteralValue> {
  readonly kind: 'dict';
  readonly entries: readonly (readonly [Content, Content])[];
}

/** A selector: the only kind of call that files of rules hold. */
export interface LiteralCall {
  readonly kind: 'call';
  readonly name: string;
  readonly argument: LiteralDict;
}

/** The values of a dictionary by its keys that are text; other keys are left out. */
export function dictFields(dict: LiteralDict): ReadonlyMap<string, LiteralValue> {
  const fields = new Map<string, LiteralValue>();
  for (const [key, value] of dict.entries) if (typeof key === 'string') fields.set(key, value);
  return fields;
}

/** Whether a value is a dictionary. */
export function isDict(value: LiteralValue | undefined): value is LiteralDict {
  return typeof value === 'object' && value !== null && value.kind === 'dict';
}

/** The items of a tuple or list, or undefined when the value is neither. */
export function sequenceItems(
  value: LiteralValue | undefined,
): readonly LiteralValue[] | undefined {
  return typeof value === 'object' && value !== null && 'items' in value ? value.items : undefined;
}
