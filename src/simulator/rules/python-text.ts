/** A value as the rules and the configuration of CRDS are written: Python literals. */
export type PythonValue =
  string | number | boolean | readonly PythonValue[] | { readonly [key: string]: PythonValue };

/** Writes a value as a Python literal; lists become tuples where `tuple` says so. Strings must be printable ASCII without backslash. */
export function pythonText(value: PythonValue, options: { readonly tuple?: boolean } = {}): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "\\'")}'`;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isList(value)) {
    const items = value.map((item) => pythonText(item, options));
    if (options.tuple !== true) return `[${items.join(', ')}]`;
    return items.length === 1 ? `(${items.join('')},)` : `(${items.join(', ')})`;
  }
  const entries = Object.entries(value).map(
    ([key, item]) => `${pythonText(key)} : ${pythonText(item, options)}`,
  );
  return `{${entries.join(', ')}}`;
}

function isList(value: PythonValue): value is readonly PythonValue[] {
  return Array.isArray(value);
}
