import { blockBytes, cardBytes } from './block.ts';
import { cardKeyword, unfitCharacter } from './card.ts';
import { FitsError, type FitsErrorCode } from './fits-error.ts';
import { Header } from './header.ts';

/** A request for bytes; what runs the scan answers with exactly these, synchronously or not. */
export interface ReadRequest {
  readonly position: number;
  readonly length: number;
}

/** Where a header begins, and in which file. */
export interface HeaderStart {
  readonly file: string;
  readonly hdu: number;
  readonly offset: number;
  /** The size of the file in bytes. */
  readonly size: number;
}

/** Most bytes of one header. The largest known, of drizzled mosaics with their HISTORY, have 1 MB. */
const largestHeader = blockBytes * 5_000;
/** What is read at first: most headers of HST fit. */
const firstRead = blockBytes * 4;

/**
 * Reads the header that begins at an offset, whole blocks at a time until END.
 * @throws FitsError where there is no FITS header, or it does not end.
 */
export function* scanHeader(start: HeaderStart): Generator<ReadRequest, Header, Uint8Array> {
  const end = Math.min(start.size, start.offset + largestHeader);
  const cards: string[] = [];
  let position = start.offset;
  for (let length = firstRead; ; length = Math.min(length * 2, blockBytes * 256)) {
    const left = end - position;
    length = Math.min(length, left - (left % blockBytes));
    if (length <= 0) throw withoutEnd(start, position);
    const bytes = yield { position, length };
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('latin1');
    if (position === start.offset) checkBeginning(text, start);
    if (takeCards(text, { cards, start })) {
      return new Header(cards, { file: start.file, hdu: start.hdu, offset: start.offset });
    }
    position += length;
  }
}

function takeCards(
  text: string,
  { cards, start }: { readonly cards: string[]; readonly start: HeaderStart },
): boolean {
  for (let at = 0; at < text.length; at += cardBytes) {
    const card = text.slice(at, at + cardBytes);
    if (cardKeyword(card) === 'END') return true;
    const unfit = unfitCharacter(card);
    if (unfit !== undefined) {
      const offset = start.offset + cards.length * cardBytes + unfit.at;
      throw failure(`expected header text, found ${JSON.stringify(unfit.character)}.`, {
        ...start,
        offset,
        code: 'BAD_HEADER',
      });
    }
    cards.push(card);
  }
  return false;
}

function checkBeginning(text: string, start: HeaderStart): void {
  const expected = start.hdu === 0 ? 'SIMPLE  =' : 'XTENSION=';
  if (text.startsWith(expected)) return;
  const code = start.hdu === 0 ? 'NOT_FITS' : 'BAD_HEADER';
  const found = JSON.stringify(text.slice(0, expected.length));
  throw failure(`expected \`${expected}\`, found ${found}.`, { ...start, code });
}

function withoutEnd(start: HeaderStart, position: number): FitsError {
  const large = position - start.offset >= largestHeader;
  return failure(
    large
      ? `expected END within ${largestHeader} bytes of header.`
      : `expected a header of whole blocks up to END, the file ends at byte ${start.size}.`,
    { ...start, code: large ? 'BAD_HEADER' : 'TRUNCATED' },
  );
}

function failure(
  reason: string,
  options: HeaderStart & { readonly code: FitsErrorCode },
): FitsError {
  const { file, hdu, offset, code } = options;
  return new FitsError(reason, { file, hdu, offset, code });
}
