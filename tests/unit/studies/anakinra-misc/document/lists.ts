/** Section 3 of the study document: the shared code lists. */
import { cell, cellsOf, tableWith } from './tables.ts';

export interface DocumentList {
  readonly id: string;
  /** In order, as written: "SC Subcutaneous/Sous-cutanée", or words without a code: "possible". */
  readonly entries: readonly string[];
}

const table = tableWith('3', 'List', 'Codes (EN / FR)');

export const documentLists: readonly DocumentList[] = table.rows.map((row) => {
  const cells = cellsOf(table, row);
  return {
    id: cell(cells, 'List').split(' ')[0] ?? '',
    // What a trailing bracket says about the list is no part of its last entry.
    entries: cell(cells, 'Codes (EN / FR)')
      .replace(/ ?(?:\((?:same|needed|the paper)[^)]*\)|\((?:needed).*\)|\[\d+\])$/u, '')
      .split(' · ')
      .map((entry) => entry.replaceAll('**', '').replaceAll('`', '').trim()),
  };
});
