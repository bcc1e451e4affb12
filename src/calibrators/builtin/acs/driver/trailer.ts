import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Begins the line by which calacs finds where its own messages start. */
export const messagePrefix = 'CALBEG';

/**
 * The messages of a calibration, for the log and for the trailer files (`.tra`), kept as calacs keeps them: messages that arrive while
 * no trailer is open are buffered; the first message into a trailer throws the buffer away, after the preface, a copy of it made
 * earlier, was written. So some messages reach the log only. Reproduced, because trailers are compared line by line.
 */
export class Trailer {
  readonly #folder: string;
  readonly #log: (line: string) => void;
  #open: string | undefined;
  #last: string | undefined;
  #pending = '';
  #buffer = '';
  #preface = '';
  #usesPreface = false;

  constructor(folder: string, log: (line: string) => void) {
    this.#folder = folder;
    this.#log = log;
  }

  /** One message, which may have several lines. */
  message(text: string): void {
    for (const line of text.split('\n')) this.#log(line);
    if (this.#open === undefined) {
      this.#buffer += `${text}\n`;
      return;
    }
    if (this.#usesPreface && this.#preface !== '') {
      this.#pending += `${this.#preface}\n`;
      this.#usesPreface = false;
    }
    this.#pending += `${text}\n`;
    this.#buffer = '';
  }

  /** Two empty lines. */
  gap(): void {
    this.message('\n');
  }

  warning(text: string): void {
    this.message(`Warning    ${text}`);
  }

  /** A line for the log alone. */
  note(line: string): void {
    this.#log(line);
  }

  /** Makes what is buffered the preface of the next trailer. */
  keepPreface(): void {
    this.#preface = this.#buffer;
    this.#usesPreface = true;
  }

  /** Switches the preface off, or forgets it. */
  dropPreface(options: { readonly forget: boolean } = { forget: false }): void {
    this.#usesPreface = false;
    if (options.forget) this.#preface = '';
  }

  /** Opens a trailer file to append to it. */
  open(name: string): void {
    this.#open = name;
    this.#last = name;
  }

  /** Opens a trailer file and copies others into it first; each copy has its last line twice, as calacs copies. */
  openJoined(name: string, inputs: readonly string[]): void {
    this.open(name);
    if (inputs.join(',') === name) return;
    for (const input of inputs) {
      const path = join(this.#folder, input);
      if (existsSync(path)) this.#pending += withLastLineTwice(readFileSync(path, 'latin1'));
      else this.message(`ERROR:    Can't open file ${input}`);
    }
  }

  /** Opens a trailer file and removes what an earlier run wrote into it. */
  openRevised(name: string): void {
    const path = join(this.#folder, name);
    const exists = existsSync(path);
    this.message(`${exists ? 'Revising existing' : 'Creating new'} trailer file \`${name}'.`);
    if (exists) writeFileSync(path, beforeMessages(readFileSync(path, 'latin1')), 'latin1');
    this.open(name);
  }

  /** Writes what is pending and closes the trailer file. */
  close(): void {
    if (this.#open === undefined) return;
    appendFileSync(join(this.#folder, this.#open), this.#pending, 'latin1');
    this.#pending = '';
    this.#open = undefined;
  }

  /** Ends the run: what is still buffered goes to the trailer that was open last. */
  end(): void {
    this.close();
    if (this.#last !== undefined && this.#buffer !== '')
      appendFileSync(join(this.#folder, this.#last), this.#buffer, 'latin1');
    this.#buffer = '';
  }
}

function withLastLineTwice(text: string): string {
  const lines = text.split('\n');
  const last = lines.at(-2);
  return last === undefined ? text : `${text}${last}\n`;
}

/** The lines before the first one of calacs, or all of them and the last one again, and an empty line. */
function beforeMessages(text: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.includes(messagePrefix));
  if (first < 0) return `${withLastLineTwice(text)}\n`;
  return `${lines
    .slice(0, first)
    .map((line) => `${line}\n`)
    .join('')}\n`;
}
