/** DICTIONARY: one row for every column of every form sheet, drawn from the study definition alone. */
import {
  keyColumns,
  planFormSheets,
  type ColumnPart,
  type ExportColumn,
  type FormSheet,
  type KeyColumn,
} from '../export-plan.ts';
import type { Item, ItemGroup, Study } from '../study.ts';
import { decimal, fillSheet, flag, integer, text, type FilledColumn, type ReferenceSheet } from './sheet.ts';

/** What the definition marks so has to be approved before anything rests on it. */
export const conventionInWords = 'convention, to be approved by the principal investigator';

/** A key column stands on every form sheet and has no item. */
interface Entry {
  readonly study: Study;
  readonly column: ExportColumn | KeyColumn;
  readonly ofItem: OfItem | null;
}
interface OfItem {
  readonly sheet: FormSheet;
  readonly group: ItemGroup | undefined;
  readonly item: Item;
  readonly column: ExportColumn;
}

export function dictionarySheet(study: Study): ReferenceSheet {
  const keys = keyColumns.map((column): Entry => ({ study, column, ofItem: null }));
  const own = planFormSheets(study).flatMap((sheet) => entriesOf(study, sheet));
  return fillSheet('DICTIONARY', columns, [...keys, ...own]);
}

function entriesOf(study: Study, sheet: FormSheet): readonly Entry[] {
  return sheet.fields.flatMap(({ item, columns }) => {
    const group = sheet.form.groups.find(({ items }) => items.some(({ id }) => id === item.id));
    return columns.map((column) => ({ study, column, ofItem: { sheet, group, item, column } }));
  });
}

const columns: readonly FilledColumn<Entry>[] = [
  text('VARIABLE', 22, ({ column }) => column.name),
  text('ITEM', 16, ({ ofItem }) => ofItem?.item.id),
  text('PART', 26, ({ ofItem }) => (ofItem === null ? 'key of the row' : partInWords[ofItem.column.part])),
  text('LABEL_EN', 36, ({ column }) => column.title.en),
  text('LABEL_FR', 36, ({ column }) => column.title.fr),
  text('FORM', 8, ({ ofItem }) => ofItem?.sheet.form.id),
  text('SHEET', 14, ({ ofItem }) => (ofItem === null ? 'every form sheet' : ofItem.sheet.name)),
  text('GROUP', 12, ({ ofItem }) => ofItem?.group?.id),
  flag('REPEATING', 11, ({ ofItem }) => ofItem?.group?.repeating),
  text('TYPE', 18, ({ ofItem }) => (ofItem === null ? null : typeInWords(ofItem.item))),
  text('CELL_TYPE', 12, ({ column }) => column.kind),
  integer('LENGTH', 8, ({ ofItem }) => ofItem?.item.maxLength),
  integer('DECIMALS', 10, ({ ofItem }) => ofItem?.column.decimals),
  text('UNIT', 12, ({ ofItem }) => ofItem?.item.unit),
  decimal('HARD_MIN', 12, ({ ofItem }) => ofItem?.item.hard?.min),
  decimal('HARD_MAX', 12, ({ ofItem }) => ofItem?.item.hard?.max),
  decimal('SOFT_MIN', 12, ({ ofItem }) => ofItem?.item.soft?.min),
  decimal('SOFT_MAX', 12, ({ ofItem }) => ofItem?.item.soft?.max),
  text('PATTERN', 18, ({ ofItem }) => ofItem?.item.pattern),
  text('CODELIST', 20, ({ ofItem }) => ofItem?.column.list),
  text('CHOICE', 24, ({ study, ofItem }) => (ofItem === null ? null : choiceInWords(study, ofItem))),
  text('REQUIRED_IF', 24, ({ ofItem }) => ofItem?.item.required),
  text('SHOWN_IF', 24, ({ ofItem }) => (ofItem === null ? null : shownIf(ofItem))),
  text('ORIGIN', 12, ({ ofItem }) => (ofItem === null ? 'Assigned' : originOf(ofItem.item))),
  text('DERIVATION', 40, ({ ofItem }) => ofItem?.item.expression),
  text('SOURCE', 30, ({ ofItem }) => ofItem?.item.source),
  text('STATUS', 30, ({ ofItem }) => (ofItem?.item.convention === true ? conventionInWords : null)),
  text('TARGET', 14, ({ ofItem }) => ofItem?.item.target),
  flag('IDENTIFIER', 11, ({ ofItem }) => ofItem?.item.identifier),
  text('STUDY_VERSION', 14, ({ study }) => study.version),
];

const partInWords: Readonly<Record<ColumnPart, string>> = {
  value: 'value',
  choice: 'one choice: 1 chosen, 0 not chosen, blank not asked',
  relation: 'relation of the true value to the number',
  unit: 'unit as entered',
  standard: 'value in the standard unit',
  'standard-unit': 'standard unit',
  iso: 'date as ISO 8601, as far as known',
  precision: 'how far the date is known',
  missing: 'missing reason',
};

function typeInWords(item: Item): string {
  return item.type === 'calculated' ? `calculated ${item.result ?? 'text'}` : item.type;
}

function originOf(item: Item): string {
  if (item.type === 'calculated') return 'Derived';
  return item.system === undefined ? 'Collected' : 'Assigned';
}

function choiceInWords(study: Study, { item, column }: OfItem): string | null {
  if (column.code === null) return null;
  const list = study.codeLists.find(({ id }) => id === item.codeList);
  const label = list?.codes.find(({ code }) => code === column.code)?.label.en ?? '';
  return `${column.code} = ${label}`;
}

function shownIf({ item, group }: OfItem): string | null {
  const conditions = [group?.shown, item.shown].filter((condition) => condition !== undefined);
  return conditions.length > 1
    ? conditions.map((condition) => `(${condition})`).join(' and ')
    : (conditions[0] ?? null);
}
