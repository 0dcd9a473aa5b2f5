/**
 * What the workbook holds for each form: one sheet a form, one row a subject, event and repeat, and for each item
 * the columns in which its value, relation, unit, precision and missing reason are kept apart.
 * Rules: a number stays a number, a missing reason never sits in a numeric cell, every date has an ISO 8601 twin.
 */
import { assertNever } from './assert-never.ts';
import { listNames, sheetNames, uniqueNames } from './export-plan/names.ts';
import type { ColumnKind } from './export-plan/sheet.ts';
import { ownCodeList } from './study-scope/yes-no.ts';
import type { DatePrecision, FormState, Relation } from './record.ts';
import type { Bounds, CodeList, Form, Item, Study, Text } from './study.ts';

export type ColumnPart =
  'value' | 'choice' | 'relation' | 'unit' | 'standard' | 'standard-unit' | 'iso' | 'precision' | 'missing';

export interface ExportColumn {
  readonly name: string;
  readonly part: ColumnPart;
  readonly kind: ColumnKind;
  readonly title: Text;
  readonly decimals: number | null;
  /** Id of the code list whose codes are allowed in the column. */
  readonly list: string | null;
  readonly bounds: Bounds | null;
  /** For the part "choice": the code that the column stands for. */
  readonly code: string | null;
}

export interface ExportField {
  readonly item: Item;
  readonly columns: readonly ExportColumn[];
}

export interface FormSheet {
  readonly name: string;
  readonly form: Form;
  readonly fields: readonly ExportField[];
}

export interface KeyColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly title: Text;
  readonly choices?: readonly string[];
}

/** The columns that every form sheet begins with. */
export const keyColumns: readonly KeyColumn[] = [
  { name: 'STUDYID', kind: 'text', title: { en: 'Study', fr: 'Étude' } },
  { name: 'SITEID', kind: 'text', title: { en: 'Site', fr: 'Centre' } },
  { name: 'SUBJID', kind: 'text', title: { en: 'Subject', fr: 'Sujet' } },
  { name: 'VISIT', kind: 'text', title: { en: 'Event', fr: 'Visite' } },
  {
    name: 'VISITDATE',
    kind: 'date',
    title: {
      en: 'Day that dates the row, where the form has one',
      fr: 'Jour qui date la ligne, si le formulaire en a un',
    },
  },
  { name: 'FORM', kind: 'text', title: { en: 'Form', fr: 'Formulaire' } },
  {
    name: 'REPEAT',
    kind: 'integer',
    title: {
      en: 'Row of the repeating group; 1 where nothing repeats',
      fr: 'Ligne du groupe répété ; 1 si rien ne se répète',
    },
  },
  {
    name: 'FORMSTATUS',
    kind: 'text',
    title: { en: 'State of the form', fr: 'État du formulaire' },
    choices: [
      'empty',
      'in-progress',
      'complete',
      'verified',
      'signed',
      'locked',
    ] satisfies readonly FormState[],
  },
];

/** What can stand in the columns of a part that has few entries of its own; null where it is for the study to say. */
export function choicesOf(part: ColumnPart): readonly string[] | null {
  if (part === 'relation') return ['<', '<=', '=', '>=', '>'] satisfies readonly Relation[];
  if (part === 'precision') return ['year', 'month', 'day', 'minute'] satisfies readonly DatePrecision[];
  return null;
}

/** Sheets in the order of the study's forms. */
export function planFormSheets(study: Study): readonly FormSheet[] {
  const names = sheetNames(study.forms.map((form) => form.id));
  return study.forms.map((form, index) => ({
    name: names[index] ?? form.id,
    form,
    fields: withUniqueNames(
      form.groups.flatMap((group) => group.items.map((item) => ({ item, columns: columnsOf(item, study) }))),
    ),
  }));
}

/** Every code list of the study, then those that its yes-no items bring along. */
export function codeListsOf(study: Study): readonly CodeList[] {
  const items = study.forms.flatMap((form) => form.groups.flatMap((group) => group.items));
  const own = items.map(ownCodeList).filter((list) => list !== null);
  return [...study.codeLists, ...new Set(own)];
}

/** The defined name of each code list, by the list's id. */
export function listNamesOf(study: Study): ReadonlyMap<string, string> {
  return listNames(codeListsOf(study).map(({ id }) => id));
}

function columnsOf(item: Item, study: Study): readonly ExportColumn[] {
  const column = (
    suffix: string,
    part: ColumnPart,
    kind: ColumnKind,
    more: Partial<ExportColumn> = {},
  ): ExportColumn => ({
    ...{ name: item.id + suffix, part, kind, title: item.label },
    ...{ decimals: null, list: null, bounds: null, code: null },
    ...more,
  });
  const value = (kind: ColumnKind, more: Partial<ExportColumn> = {}): ExportColumn =>
    column('', 'value', kind, more);
  const number = { decimals: item.decimals ?? null, bounds: item.hard ?? null };
  const missing = column('_ND', 'missing', 'text', { list: study.missingReasons });
  const reason = item.type === 'calculated' || item.system !== undefined ? [] : [missing];

  const type = item.type === 'calculated' ? (item.result ?? 'text') : item.type;
  switch (type) {
    case 'text':
      return [value('text'), ...reason];
    case 'integer':
      return [value('integer', { bounds: number.bounds }), ...reason];
    case 'decimal':
      // What is worked out from ">35000" is no exact number either.
      if (item.type === 'calculated') return [column('_REL', 'relation', 'text'), value('decimal', number)];
      return [value('decimal', number), ...reason];
    case 'comparator':
    case 'measurement':
      return [
        column('_REL', 'relation', 'text'),
        value('decimal', number),
        column('_U', 'unit', 'text'),
        column('_STD', 'standard', 'decimal'),
        column('_STDU', 'standard-unit', 'text'),
        ...reason,
      ];
    case 'date':
    case 'date-time':
    case 'year-month':
    case 'partial-date':
      return [
        value(type === 'date-time' ? 'date-time' : 'date'),
        column('_DTC', 'iso', 'text'),
        column('_PREC', 'precision', 'text'),
        ...reason,
      ];
    case 'yes-no':
    case 'yes-no-unknown':
    case 'single-choice':
      return [value('text', { list: ownCodeList(item)?.id ?? item.codeList ?? null }), ...reason];
    case 'multiple-choice':
      return [...choiceColumns(item, study, column), ...reason];
    default:
      return assertNever(type);
  }
}

function choiceColumns(
  item: Item,
  study: Study,
  column: (suffix: string, part: ColumnPart, kind: ColumnKind, more: Partial<ExportColumn>) => ExportColumn,
): readonly ExportColumn[] {
  const codes = study.codeLists.find((list) => list.id === item.codeList)?.codes ?? [];
  return codes.map(({ code }) =>
    column(`_${code.replace(/[^A-Za-z0-9]/gu, '_')}`, 'choice', 'integer', {
      code,
      bounds: { min: 0, max: 1 },
    }),
  );
}

/** Each name once on its sheet: an item may be called as another's missing reason is, or as a key column. */
function withUniqueNames(fields: readonly ExportField[]): readonly ExportField[] {
  const all = fields.flatMap(({ columns }) => columns.map(({ name }) => name));
  const names = uniqueNames(
    all,
    keyColumns.map(({ name }) => name),
  ).values();
  return fields.map((field) => ({
    ...field,
    columns: field.columns.map((column) => ({ ...column, name: names.next().value ?? column.name })),
  }));
}
