/** What a sheet of the workbook is, whoever writes it: named columns of one kind each, and rows of cells. */
import { toSignificant } from '../units.ts';

/** A day or a minute since 1970-01-01, local wall clock, becomes a true Excel date. */
export type Cell = null | string | number | { readonly day: number } | { readonly minute: number };

export type ColumnKind = 'text' | 'integer' | 'decimal' | 'date' | 'date-time';

export interface SheetColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Digits that are shown after the point; none: as many as the number has. */
  readonly decimals?: number;
  readonly width: number;
  /** Shown when the pointer rests on the header. */
  readonly note?: string;
  /** A defined name whose cells are the allowed entries. */
  readonly list?: string;
  /** The allowed entries, where they are few and no code list of the study has them. */
  readonly choices?: readonly string[];
  readonly bounds?: { readonly min?: number | undefined; readonly max?: number | undefined } | null;
}

/** A column, and what stands in it for a row of its sheet. */
export interface FilledColumn<Row> extends SheetColumn {
  readonly cell: (row: Row) => Cell;
}

export interface ReferenceSheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

export function fillRow<Row>(columns: readonly FilledColumn<Row>[], row: Row): readonly Cell[] {
  return columns.map(({ cell }) => cell(row));
}

export function fillSheet<Row>(
  name: string,
  columns: readonly FilledColumn<Row>[],
  rows: readonly Row[],
): ReferenceSheet {
  return { name, columns, rows: rows.map((row) => fillRow(columns, row)) };
}

type TextOf<Row> = (row: Row) => string | null | undefined;
type NumberOf<Row> = (row: Row) => number | null | undefined;

export function text<Row>(name: string, width: number, of: TextOf<Row>): FilledColumn<Row> {
  return { name, kind: 'text', width, cell: (row) => of(row) ?? null };
}

export function integer<Row>(name: string, width: number, of: NumberOf<Row>): FilledColumn<Row> {
  return { name, kind: 'integer', width, cell: (row) => of(row) ?? null };
}

/** With the digits that spreadsheet programs keep: saved again by one of them, the number is still the same. */
export function decimal<Row>(name: string, width: number, of: NumberOf<Row>): FilledColumn<Row> {
  return {
    ...{ name, kind: 'decimal', width },
    cell: (row) => {
      const number = of(row) ?? null;
      return number === null ? null : toSignificant(number, 15);
    },
  };
}

/** 1 or 0, never blank. */
export function flag<Row>(
  name: string,
  width: number,
  of: (row: Row) => boolean | undefined,
): FilledColumn<Row> {
  return { name, kind: 'integer', width, cell: (row) => (of(row) === true ? 1 : 0) };
}
