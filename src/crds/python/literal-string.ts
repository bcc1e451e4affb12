import type { LiteralReader } from './literal-reader.ts';

const simple: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};
const widths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads a string literal whose opening quote is at the position: single, double or triple quoted, with Python's escapes. */
export function readLiteralString(reader: LiteralReader): string {
  const sign = reader.text.charAt(reader.position);
  const triple = sign.repeat(3);
  const quote = reader.text.startsWith(triple, reader.position) ? triple : sign;
  const start = reader.position + quote.length;
  const end = endOfString(reader, { quote, start });
  reader.position = end + quote.length;
  const body = reader.text.slice(start, end);
  return body.includes('\\') ? unescaped(body, reader) : body;
}

function endOfString(
  reader: LiteralReader,
  options: { readonly quote: string; readonly start: number },
): number {
  const { text } = reader;
  const sign = options.quote.charCodeAt(0);
  for (let at = options.start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === sign && text.startsWith(options.quote, at)) return at;
    if (code === 0x5c) at += 1;
    if (code === 0x0a && options.quote.length === 1) break;
  }
  return reader.fail('the end of this string on its line');
}

function unescaped(body: string, reader: LiteralReader): string {
  return body.replaceAll(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g,
    (whole: string, ...groups: readonly (string | undefined)[]) => {
      const [octal, two, four, eight, letter = ''] = groups;
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      const hex = two ?? four ?? eight;
      if (hex !== undefined) return fromHex(hex, reader);
      if (letter in widths || letter === 'N') return reader.fail('a complete escape in the string');
      return simple[letter] ?? whole;
    },
  );
}

function fromHex(hex: string, reader: LiteralReader): string {
  const code = parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : reader.fail('a character of Unicode');
}
