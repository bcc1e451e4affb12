import type { ColumnValues } from './table-reader.ts';

/** A column of a new binary table. */
export interface NewColumn {
  readonly name: string;
  /**
   * TFORMn, for example `1J`, `20A`, `3E`, `PD` for cells of different lengths. Complex values are pairs.
   * Typed arrays of unsigned integers (`uint16` as `1I` and so on) get the TZEROn that makes them so.
   */
  readonly format: string;
  readonly unit?: string;
  /** As `Table.values` gives them: for each row as many as the format says, or one entry in a column of variable length. */
  readonly values: ColumnValues;
}
