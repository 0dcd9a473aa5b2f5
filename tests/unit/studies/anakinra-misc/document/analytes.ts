/** Section 5 of the study document: the laboratory tests with storage unit, limits and LOINC codes. */
import { readLimit, type Limit } from './remarks.ts';
import { cell, cellsOf, tableWith } from './tables.ts';

export interface DocumentAnalyte {
  readonly id: string;
  readonly unit: string;
  readonly hard: Limit | null;
  readonly soft: Limit | null;
  readonly loinc: readonly string[];
}

const table = tableWith('5', 'test id', 'Canon (UCUM)', 'H (canon)', 'S at admission');

/** "inr / tp" are two tests, and so are the parts of their cells. */
export const documentAnalytes: readonly DocumentAnalyte[] = table.rows.flatMap((row) => {
  const cells = cellsOf(table, row);
  const ids = cell(cells, 'test id').split(' / ');
  const part = (column: string, index: number): string => {
    const parts = cell(cells, column).split(' / ');
    return (parts.length === ids.length ? parts[index] : parts[0]) ?? '';
  };
  return ids.map((id, index): DocumentAnalyte => ({
    id,
    unit: part('Canon (UCUM)', index).replace(/ \(=.*$/u, ''),
    hard: limitOf(part('H (canon)', index)),
    soft: limitOf(part('S at admission', index)),
    loinc: cell(cells, 'LOINC').match(/\d{3,5}-\d\b/gu) ?? [],
  }));
});

/** Before the first remark. */
function limitOf(text: string): Limit | null {
  return readLimit(text.split(';')[0] ?? '');
}
