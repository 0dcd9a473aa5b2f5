/**
 * The form sheets of an exported workbook, read back into what would have to be typed to get them (export-plan.ts writes
 * them). Numbers come back with the zeros that were typed, which a numeric cell loses and the sheet AUDIT keeps.
 */
import {
  planFormSheets,
  keyColumns,
  type ExportColumn,
  type ExportField,
  type FormSheet,
} from '../export-plan.ts';
import { withNumber, longestSheetName } from '../export-plan/names.ts';
import type { ValuePlace } from '../record.ts';
import type { Study } from '../study.ts';
import {
  cellText,
  columnLetters,
  unescape as unescapeText,
  type SourceCell,
  type SourceRow,
  type SourceSheet,
} from './cell.ts';
import { createCollector, type ImportSource } from './values.ts';

export interface OwnWorkbook {
  readonly sheets: ReadonlyMap<string, SourceSheet>;
  /** What was typed last at a place, by exactKey(), for numbers. */
  readonly exact: ReadonlyMap<string, string>;
}

/** The sheet of the name, and those that continue it; for names that no form sheet begins with. */
export const isPartOf =
  (name: string) =>
  (sheet: string): boolean =>
    sheet === name || (sheet.startsWith(`${name}_`) && /^\d+$/u.test(sheet.slice(name.length + 1)));
export const isTrailSheet = isPartOf('AUDIT');

/** Form sheets with those that continue them. */
export function formSheetParts(
  study: Study,
  names: readonly string[],
): readonly { readonly sheet: FormSheet; readonly parts: readonly string[] }[] {
  const planned = planFormSheets(study);
  const own = new Set(planned.map(({ name }) => name));
  return planned.map((sheet) => {
    const parts = names.includes(sheet.name) ? [sheet.name] : [];
    for (let n = 2; parts.length === n - 1; n += 1) {
      const next = withNumber(sheet.name, n, longestSheetName);
      if (!own.has(next) && names.includes(next)) parts.push(next);
    }
    return { sheet, parts };
  });
}

/** Names of the columns that a form sheet has to begin with, in their order. */
export function columnNames(sheet: FormSheet): readonly string[] {
  return [
    ...keyColumns.map(({ name }) => name),
    ...sheet.fields.flatMap(({ columns }) => columns.map(({ name }) => name)),
  ];
}

export function exactKey(subject: string, { event, form, row, item }: ValuePlace): string {
  return `${subject}|${event}|${form}|${row}|${item}`;
}

const completeStates: ReadonlySet<string> = new Set(['complete', 'verified', 'signed', 'locked']);

export function readOwnWorkbook(study: Study, { sheets, exact }: OwnWorkbook): ImportSource {
  const collected = createCollector();
  const longTexts = readLongTexts(sheets);
  const counts = { empty: 0, calculated: 0 };
  for (const subject of listedSubjects(sheets)) collected.list(subject);
  for (const { sheet, parts } of formSheetParts(study, [...sheets.keys()])) {
    const fields = withPositions(sheet);
    for (const part of parts) {
      for (const row of sheets.get(part)?.rows.slice(1) ?? []) readRow(part, row, fields);
    }
  }
  return { subjects: collected.subjects(), refused: [], ...counts };

  function readRow(part: string, source: SourceRow, fields: readonly PlacedField[]): void {
    const key = (name: string): string =>
      cellText(source.cells[keyColumns.findIndex((column) => column.name === name)]);
    const subject = key('SUBJID');
    const [event, form, row] = [key('VISIT'), key('FORM'), Number(key('REPEAT'))];
    if (completeStates.has(key('FORMSTATUS'))) collected.complete(subject, { event, form });
    for (const { field, first, isAsked } of fields) {
      const cells = field.columns.map((_, index) => source.cells[first + index] ?? null);
      const isBlank = cells.every((cell) => cell === null);
      const { item } = field;
      if (item.type === 'calculated' || item.system !== undefined) {
        if (!isBlank) counts.calculated += 1;
        continue;
      }
      if (isBlank) {
        if (isAsked(row)) counts.empty += 1;
        continue;
      }
      const place = { event, form, row, item: item.id };
      const from = { sheet: part, row: source.number, column: columnLetters(first) };
      const textOf = (cell: SourceCell | null, column: ExportColumn): string =>
        longTexts.get(`${part} row ${source.number} ${column.name}`) ?? cellText(cell);
      const answer = answerOf(field, cells, textOf, exact.get(exactKey(subject, place)));
      collected.add(subject, { place, ...answer, alone: item.parts !== undefined, from });
    }
  }
}

