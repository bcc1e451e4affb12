/**
 * The fields of an object that was read from JSON or from a Python literal; undefined when the value is no object.
 *
 * What the server tells is checked by hand, not by a library of schemas: that library took longer to load than all rules of an instrument.
 */
export function jsonFields(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map<string, unknown>(Object.entries(value));
}
