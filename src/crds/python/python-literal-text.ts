import { pythonText } from './python-text.ts';

/**
 * Writes a value that JSON could hold as a Python literal, one entry of the outer dictionary a line, so that the Python client
 * can read it too.
 */
export function pythonLiteralText(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return inline(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${pythonText(key)}: ${inline(item)}`).join(',\n ')}}`;
}

function inline(value: unknown): string {
  if (typeof value === 'string') return pythonText(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null || value === undefined) return 'None';
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => `${pythonText(key)}: ${inline(item)}`);
  return `{${entries.join(', ')}}`;
}
