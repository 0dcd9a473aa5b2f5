/** What an engine gives back, held against what the design of the workbook says of each recorded value. */
import { planFormTables } from '#shared/push/plan.ts';
import type { Study } from '#shared/study.ts';
import { inFile, type ExpectedRows } from '../exports/expected-cells.ts';

export type EngineRow = Readonly<Record<string, unknown>>;

export const keyNames = ['studyid', 'siteid', 'subjid', 'visit', 'visitdate', 'form', 'repeat', 'formstatus'];

/** Column of the workbook → cell, as text; the same shape as `asWritten` gives for a row of an engine. */
export function asExpected(expected: ExpectedRows, form: string): Readonly<Record<string, EngineRow>> {
  const own = [...expected].filter(([key]) => key.startsWith(`${form}|`));
  return Object.fromEntries(
    own.map(([key, cells]) => [
      key,
      Object.fromEntries(Object.entries(cells).map(([name, { value }]) => [name.toLowerCase(), value])),
    ]),
  );
}

/** Rows of a form's table by the same key, their filled cells by the workbook's names. */
export function asWritten(
  study: Study,
  form: string,
  rows: readonly EngineRow[],
): Readonly<Record<string, EngineRow>> {
  const planned = planFormTables(study).find(({ sheet }) => sheet.form.id === form);
  if (planned === undefined) throw new Error(`there is no form ${form}`);
  const { sheet, table } = planned;
  const columns = sheet.fields.flatMap((field) => field.columns);
  return Object.fromEntries(
    rows.map((row) => {
      const key = `${form}|${String(row['subjid'])}|${String(row['visit'])}|${String(row['repeat'])}`;
      const cells = table.columns.slice(keyNames.length).flatMap((column, index) => {
        const cell = row[column.name];
        const name = columns[index]?.name.toLowerCase() ?? '';
        return cell === null || cell === undefined
          ? []
          : [[name, toCell(column.type, typeof cell === 'string' ? cell : JSON.stringify(cell))] as const];
      });
      return [key, Object.fromEntries(cells)];
    }),
  );
}

function toCell(type: string, text: string): string | number {
  switch (type) {
    case 'number':
    case 'bigint':
    case 'smallint':
      return Number(text);
    case 'date':
      return text;
    case 'timestamp':
      return text.slice(0, 16).replace(' ', 'T');
    default:
      return inFile(text);
  }
}