interface PlacedField {
  readonly field: ExportField;
  /** Its first column, from 0. */
  readonly first: number;
  /** Items that don't repeat are asked in row 1 only. */
  readonly isAsked: (row: number) => boolean;
}

function withPositions({ form, fields }: FormSheet): readonly PlacedField[] {
  let next = keyColumns.length;
  const repeating = new Set(
    form.groups.flatMap((group) => (group.repeating ? group.items.map(({ id }) => id) : [])),
  );
  return fields.map((field) => {
    const first = next;
    next += field.columns.length;
    return { field, first, isAsked: (row) => row === 1 || repeating.has(field.item.id) };
  });
}

function answerOf(
  { item, columns }: ExportField,
  cells: readonly (SourceCell | null)[],
  textOf: (cell: SourceCell | null, column: ExportColumn) => string,
  exact: string | undefined,
): { readonly value: string | null; readonly missing: string | null } {
  const of = (part: ExportColumn['part']): string => {
    const index = columns.findIndex((column) => column.part === part);
    const column = columns[index];
    return column === undefined ? '' : textOf(cells[index] ?? null, column);
  };
  const missing = of('missing');
  if (missing !== '') return { value: null, missing };
  const answer = (value: string) => ({ value, missing: null });
  switch (item.type) {
    case 'multiple-choice':
      return answer(
        JSON.stringify(
          columns
            .filter(({ code }, index) => code !== null && cellText(cells[index]) === '1')
            .map(({ code }) => code),
        ),
      );
    case 'date':
    case 'date-time':
    case 'year-month':
    case 'partial-date':
      return answer(of('iso'));
    case 'integer':
    case 'decimal':
      return answer(asTyped(of('value'), exact));
    case 'comparator':
    case 'measurement': {
      const number = asTyped(of('value'), exact);
      if (item.parts !== undefined) return answer(number);
      const relation = of('relation') === '=' ? '' : of('relation');
      return answer([`${relation}${number}`, of('unit')].filter((part) => part !== '').join(' '));
    }
    default:
      return answer(of('value'));
  }
}

function asTyped(number: string, exact: string | undefined): string {
  return exact !== undefined && Number(exact) === Number(number) ? exact : number;
}

function listedSubjects(sheets: OwnWorkbook['sheets']): readonly string[] {
  const [header, ...rows] = sheets.get('01_SUBJECTS')?.rows ?? [];
  const column = header?.cells.findIndex((cell) => cellText(cell) === 'SUBJID') ?? -1;
  return column === -1 ? [] : rows.map(({ cells }) => cellText(cells[column]));
}

/** The texts that no cell could hold, by "sheet row n column". Spaces at the ends of a piece belong to it. */
function readLongTexts(sheets: OwnWorkbook['sheets']): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { cells } of sheets.get('LONGTEXT')?.rows.slice(1) ?? []) {
    const [sheet, row, column] = cells.map(cellText);
    const key = `${sheet ?? ''} row ${row ?? ''} ${column ?? ''}`;
    texts.set(key, (texts.get(key) ?? '') + rawText(cells[4]));
  }
  return texts;
}

function rawText(cell: SourceCell | null | undefined): string {
  return cell?.kind === 'text' ? unescapeText(cell.text) : cellText(cell);
}
