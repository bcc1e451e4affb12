import { jsonFields } from '../json/json-fields.ts';

/** What the server knows of the bytes of one file. */
export interface ServerFile {
  readonly size: number | undefined;
  /** Hexadecimal. */
  readonly sha1: string | undefined;
}

/**
 * Reads a table of sizes and digests by file name; numbers come as text.
 *
 * @throws TypeError when it is no such table.
 */
export function parseServerFiles(raw: unknown): ReadonlyMap<string, ServerFile> {
  const table = jsonFields(raw);
  if (table === undefined) throw new TypeError('the table of files is not a dictionary');
  return new Map([...table].map(([name, value]) => [name, serverFile(name, value)]));
}

function serverFile(name: string, value: unknown): ServerFile {
  const fields = jsonFields(value);
  if (fields === undefined) throw new TypeError(`what is said of \`${name}\` is not a dictionary`);
  return { size: bytes(fields.get('size')), sha1: digest(fields.get('sha1sum')) };
}

function bytes(value: unknown): number | undefined {
  const size = typeof value === 'string' ? Number(value || NaN) : value;
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : undefined;
}

function digest(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return /^[0-9a-f]{40}$/.test(text) ? text : undefined;
}
