import { badColumn, readColumnKeywords, type ColumnKeywords } from './column-keywords.ts';
import type { Header } from './header.ts';
import type { CellCoding, Column } from './table-column.ts';

/**
 * Reads the columns of an ASCII table (FITS 4.0, section 7.2).
 * @throws FitsError `BAD_TABLE` for a format outside the standard, and where cells do not fit into a row.
 */
export function readAsciiColumns(
  header: Header,
  { rowBytes }: { readonly rowBytes: number },
): readonly Column[] {
  return readColumnKeywords(header).map((keywords) => asciiColumn(header, { keywords, rowBytes }));
}

function asciiColumn(
  header: Header,
  { keywords, rowBytes }: { readonly keywords: ColumnKeywords; readonly rowBytes: number },
): Column {
  const { index, name, format, unit } = keywords;
  const { code, width, decimals } = parseFormat(header, keywords);
  const offset = header.integer(`TBCOL${index + 1}`) - 1;
  if (width < 1 || offset < 0 || offset + width > rowBytes) {
    const reason = `the cell does not fit into a row of ${rowBytes} bytes`;
    throw badColumn(header, `TBCOL${index + 1}`, reason);
  }
  const text = header.string(`TNULL${index + 1}`, { default: '' }).trim();
  const none = text === '' ? undefined : text;
  const coding = asciiCoding(code, { width, decimals, keywords, none });
  return {
    index,
    name,
    format,
    unit,
    offset,
    width,
    coding,
    null: undefined,
    dimensions: undefined,
  };
}

function parseFormat(
  header: Header,
  { index, format }: ColumnKeywords,
): { readonly code: string; readonly width: number; readonly decimals: number } {
  const match = /^([AIFED])(\d+)(?:\.(\d+))?$/i.exec(format);
  if (match === null) {
    throw badColumn(header, `TFORM${index + 1}`, `\`${format}\` is no column format`);
  }
  const [, code = '', width = '', decimals = '0'] = match;
  return { code: code.toUpperCase(), width: Number(width), decimals: Number(decimals) };
}

interface AsciiFormat {
  readonly width: number;
  readonly decimals: number;
  readonly keywords: ColumnKeywords;
  readonly none: string | undefined;
}

/** Integers that can be none, or are scaled, become real numbers: only these have NaN. */
function asciiCoding(code: string, { width, decimals, keywords, none }: AsciiFormat): CellCoding {
  const { scale, zero } = keywords;
  if (code === 'A') return { kind: 'string', perCell: 1, length: width };
  const plain = scale === 1 && zero === 0 && none === undefined;
  if (code === 'I' && plain) return { kind: 'ascii-integer', perCell: 1, width };
  const digits = code === 'I' ? 0 : decimals;
  return { kind: 'ascii-real', perCell: 1, width, decimals: digits, scale, zero, none };
}
