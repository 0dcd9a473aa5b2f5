/** A sheet as lines of fields, whichever way round it was kept: one line a patient or visit, headers found by their words. */
import { cellText, columnLetters, type SourceCell, type SourceSheet } from './cell.ts';
import type { SourcePlace } from './values.ts';

export type Orientation = 'rows' | 'columns';

export interface Line {
  /** The row, or for patients as columns the column, counted from 1. */
  readonly number: number;
  readonly cells: readonly (SourceCell | null)[];
}

export interface Lines {
  readonly all: readonly Line[];
  placeOf(line: Line, field: number): SourcePlace;
}

export function linesOf(sheet: SourceSheet, orientation: Orientation): Lines {
  if (orientation === 'rows')
    return {
      all: sheet.rows,
      placeOf: ({ number }, field) => ({ sheet: sheet.name, row: number, column: columnLetters(field) }),
    };
  const columns: (SourceCell | null)[][] = [];
  for (const { number, cells } of sheet.rows) {
    cells.forEach((cell, index) => {
      if (cell === null) return;
      const column = (columns[index] ??= []);
      while (column.length < number - 1) column.push(null);
      column.push(cell);
    });
  }
  // Columns without anything leave holes.
  const all = Array.from(columns, (cells, index) => ({
    number: index + 1,
    cells: (cells as typeof cells | undefined) ?? [],
  }));
  return {
    all: all.filter(({ cells }) => cells.length > 0),
    placeOf: ({ number }, field) => ({
      sheet: sheet.name,
      row: field + 1,
      column: columnLetters(number - 1),
    }),
  };
}

/** As headers and words are compared: spaces, case and marks of no meaning left out. */
export function foldWord(text: string): string {
  return text.normalize('NFKC').replace(/[’`´]/gu, "'").replace(/\s+/gu, ' ').trim().toLowerCase();
}

export type FoundHeader =
  { readonly ok: true; readonly field: number } | { readonly ok: false; readonly fault: 'none' | 'several' };

export type FindHeader = (header: string) => FoundHeader;

/** "#3" is the third field. */
export function createHeaderFinder(header: Line | undefined): FindHeader {
  const fields = new Map<string, number[]>();
  header?.cells.forEach((cell, index) => {
    const word = foldWord(cellText(cell));
    if (word !== '') fields.set(word, [...(fields.get(word) ?? []), index]);
  });
  return (wanted) => {
    const [first, second] = fields.get(foldWord(wanted)) ?? [];
    if (first !== undefined)
      return second === undefined ? { ok: true, field: first } : { ok: false, fault: 'several' };
    const number = /^#(\d{1,7})$/u.exec(wanted)?.[1];
    return number === undefined || number === '0'
      ? { ok: false, fault: 'none' }
      : { ok: true, field: Number(number) - 1 };
  };
}
