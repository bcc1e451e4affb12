import { crdsError } from '../crds-error.ts';
import type { KnownItems } from './plain-tuple.ts';

const deepest = 100;
const name = /[A-Za-z_][A-Za-z_0-9]*/y;

/** Walks through Python source text: blanks, comments, nesting, and errors that tell the line. */
export class LiteralReader {
  readonly text: string;
  /** What is read, for errors. */
  readonly source: string;
  position = 0;
  readonly knownItems: KnownItems = new Map();
  #depth = 0;

  constructor(text: string, options: { readonly source: string }) {
    this.text = text;
    this.source = options.source;
  }

  /** The character code at the position, NaN at the end. */
  get code(): number {
    return this.text.charCodeAt(this.position);
  }

  /** Passes blanks and comments, and line ends too where brackets are open. */
  skipBlank(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code === 0x23) this.#skipComment();
      else if (code === 0x20 || code === 0x09 || code === 0x0c) this.position += 1;
      else if (code === 0x0a && this.#depth > 0) this.position += 1;
      else return;
    }
  }

  /** Passes one sign after blanks; false when something else is there. */
  take(sign: string): boolean {
    this.skipBlank();
    if (!this.text.startsWith(sign, this.position)) return false;
    this.position += sign.length;
    return true;
  }

  /** Reads a name after blanks, or undefined when none begins here. */
  takeName(): string | undefined {
    this.skipBlank();
    return this.#match(name)?.[0];
  }

  /** Passes what fits a sticky pattern at the position. */
  takeMatch(pattern: RegExp): string | undefined {
    return this.#match(pattern)?.[0];
  }

  /** Opens a bracket: line ends are blanks until it closes. */
  enter(): void {
    this.#depth += 1;
    if (this.#depth > deepest) this.fail(`at most ${deepest} open brackets`);
  }

  /** Closes a bracket. */
  leave(): void {
    this.#depth -= 1;
  }

  /** Ends the reading: what was expected is not there. */
  fail(expected: string): never {
    const line = this.text.slice(0, this.position).split('\n').length;
    const found = JSON.stringify(this.text.slice(this.position, this.position + 20));
    throw crdsError('CRDS_FILE_INVALID', {
      message: `\`${this.source}\` cannot be read: line ${line}: expected ${expected}, found ${found}.`,
      advice:
        'Fetch the file again (`caldp crds sync`); where the server has the same text, it is newer than this version of caldp.',
    });
  }

  #skipComment(): void {
    const end = this.text.indexOf('\n', this.position);
    this.position = end < 0 ? this.text.length : end;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.position = pattern.lastIndex;
    return found;
  }
}
