import type { Card } from '../../fits/card.ts';
import type { CardValue } from '../../fits/card-value.ts';
import { readHeaders } from '../../fits/read-headers.ts';
import { pythonFloatText } from '../python/python-float-text.ts';

/** The keywords of a FITS file as rules look them up. */
export interface ExposureHeader {
  /** Keyword in upper case to value as text. */
  readonly values: Readonly<Record<string, string>>;
  /** Keywords whose cards hold no value that FITS allows, with what they hold. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/**
 * Reads the keywords of all HDUs of a file; where one comes more often the first counts, so the primary header before the others
 * (`crds/io/fits.py`).
 *
 * @throws FitsError for a file that is not FITS, the system's own errors, the signal's reason.
 */
export async function readExposureHeader(
  path: string,
  options: { readonly signal: AbortSignal },
): Promise<ExposureHeader> {
  const { hdus } = await readHeaders(path, options);
  const values = new Map<string, string>();
  const unreadable = new Map<string, string>();
  for (const { header } of hdus) {
    for (const card of header.parsedCards()) addCard(card, { values, unreadable });
  }
  values.set('FILE_FORMAT', 'FITS');
  return { values: Object.fromEntries(values), unreadable };
}

function addCard(
  card: Card,
  target: { readonly values: Map<string, string>; readonly unreadable: Map<string, string> },
): void {
  const keyword = card.keyword.toUpperCase();
  if (keyword === '' || target.values.has(keyword) || target.unreadable.has(keyword)) return;
  const text = valueText(card.value);
  if (text === undefined) target.unreadable.set(keyword, card.value.text);
  else target.values.set(keyword, text);
}

/** A value as Python's `str` writes it. A card without value gets a text that no rule knows. */
function valueText(value: CardValue): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'logical':
      return value.value ? 'True' : 'False';
    case 'integer':
      return String(value.value);
    case 'real':
      return pythonFloatText(value.value);
    case 'complex':
      return `(${pythonFloatText(value.value.real)}+${pythonFloatText(value.value.imaginary)}j)`;
    case 'undefined':
      return '<undefined>';
    case 'none':
      return value.text;
    case 'unreadable':
      return undefined;
  }
}
