import type { Readable } from 'node:stream';

/** One line of a text. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** Without its end; no more than `longest` characters. */
  readonly text: string;
  /** Whether characters were dropped. */
  readonly cut: boolean;
}

/**
 * Splits UTF-8 text into lines as it is read. LF and CRLF end a line, a byte order mark at the beginning is dropped.
 * Holds one chunk and one line of at most `longest` characters, however long the lines of the text are.
 */
export async function* readLines(
  stream: Readable,
  { longest }: { readonly longest: number },
): AsyncGenerator<Line> {
  let number = 1;
  let text = '';
  let cut = false;
  const line = (): Line => ({ number, text: text.replace(/\r$/, ''), cut });
  stream.setEncoding('utf8');
  for await (const chunk of stream as AsyncIterable<string>) {
    const parts = (number === 1 && text === '' ? chunk.replace(/^\uFEFF/, '') : chunk).split('\n');
    for (const [index, part] of parts.entries()) {
      if (index > 0) {
        yield line();
        number += 1;
        text = '';
        cut = false;
      }
      const room = longest - text.length;
      cut ||= part.length > room;
      text += part.slice(0, room);
    }
  }
  if (text !== '' || cut) yield line();
}
