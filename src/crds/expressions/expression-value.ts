/** What an expression of the rules evaluates to. */
export type ExpressionValue =
  | string
  | number
  | boolean
  | null
  | { readonly type: 'tuple' | 'list'; readonly items: readonly ExpressionValue[] };

/** Python's truth: empty texts and sequences, zero and `None` are false. */
export function isTrue(value: ExpressionValue): boolean {
  return typeof value === 'object' && value !== null ? value.items.length > 0 : Boolean(value);
}

/** The name of Python's type, for errors. */
export function pythonType(value: ExpressionValue): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'object') return value.type;
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  return Number.isInteger(value) ? 'int' : 'float';
}
