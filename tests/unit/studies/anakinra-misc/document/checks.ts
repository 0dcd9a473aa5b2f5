/** Section 7 of the study document: each edit check as its table gives it. */
import { cell, cellsOf, tableWith } from './tables.ts';

export interface DocumentCheck {
  readonly id: string;
  readonly severity: 'hard' | 'soft' | 'information';
  /** The items concerned, in words: "ec_fs, ec_ef", "any date". */
  readonly fields: string;
  /** When it fires, in words. The table has no column for phases: all fire on save of the form and again at lock. */
  readonly condition: string;
  readonly message: { readonly en: string; readonly fr: string };
  readonly source: string;
}

const severities: Readonly<Record<string, DocumentCheck['severity']>> = {
  H: 'hard',
  S: 'soft',
  I: 'information',
};

const table = tableWith('7', 'ID', 'Sev', 'Fields', 'Condition that fires');

export const documentChecks: readonly DocumentCheck[] = table.rows.map((row) => {
  const cells = cellsOf(table, row);
  const letter = cell(cells, 'Sev');
  const severity = severities[letter];
  if (severity === undefined) throw new Error(`no check is of severity ${letter}`);
  return {
    id: cell(cells, 'ID'),
    severity,
    fields: cell(cells, 'Fields'),
    condition: cell(cells, 'Condition that fires'),
    message: { en: cell(cells, 'EN message'), fr: cell(cells, 'FR message') },
    source: cell(cells, 'Rationale / source'),
  };
});
