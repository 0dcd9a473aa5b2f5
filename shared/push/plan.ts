/**
 * The tables that a study's data become on a data centre's own engine: one typed wide table a form with the columns of
 * its sheet, one long table of all values, and the sheets that explain them.
 */
import {
  planFormSheets,
  codeListsOf,
  keyColumns,
  type ExportColumn,
  type FormSheet,
} from '../export-plan.ts';
import type { SheetColumn } from '../export-plan/sheet.ts';
import type { Item, Study } from '../study.ts';
import { toPushNames, typeOfSheetColumn, type PushColumn, type PushTable } from './table.ts';

/** Raised when the same state would give other tables: then what an older version loaded is loaded anew. */
export const layoutVersion = 1;

export interface FormTable {
  readonly sheet: FormSheet;
  readonly table: PushTable;
}

/** In the order of the study's forms; their columns are those of formSheets, in the same order. */
export function planFormTables(study: Study): readonly FormTable[] {
  const sheets = planFormSheets(study);
  // "form_" before each: AND, END and IS are forms, and words of SQL.
  const names = toPushNames(sheets.map(({ name }) => `form_${name}`));
  const codes = new Map(codeListsOf(study).map((list) => [list.id, list.codes]));
  return sheets.map((sheet, index) => ({
    sheet,
    table: {
      name: names[index] ?? `form_${sheet.form.id}`,
      comment: `${sheet.form.name.en}\n${sheet.form.name.fr}`,
      columns: formColumns(sheet, codes),
      key: valueKey.slice(0, -1),
      ofSubjects: true,
    },
  }));
}

type Codes = ReadonlyMap<string, Study['codeLists'][number]['codes']>;

const states = ['empty', 'in-progress', 'complete', 'verified', 'signed', 'locked'];
const relations = ['=', '<', '<=', '>', '>='];
const precisions = ['year', 'month', 'day', 'minute'];
const valueKey = ['siteid', 'subjid', 'visit', 'form', 'repeat', 'item'];

function formColumns(sheet: FormSheet, codes: Codes): readonly PushColumn[] {
  const keys = keyColumns.map(({ name, kind, title }): PushColumn => ({
    name: name.toLowerCase(),
    type: name === 'REPEAT' ? 'smallint' : typeOfSheetColumn(name, kind),
    required: name !== 'VISITDATE',
    comment: `${title.en}\n${title.fr}`,
    allowed: name === 'FORMSTATUS' ? states : name === 'FORM' ? [sheet.form.id] : null,
  }));
  const planned = sheet.fields.flatMap(({ item, columns }) => columns.map((column) => ({ item, column })));
  const names = toPushNames(
    planned.map(({ column }) => column.name),
    keys.map(({ name }) => name),
  );
  const own = planned.map(({ item, column }, index): PushColumn => ({
    name: names[index] ?? column.name,
    type: column.part === 'choice' ? 'smallint' : typeOfSheetColumn('', column.kind),
    required: false,
    comment: commentOf(item, column, codes),
    allowed: allowedIn(column, codes),
  }));
  return [...keys, ...own];
}

function allowedIn({ part, list }: ExportColumn, codes: Codes): PushColumn['allowed'] {
  if (part === 'choice') return [0, 1];
  if (part === 'relation') return relations;
  if (part === 'precision') return precisions;
  return list === null ? null : (codes.get(list)?.map(({ code }) => code) ?? null);
}

/** Codes with their labels stand in the table of code lists; a comment repeats as many as can be read at a glance. */
const mostCodesInWords = 30;

function commentOf(item: Item, { title, code, list, part }: ExportColumn, codes: Codes): string {
  const unit = part === 'value' && item.unit !== undefined ? ` (${item.unit})` : '';
  const choice = code === null ? '' : `: ${code}`;
  const listed = list === null || part !== 'value' ? [] : (codes.get(list) ?? []);
  const inWords =
    listed.length === 0 || listed.length > mostCodesInWords
      ? []
      : [listed.map((known) => `${known.code} = ${known.label.en}`).join('; ')];
  return [`${title.en}${choice}${unit}`, `${title.fr}${choice}${unit}`, ...inWords].join('\n');
}

export function planSubjectTable(columns: readonly SheetColumn[]): PushTable {
  return {
    name: 'subjects',
    comment: 'One row a subject, those without any answer too',
    columns: sheetColumns(columns, ['SITEID', 'SUBJID']),
    key: ['siteid', 'subjid'],
    ofSubjects: false,
  };
}

/** Every value that an export holds, one a row: hidden and emptied ones are left out, as they are of the forms' tables. */
export function planValueTable(study: Study): PushTable {
  const missing = codeListsOf(study).find(({ id }) => id === study.missingReasons)?.codes ?? [];
  const column = (
    name: string,
    type: PushColumn['type'],
    comment: string,
    allowed: PushColumn['allowed'] = null,
  ): PushColumn => ({ name, type, required: valueKey.includes(name), comment, allowed });
  return {
    name: 'item_values',
    comment: 'One row a value of any form',
    columns: [
      column('siteid', 'text', 'Site'),
      column('subjid', 'text', 'Subject'),
      column('visit', 'text', 'Event'),
      column(
        'form',
        'text',
        'Form',
        study.forms.map(({ id }) => id),
      ),
      column('repeat', 'smallint', 'Row of the repeating group; 1 where nothing repeats'),
      column('item', 'text', 'Item'),
      column(
        'value',
        'text',
        'Answer: number with a point, ISO 8601 date as far as known, code, JSON array of codes',
      ),
      column('relation', 'text', 'Relation of the true value to the number', relations),
      column('number', 'number', 'The number in it'),
      column('unit', 'text', 'Unit as entered'),
      column('date_precision', 'text', 'How far a date is known', precisions),
      column(
        'missing',
        'text',
        'Missing reason, in place of an answer',
        missing.map(({ code }) => code),
      ),
      column('standard_number', 'number', 'The number in the standard unit'),
      column('standard_unit', 'text', 'Standard unit'),
    ],
    key: valueKey,
    ofSubjects: true,
  };
}

/** A sheet of the workbook as a table. No `key`: its rows are told apart by their place, in a column "place". */
export function planSheetTable(
  name: string,
  comment: string,
  columns: readonly SheetColumn[],
  key: readonly string[] = [],
): PushTable {
  const own = sheetColumns(columns, key);
  const place: PushColumn = {
    ...{ name: 'place', type: 'bigint', required: true },
    ...{ comment: 'Place of the row, from 1', allowed: null },
  };
  return {
    ...{ name, comment, ofSubjects: false },
    columns: key.length === 0 ? [place, ...own] : own,
    key: key.length === 0 ? ['place'] : own.filter(({ required }) => required).map((column) => column.name),
  };
}

function sheetColumns(columns: readonly SheetColumn[], key: readonly string[]): readonly PushColumn[] {
  const names = toPushNames(
    columns.map(({ name }) => name),
    ['place'],
  );
  return columns.map((column, index) => ({
    name: names[index] ?? column.name,
    type: typeOfSheetColumn(column.name, column.kind),
    required: key.includes(column.name),
    comment: column.note ?? '',
    allowed: null,
  }));
}
