import type { LiteralDict } from './literal-value.ts';

/** A line that is not one entry of two simple texts: `'1992-01-01 00:00:00' : 'x_bia.fits',`. */
const otherLine = /^(?! *'[^'\\\n]*' *: *'[^'\\\n]*' *,$)/m;

/**
 * A dictionary of simple texts, one entry a line. Nearly all of every file of rules is such dictionaries, and of hundreds a header asks
 * for a few: the entries are checked as a whole at once and taken apart when they are first asked for. Holds the text of the file.
 */
export class PlainDict implements LiteralDict {
  readonly kind = 'dict';
  #lines: string;
  #entries: LiteralDict<string>['entries'] | undefined;

  private constructor(lines: string) {
    this.#lines = lines;
  }

  /** The dictionary whose bracket opens at a position, and where it ends; undefined when it is written in any other way. */
  static at(
    text: string,
    start: number,
  ): { readonly dict: PlainDict; readonly end: number } | undefined {
    if (!text.startsWith('{\n', start)) return undefined;
    const close = text.indexOf('}', start);
    const last = text.lastIndexOf('\n', close);
    if (close < 0 || last === start + 1 || text.slice(last + 1, close).trim() !== '')
      return undefined;
    const lines = text.slice(start + 2, last);
    return otherLine.test(lines) ? undefined : { dict: new PlainDict(lines), end: close + 1 };
  }

  get entries(): LiteralDict<string>['entries'] {
    if (this.#entries !== undefined) return this.#entries;
    this.#entries = this.#lines.split('\n').map((line) => {
      const [, key = '', , value = ''] = line.split("'");
      return [key, value];
    });
    this.#lines = '';
    return this.#entries;
  }
}
