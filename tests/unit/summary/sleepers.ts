/** Subjects of the small study, as a table sees them, and its table. */
import { createStudyModel } from '#shared/study-model.ts';
import type { ValuePlace } from '#shared/record.ts';
import { summarize, type SummaryRowResult, type TabledSubject } from '#shared/summary-table.ts';
import { readStudyFiles } from '../../../electron/study-files.ts';
import { sleepDiary } from '../studies/folders.ts';
import { settleChild, type Given } from '../studies/scenario.ts';

const { study } = readStudyFiles(sleepDiary);
if (study === null) throw new Error('the small study has faults');
export const { model } = createStudyModel(study);

export function sleeper(
  number: string,
  given: Given,
  contradicted: readonly ValuePlace[] = [],
): TabledSubject {
  const index = settleChild(model, given, { now: '2024-03-05T12:00' });
  return { index: { ...index, subject: number }, contradicted };
}

/** Began on 1 March 2024. */
export function intake(more: Readonly<Record<string, string>> = {}): Given {
  return { INTAKE: { intake_start: '2024-03-01', ...more } };
}

/** `sleepers` numbered from 01-S01 on. */
export function tableOf(...sleepers: readonly Given[]): (row: string) => SummaryRowResult {
  return rowsOf(sleepers.map((given, position) => sleeper(numberAt(position), given)));
}

export function rowsOf(subjects: readonly TabledSubject[]): (row: string) => SummaryRowResult {
  const rows = summarize(model, subjects).flatMap((table) =>
    table.sections.flatMap((section) => section.rows),
  );
  return (id) => {
    const row = rows.find((known) => known.row === id);
    if (row === undefined) throw new Error(`the table has no row ${id}`);
    return row;
  };
}

export function numberAt(position: number): string {
  return `01-S${String(position + 1).padStart(2, '0')}`;
}
