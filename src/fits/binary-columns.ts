import { badColumn, readColumnKeywords, type ColumnKeywords } from './column-keywords.ts';
import type { Header } from './header.ts';
import type { PixelType } from './pixel-type.ts';
import { chooseScaling } from './scaling.ts';
import type { CellCoding, Column, VariableCoding } from './table-column.ts';

type ElementCoding = VariableCoding['element'];

/** Number codes of TFORMn: the type they are stored in, and how many of these make one value. */
const numberCodes: Partial<Record<string, { readonly type: PixelType; readonly parts: number }>> = {
  B: { type: 'uint8', parts: 1 },
  I: { type: 'int16', parts: 1 },
  J: { type: 'int32', parts: 1 },
  K: { type: 'int64', parts: 1 },
  E: { type: 'float32', parts: 1 },
  D: { type: 'float64', parts: 1 },
  C: { type: 'float32', parts: 2 },
  M: { type: 'float64', parts: 2 },
};
const bytesPerValue: Readonly<Record<string, number>> = {
  ...{ B: 1, I: 2, J: 4, K: 8, E: 4, D: 8, C: 8, M: 16, A: 1, L: 1, P: 8, Q: 16 },
};

/**
 * Reads the columns of a BINTABLE (FITS 4.0, section 7.3).
 * @throws FitsError `BAD_TABLE` for a format outside the standard, and where cells do not fit into a row.
 */
export function readBinaryColumns(
  header: Header,
  { rowBytes }: { readonly rowBytes: number },
): readonly Column[] {
  let offset = 0;
  return readColumnKeywords(header).map((keywords) => {
    const column = binaryColumn(header, { keywords, offset });
    offset += column.width;
    if (offset <= rowBytes) return column;
    throw badColumn(
      header,
      `TFORM${keywords.index + 1}`,
      `the columns need ${offset} bytes or more, a row has ${rowBytes}`,
    );
  });
}

function binaryColumn(
  header: Header,
  { keywords, offset }: { readonly keywords: ColumnKeywords; readonly offset: number },
): Column {
  const keyword = `TFORM${keywords.index + 1}`;
  const match = /^(\d*)([LXBIJKAEDCMPQ])(.*)$/i.exec(keywords.format);
  if (match === null)
    throw badColumn(header, keyword, `\`${keywords.format}\` is no column format`);
  const [, count = '', letter = '', rest = ''] = match;
  const repeat = count === '' ? 1 : Number(count);
  const code = letter.toUpperCase();
  const width = code === 'X' ? Math.ceil(repeat / 8) : repeat * (bytesPerValue[code] ?? 1);
  const blank = nullValue(header, keywords);
  const coding =
    code === 'P' || code === 'Q'
      ? variableCoding(header, { keywords, repeat, wide: code === 'Q', rest, blank })
      : cellCoding({ code, repeat, rest, keywords, blank });
  const { index, name, format, unit, dimensions } = keywords;
  const none = physicalNull(coding, { blank, zero: keywords.zero });
  return { index, name, format, unit, dimensions, offset, width, coding, null: none };
}

interface CellOptions {
  readonly code: string;
  readonly repeat: number;
  readonly rest: string;
  readonly keywords: ColumnKeywords;
  readonly blank: bigint | undefined;
}

function cellCoding(options: CellOptions): ElementCoding {
  const { code, repeat, rest, keywords } = options;
  if (code === 'L') return { kind: 'logical', perCell: repeat };
  if (code === 'X') return { kind: 'bit', perCell: repeat };
  const number = numberCodes[code];
  if (number === undefined) return stringCoding({ repeat, rest, keywords });
  const { scale, zero } = keywords;
  const plain = chooseScaling(number.type, { scale, zero });
  const scaling =
    plain.kind === 'linear'
      ? chooseScaling(number.type, { scale, zero, blank: options.blank })
      : plain;
  const coding = { stored: number.type, scaling };
  return { kind: 'number', perCell: repeat * number.parts, coding };
}

/** `60A20` and TDIM = `(20,3)` both make three strings of 20 characters. */
function stringCoding(options: Pick<CellOptions, 'repeat' | 'rest' | 'keywords'>): ElementCoding {
  const { repeat, rest, keywords } = options;
  const length = Number(/^\d+/.exec(rest)?.[0] ?? keywords.dimensions?.[0] ?? repeat);
  return length > 0 && length < repeat
    ? { kind: 'string', perCell: Math.floor(repeat / length), length }
    : { kind: 'string', perCell: 1, length: repeat };
}

function variableCoding(
  header: Header,
  options: Omit<CellOptions, 'code'> & { readonly wide: boolean },
): VariableCoding | CellCoding {
  const { keywords, repeat, wide, rest, blank } = options;
  const code = rest.slice(0, 1).toUpperCase();
  if (!/^[LXBIJKAEDCM]$/.test(code) || repeat > 1) {
    throw badColumn(
      header,
      `TFORM${keywords.index + 1}`,
      `\`${keywords.format}\` is no format of a variable-length column`,
    );
  }
  if (repeat === 0) return { kind: 'logical', perCell: 0 };
  const element = cellCoding({ code, repeat: 1, rest: '', keywords, blank });
  return { kind: 'variable', wide, element };
}

function nullValue(header: Header, { index }: ColumnKeywords): bigint | undefined {
  const value = header.card(`TNULL${index + 1}`)?.value;
  return value?.kind === 'integer' ? BigInt(value.value) : undefined;
}

function physicalNull(
  coding: CellCoding | VariableCoding,
  { blank, zero }: { readonly blank: bigint | undefined; readonly zero: number },
): bigint | undefined {
  const cell = coding.kind === 'variable' ? coding.element : coding;
  if (blank === undefined || cell.kind !== 'number') return undefined;
  switch (cell.coding.scaling.kind) {
    case 'none':
      return blank;
    case 'flip-sign':
      return blank + BigInt(zero);
    case 'linear':
      return undefined;
  }
}
