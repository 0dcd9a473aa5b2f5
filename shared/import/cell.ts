/** A cell of somebody's sheet, before it is known what it answers. */

/**
 * `text` is, by kind: the characters as the file has them · digits with a point · ISO 8601 day · ISO 8601 minute ·
 * the number in percent · "1" or "0" · "#N/A". A formula's cell has what the formula last gave.
 */
export interface SourceCell {
  readonly kind: 'text' | 'number' | 'day' | 'minute' | 'percent' | 'truth' | 'error';
  readonly text: string;
  readonly isFormula: boolean;
}

export interface SourceRow {
  /** As the sheet counts, from 1. */
  readonly number: number;
  /** By column from 0; blank cells are null or not there. */
  readonly cells: readonly (SourceCell | null)[];
}

export interface SourceSheet {
  readonly name: string;
  /** Rows without anything in them are left out. */
  readonly rows: readonly SourceRow[];
}

/** What a person reads in the cell, without spaces at its ends, the usual and the unbreakable kind. */
export function cellText(cell: SourceCell | null | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (cell.kind !== 'text') return cell.text;
  return unescape(cell.text).trim();
}

/** For a sheet whose first row names its columns. `of` gives the text of a row's cell in a column; none where there is no such column. */
export function byColumns(
  take: (of: (column: string) => string, row: SourceRow) => void,
): (row: SourceRow) => void {
  let header: ReadonlyMap<string, number> = new Map();
  return (row) => {
    if (row.number === 1) header = new Map(row.cells.map((cell, index) => [cellText(cell), index]));
    else take((column) => cellText(row.cells[header.get(column) ?? -1]), row);
  };
}

/** ECMA-376 part 1, 22.9.2.19: characters that XML can't hold are written _xHHHH_. */
export function unescape(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/gu, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** "A" is 0. */
export function columnLetters(column: number): string {
  let rest = column + 1;
  let letters = '';
  while (rest > 0) {
    const digit = (rest - 1) % 26;
    letters = String.fromCharCode(65 + digit) + letters;
    rest = (rest - 1 - digit) / 26;
  }
  return letters;
}
