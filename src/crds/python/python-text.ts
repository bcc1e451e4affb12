/**
 * Writes text as Python's `repr` does: in single quotes unless it holds some and no double ones, with what cannot be printed
 * escaped. Answers of the Python client hold such texts.
 */
export function pythonText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = '';
  for (const character of text) body += escaped(character, quote);
  return quote + body + quote;
}

/** Writes a list of texts as Python's `repr` does. */
export function pythonTextList(texts: readonly string[]): string {
  return `[${texts.map(pythonText).join(', ')}]`;
}

/** Writes a tuple of texts as Python's `repr` does. */
export function pythonTextTuple(texts: readonly string[]): string {
  return texts.length === 1
    ? `(${texts.map(pythonText).join('')},)`
    : `(${texts.map(pythonText).join(', ')})`;
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string, quote: string): string {
  if (character === '\\' || character === quote) return `\\${character}`;
  const name = named[character];
  if (name !== undefined) return name;
  if (character >= ' ' && character <= '~') return character;
  return /[\p{C}\p{Z}]/u.test(character) ? numericEscape(character) : character;
}

function numericEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
