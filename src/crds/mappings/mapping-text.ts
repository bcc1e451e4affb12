import { LiteralReader } from '../python/literal-reader.ts';
import type { LiteralValue } from '../python/literal-value.ts';
import { parseLiteral } from '../python/parse-literal.ts';

/** The parts of a file of rules as they are written. */
export interface MappingText {
  readonly header: LiteralValue;
  readonly selector: LiteralValue;
}

/** Every selector that the Python client knows; which of them HST uses is for the reader of the rules to say. */
const selectors: ReadonlySet<string> = new Set([
  'Match',
  'UseAfter',
  'VersionAfter',
  'SelectVersion',
  'ClosestTime',
  'GeometricallyNearest',
  'Bracket',
]);

/**
 * Reads the text of a `.pmap`, `.imap` or `.rmap`: assignments to `header`, `selector` and `comment`, nothing else. The text is
 * parsed, never evaluated.
 *
 * @throws CaldpError `CRDS_FILE_INVALID` that tells the line.
 */
export function parseMappingText(text: string, options: { readonly source: string }): MappingText {
  const reader = new LiteralReader(text, options);
  const values = new Map<string, LiteralValue>();
  while (nextStatement(reader)) {
    const name = reader.takeName();
    if (name !== 'header' && name !== 'selector' && name !== 'comment') {
      return reader.fail('an assignment to `header`, `selector` or `comment` before this');
    }
    if (!reader.take('=')) reader.fail(`\`=\` after \`${name}\``);
    values.set(name, parseLiteral(reader, { calls: selectors }));
    endStatement(reader);
  }
  const header = values.get('header');
  const selector = values.get('selector');
  if (header === undefined || selector === undefined) {
    return reader.fail('both `header` and `selector`');
  }
  return { header, selector };
}

/** Passes empty lines; false at the end of the text. A statement begins at the start of its line. */
function nextStatement(reader: LiteralReader): boolean {
  for (;;) {
    const start = reader.position;
    reader.skipBlank();
    if (reader.position >= reader.text.length) return false;
    if (reader.code !== 0x0a) {
      return reader.position === start || reader.fail('a statement at the start of its line');
    }
    reader.position += 1;
  }
}

function endStatement(reader: LiteralReader): void {
  reader.skipBlank();
  if (reader.position < reader.text.length && reader.code !== 0x0a) {
    reader.fail('the end of the line');
  }
}
