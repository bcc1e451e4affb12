import { cardBytes, wholeBlocks } from './block.ts';
import { cardKeyword, parseContinued, unfitCharacter, type Card } from './card.ts';
import type { CardValue } from './card-value.ts';
import { FitsError, type FitsPlace } from './fits-error.ts';
import { headerBytes } from './header-bytes.ts';

/**
 * The cards of one HDU in their order, without END. Each is kept as its 80 characters (one a byte, latin-1) until something
 * puts another in its place, so that what nobody touched is written back bit for bit. Look-up finds the first card of a name.
 * Changes are made by the functions of `header-edit.ts`.
 */
export class Header {
  readonly place: FitsPlace;
  readonly #cards: string[];
  #firstOf: ReadonlyMap<string, number> | undefined;

  /** @throws RangeError for a card that has not 80 characters, is END, or holds what no header can. */
  constructor(cards: readonly string[], place: FitsPlace) {
    checkCards(cards);
    this.#cards = [...cards];
    this.place = place;
  }

  /** The card texts, each of 80 characters, a CONTINUE card being one of its own. */
  get cards(): readonly string[] {
    return this.#cards;
  }

  /** The number of bytes with END and padding. */
  get bytes(): number {
    return wholeBlocks((this.#cards.length + 1) * cardBytes);
  }

  /** A copy that can be changed alone. */
  copy(place: FitsPlace = this.place): Header {
    return new Header(this.#cards, place);
  }

  /** The position of the first card with this keyword, or -1. */
  indexOf(keyword: string): number {
    this.#firstOf ??= firstPositions(this.#cards);
    return this.#firstOf.get(keyword.toUpperCase()) ?? -1;
  }

  /** How many cards the one at a position takes: itself and the CONTINUE cards after it. */
  cardsAt(index: number): number {
    let end = index + 1;
    while (this.#cards[end]?.startsWith('CONTINUE') === true) end += 1;
    return end - index;
  }

  has(keyword: string): boolean {
    return this.indexOf(keyword) >= 0;
  }

  /** The first card with this keyword, CONTINUE cards joined. */
  card(keyword: string): Card | undefined {
    const index = this.indexOf(keyword);
    return index < 0 ? undefined : this.#parsedAt(index);
  }

  /** All cards in order, CONTINUE cards joined to what they continue. */
  *parsedCards(): Generator<Card> {
    for (let index = 0; index < this.#cards.length; index += this.cardsAt(index)) {
      yield this.#parsedAt(index);
    }
  }

  /**
   * The text of a string card without trailing blanks.
   * @throws FitsError `MISSING_KEYWORD` where it is absent and no default is given, `BAD_VALUE` where it is no string.
   */
  string(keyword: string, options: { readonly default?: string } = {}): string {
    const value = this.#value(keyword);
    if (value === undefined) return this.#orDefault(keyword, options.default);
    if (value.kind === 'string') return value.value;
    throw this.#unexpected(keyword, 'a string');
  }

  /** The number of an integer or real card; errors as `string`. */
  number(keyword: string, options: { readonly default?: number } = {}): number {
    const value = this.#value(keyword);
    if (value === undefined) return this.#orDefault(keyword, options.default);
    if (value.kind === 'real' || value.kind === 'integer') return Number(value.value);
    throw this.#unexpected(keyword, 'a number');
  }

  /** The number of an integer card, or of a real one without a fraction, exact to 2^53 - 1; errors as `string`. */
  integer(keyword: string, options: { readonly default?: number } = {}): number {
    const value = this.#value(keyword);
    if (value === undefined) return this.#orDefault(keyword, options.default);
    const number = value.kind === 'real' || value.kind === 'integer' ? value.value : undefined;
    if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
    throw this.#unexpected(keyword, 'an integer');
  }

  /** The value of a logical card; errors as `string`. */
  logical(keyword: string, options: { readonly default?: boolean } = {}): boolean {
    const value = this.#value(keyword);
    if (value === undefined) return this.#orDefault(keyword, options.default);
    if (value.kind === 'logical') return value.value;
    throw this.#unexpected(keyword, 'T or F');
  }

  /** Takes cards away at a position and puts others there. Card texts must have 80 characters, none END. */
  replaceAt(
    index: number,
    options: { readonly remove: number; readonly insert: readonly string[] },
  ): void {
    checkCards(options.insert);
    this.#cards.splice(index, options.remove, ...options.insert);
    this.#firstOf = undefined;
  }

  /** The bytes as they stand in a file: cards, END, blanks up to a whole block. */
  toBytes(): Buffer {
    return headerBytes(this.#cards);
  }

  #parsedAt(index: number): Card {
    return parseContinued(this.#cards.slice(index, index + this.cardsAt(index)));
  }

  #value(keyword: string): CardValue | undefined {
    return this.card(keyword)?.value;
  }

  #orDefault<Value>(keyword: string, value: Value | undefined): Value {
    if (value !== undefined) return value;
    throw new FitsError(`the header has no \`${keyword}\`.`, {
      ...this.place,
      code: 'MISSING_KEYWORD',
    });
  }

  #unexpected(keyword: string, expected: string): FitsError {
    const index = this.indexOf(keyword);
    const text = this.#value(keyword)?.text ?? '';
    const found = text === '' ? 'no value' : `\`${text.slice(0, 80)}\``;
    return new FitsError(`expected ${expected} for \`${keyword}\`, found ${found}.`, {
      ...this.place,
      offset: (this.place.offset ?? 0) + index * cardBytes,
      code: 'BAD_VALUE',
    });
  }
}

function firstPositions(cards: readonly string[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  cards.forEach((text, index) => {
    const keyword = cardKeyword(text);
    if (!positions.has(keyword)) positions.set(keyword, index);
  });
  return positions;
}

function checkCards(cards: readonly string[]): void {
  for (const text of cards) {
    if (text.length !== cardBytes || cardKeyword(text) === 'END' || unfitCharacter(text)) {
      throw new RangeError(`Expected a card of 80 characters, got ${JSON.stringify(text)}.`);
    }
  }
}
