import { cardBytes } from './block.ts';
import { FitsError } from './fits-error.ts';
import type { Header } from './header.ts';

/** What TTYPEn, TFORMn and their like say of one column, before its format is understood. */
export interface ColumnKeywords {
  readonly index: number;
  readonly name: string;
  readonly format: string;
  readonly unit: string;
  readonly scale: number;
  readonly zero: number;
  readonly dimensions: readonly number[] | undefined;
}

/**
 * Reads the keywords of all columns.
 * @throws FitsError where TFIELDS or a TFORMn is missing or no value of a column keyword can be used.
 */
export function readColumnKeywords(header: Header): readonly ColumnKeywords[] {
  const fields = header.integer('TFIELDS');
  if (fields < 0 || fields > 999) {
    throw badColumn(header, 'TFIELDS', `expected 0 to 999 columns, found ${fields}`);
  }
  return Array.from({ length: fields }, (_, index) => readOne(header, index));
}

function readOne(header: Header, index: number): ColumnKeywords {
  const number = index + 1;
  const dimensions = header.string(`TDIM${number}`, { default: '' });
  return {
    index,
    name: header.string(`TTYPE${number}`, { default: `col${number}` }).trimEnd(),
    format: header.string(`TFORM${number}`).trim(),
    unit: header.string(`TUNIT${number}`, { default: '' }),
    scale: header.number(`TSCAL${number}`, { default: 1 }),
    zero: header.number(`TZERO${number}`, { default: 0 }),
    dimensions: parseDimensions(dimensions),
  };
}

function parseDimensions(text: string): readonly number[] | undefined {
  const inner = /^\s*\(([\d,\s]+)\)\s*$/.exec(text)?.[1];
  return inner?.split(',').map(Number);
}

/** An error about a keyword of a column. */
export function badColumn(header: Header, keyword: string, reason: string): FitsError {
  const index = Math.max(0, header.indexOf(keyword));
  return new FitsError(`\`${keyword}\`: ${reason}.`, {
    ...header.place,
    offset: (header.place.offset ?? 0) + index * cardBytes,
    code: 'BAD_TABLE',
  });
}
