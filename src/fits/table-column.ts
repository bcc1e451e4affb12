import type { PixelCoding } from './decode-pixels.ts';

/** How one kind of cell is stored; `perCell` counts its values. */
export type CellCoding =
  | { readonly kind: 'number'; readonly perCell: number; readonly coding: PixelCoding }
  | { readonly kind: 'string'; readonly perCell: number; /** In bytes. */ readonly length: number }
  | { readonly kind: 'logical'; readonly perCell: number }
  | { readonly kind: 'bit'; readonly perCell: number }
  | { readonly kind: 'ascii-integer'; readonly perCell: 1; readonly width: number }
  | {
      readonly kind: 'ascii-real';
      readonly perCell: 1;
      readonly width: number;
      /** Digits after a decimal point that is not written. */
      readonly decimals: number;
      readonly scale: number;
      readonly zero: number;
      /** TNULLn: the text, without blanks around it, that means none (NaN). */
      readonly none: string | undefined;
    };

/** Cells of different lengths, kept in the heap after the rows; what is in the row says where. */
export interface VariableCoding {
  readonly kind: 'variable';
  /** Whether lengths and places have 8 bytes (Q) or 4 (P). */
  readonly wide: boolean;
  /** How the values in the heap are stored, with `perCell` = 1. */
  readonly element: Extract<CellCoding, { kind: 'number' | 'string' | 'logical' | 'bit' }>;
}

/** A column of a table. */
export interface Column {
  /** Counted from 0. */
  readonly index: number;
  /** TTYPEn without trailing blanks, in its own case; `colN` where there is none. */
  readonly name: string;
  /** TFORMn. */
  readonly format: string;
  /** TUNITn, or ''. */
  readonly unit: string;
  /** Where the cell begins in a row, in bytes. */
  readonly offset: number;
  /** The bytes of a cell in a row. */
  readonly width: number;
  readonly coding: CellCoding | VariableCoding;
  /** The physical value that means "none" in an integer column, or undefined. */
  readonly null: bigint | undefined;
  /** TDIMn, the first axis running fastest; undefined where there is none. */
  readonly dimensions: readonly number[] | undefined;
}
