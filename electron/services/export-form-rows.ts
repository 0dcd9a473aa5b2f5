/** The rows of a form sheet: key columns, then every item's cells in the columns that the plan gives it. */
import { cellsOf, dayCell } from '#shared/export-plan/cells.ts';
import type { Cell, SheetColumn } from '#shared/export-plan/sheet.ts';
import { choicesOf, keyColumns, type ExportColumn, type FormSheet } from '#shared/export-plan.ts';
import type { ItemValue } from '#shared/record.ts';
import { reportedNumber } from '#shared/standard-number.ts';
import type { Item, Study } from '#shared/study.ts';
import type { ExportReader, ExportRow } from './export-rows.ts';

/** `listNames`: the defined name of each code list, by the list's id. */
export function formColumns(
  sheet: FormSheet,
  listNames: ReadonlyMap<string, string>,
): readonly SheetColumn[] {
  const keys = keyColumns.map(({ title, ...column }): SheetColumn => {
    return { ...column, width: 13, note: `${title.en}\n${title.fr}` };
  });
  const own = sheet.fields.flatMap(({ item, columns }) =>
    columns.map((column) => toSheetColumn(item, column, listNames)),
  );
  return [...keys, ...own];
}

function toSheetColumn(
  item: Item,
  column: ExportColumn,
  listNames: ReadonlyMap<string, string>,
): SheetColumn {
  const { name, kind, part, decimals, bounds } = column;
  const list = column.list === null ? undefined : listNames.get(column.list);
  const choices = choicesOf(part);
  const isFreeText = kind === 'text' && part === 'value' && list === undefined;
  const note = part === 'value' || part === 'choice' ? noteOf(item, column) : undefined;
  return {
    ...{ name, kind, bounds, width: Math.max(name.length + 3, isFreeText ? 24 : 11) },
    ...(decimals === null ? {} : { decimals }),
    ...(list === undefined ? {} : { list }),
    ...(choices === null ? {} : { choices }),
    ...(note === undefined ? {} : { note }),
  };
}

function noteOf(item: Item, { title, code }: ExportColumn): string {
  const unit = item.unit === undefined ? '' : ` (${item.unit})`;
  const choice = code === null ? '' : `: ${code}`;
  return `${title.en}${choice}${unit}\n${title.fr}${choice}${unit}`;
}

export interface FilledRow {
  readonly cells: readonly Cell[];
  /** Values of the database that went into the cells. */
  readonly values: number;
}

export interface FormRowSource {
  readonly study: Study;
  readonly reader: Pick<ExportReader, 'siteOf'>;
}

export function createFormRow(
  { study, reader }: FormRowSource,
  sheet: FormSheet,
): (row: ExportRow) => FilledRow {
  const time = sheet.form.groups.find((group) => group.time !== undefined)?.time;
  const analytes = new Map(study.analytes.map((analyte) => [analyte.id, analyte]));
  return ({ subject, event, state, row, values }) => {
    const at = time === undefined ? null : (values.get(time)?.text ?? null);
    const day = at === null ? null : dayCell(at.slice(0, 10));
    const inRow = (item: string): string | null => values.get(item)?.text ?? null;
    const cells: Cell[] = [study.id, reader.siteOf(subject), subject, event, day, sheet.form.id, row, state];
    let filled = 0;
    for (const field of sheet.fields) {
      const value = values.get(field.item.id);
      if (value !== undefined) filled += 1;
      const reported = (number: ItemValue) =>
        reportedNumber(field.item, number, inRow, (test) => analytes.get(test));
      cells.push(...cellsOf(field, value, reported));
    }
    return { cells, values: filled };
  };
}

/** Events in the order of the study, the instances of a repeating one by their number. */
export function createEventOrder(study: Study): (event: string) => number {
  const instances = study.events.flatMap(({ id, repeating }) => {
    if (repeating === undefined) return [id];
    const { first, last, except } = repeating;
    const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    return numbers.filter((number) => !except.includes(number)).map((number) => `${id}${number}`);
  });
  const order = new Map(instances.map((instance, index) => [instance, index]));
  return (event) => order.get(event) ?? Number.MAX_SAFE_INTEGER;
}
