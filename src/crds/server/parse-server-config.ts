import { LiteralReader } from '../python/literal-reader.ts';
import { parseLiteral } from '../python/parse-literal.ts';
import { plainValue } from '../python/plain-value.ts';

/**
 * Reads the text of a `server_config`: one Python dictionary, parsed, never evaluated. Holds about ten times its size, 20 MB for
 * the real one.
 *
 * @throws CaldpError `CRDS_FILE_INVALID` that tells the line.
 */
export function parseServerConfig(text: string, options: { readonly source: string }): unknown {
  const reader = new LiteralReader(text.trim(), options);
  const value = parseLiteral(reader, { calls: new Set() });
  reader.skipBlank();
  return reader.position === reader.text.length ? plainValue(value) : reader.fail('the end');
}
