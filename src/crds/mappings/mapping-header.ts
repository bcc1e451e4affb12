import { crdsError } from '../crds-error.ts';
import {
  dictFields,
  isDict,
  sequenceItems,
  type LiteralDict,
  type LiteralValue,
} from '../python/literal-value.ts';

/** The header of a file of rules, read as the Python client reads it (`crds/core/rmap.py:LowerCaseDict`). */
export class MappingHeader {
  /** File name of the rules, for errors. */
  readonly source: string;
  readonly #fields: ReadonlyMap<string, LiteralValue>;

  constructor(header: LiteralValue, options: { readonly source: string }) {
    this.source = options.source;
    if (!isDict(header)) throw this.invalid('`header` is not a dictionary');
    this.#fields = dictFields(header);
  }

  has(key: string): boolean {
    return this.#fields.has(key);
  }

  /** A text in lower case, but as it stands where it is in round brackets, as expressions are; undefined when absent. */
  text(key: string): string | undefined {
    const value = this.#fields.get(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw this.invalid(`\`${key}\` is not a text`);
    return value.startsWith('(') && value.endsWith(')') ? value : value.toLowerCase();
  }

  /** A text that must be there. */
  required(key: string): string {
    const value = this.text(key);
    if (value === undefined) throw this.invalid(`its header has no \`${key}\``);
    return value;
  }

  /** A value as it is written. */
  value(key: string): LiteralValue | undefined {
    return this.#fields.get(key);
  }

  /** A tuple of texts as they are written; empty when absent. */
  names(key: string): readonly string[] {
    const value = this.#fields.get(key);
    return value === undefined ? [] : this.textItems(value, key);
  }

  /** A dictionary; undefined when absent. */
  dict(key: string): LiteralDict | undefined {
    const value = this.#fields.get(key);
    if (value === undefined || isDict(value)) return value;
    throw this.invalid(`\`${key}\` is not a dictionary`);
  }

  /** The items of a tuple, each of which must be a text. */
  textItems(value: LiteralValue, key: string): readonly string[] {
    const items = sequenceItems(value);
    if (items === undefined) throw this.invalid(`\`${key}\` is not a tuple`);
    return items.map((item) => {
      if (typeof item === 'string') return item;
      throw this.invalid(`\`${key}\` holds something that is not a text`);
    });
  }

  /** The error that these rules cannot be used. */
  invalid(reason: string): Error {
    return crdsError('CRDS_FILE_INVALID', {
      message: `The rules \`${this.source}\` cannot be used: ${reason}.`,
      advice:
        'Fetch the rules again (`caldp crds sync`); when they stay so, tell the CRDS team which file it is.',
    });
  }
}
