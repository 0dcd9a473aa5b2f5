/** DICTIONARY: one row for every column of every form sheet, drawn from the study definition alone. */
import {
  codeListsOf,
  keyColumns,
  planFormSheets,
  type ColumnPart,
  type ExportColumn,
  type FormSheet,
  type KeyColumn,
} from '../export-plan.ts';
import type { Item, ItemGroup, Study, Text } from '../study.ts';
import { createConditionWords } from './condition-words.ts';
import { decimal, fillSheet, flag, integer, text, type FilledColumn, type ReferenceSheet } from './sheet.ts';

/** What the definition marks so has to be approved before anything rests on it. */
export const conventionInWords = 'convention, to be approved by the principal investigator';

/** A key column stands on every form sheet and has no item. */
/** A definition that was in force at the site, and the items that it had. */
export interface StudyVersion {
  readonly version: string;
  readonly items: ReadonlySet<string>;
}

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
  /** In words, where its condition has words. */
  readonly shownIf: Text | null;
  readonly since: string;
}

/** `versions`: oldest first; an item is since the first of those that have had it without a break. */
export function dictionarySheet(study: Study, versions: readonly StudyVersion[]): ReferenceSheet {
  const inWords = createConditionWords(study);
  const keys = keyColumns.map((column): Entry => ({ study, column, ofItem: null }));
  const own = planFormSheets(study).flatMap((sheet) => entriesOf(study, sheet, inWords, versions));
  return fillSheet('DICTIONARY', columns, [...keys, ...own]);
}

function entriesOf(
  study: Study,
  sheet: FormSheet,
  inWords: (condition: string) => Text | null,
  versions: readonly StudyVersion[],
): readonly Entry[] {
  return sheet.fields.flatMap(({ item, columns }) => {
    const group = sheet.form.groups.find(({ items }) => items.some(({ id }) => id === item.id));
    const own = {
      sheet,
      group,
      item,
      shownIf: shownInWords(item, group, inWords),
      since: sinceOf(study, item, versions),
    };
    return columns.map((column) => ({ study, column, ofItem: { ...own, column } }));
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
  integer('LENGTH', 8, ({ study, ofItem }) => (ofItem === null ? null : lengthOf(study, ofItem))),
  integer('DECIMALS', 10, ({ ofItem }) => ofItem?.column.decimals),
  text('UNIT', 12, ({ ofItem }) => ofItem?.item.unit),
  decimal('HARD_MIN', 12, ({ ofItem }) => boundsOf(ofItem, 'hard')?.min),
  decimal('HARD_MAX', 12, ({ ofItem }) => boundsOf(ofItem, 'hard')?.max),
  decimal('SOFT_MIN', 12, ({ ofItem }) => boundsOf(ofItem, 'soft')?.min),
  decimal('SOFT_MAX', 12, ({ ofItem }) => boundsOf(ofItem, 'soft')?.max),
  text('PATTERN', 18, ({ ofItem }) => ofItem?.item.pattern),
  text('CODELIST', 20, ({ ofItem }) => ofItem?.column.list),
  text('CHOICE', 24, ({ study, ofItem }) => (ofItem === null ? null : choiceInWords(study, ofItem))),
  text('REQUIRED_IF', 24, ({ ofItem }) => ofItem?.item.required),
  text('SHOWN_IF', 24, ({ ofItem }) => (ofItem === null ? null : shownIf(ofItem))),
  text('SHOWN_IF_EN', 40, ({ ofItem }) => ofItem?.shownIf?.en),
  text('SHOWN_IF_FR', 40, ({ ofItem }) => ofItem?.shownIf?.fr),
  text('ORIGIN', 12, ({ ofItem }) => (ofItem === null ? 'Assigned' : originOf(ofItem.item))),
  text('DERIVATION', 40, ({ ofItem }) => ofItem?.item.expression),
  text('SOURCE', 30, ({ ofItem }) => ofItem?.item.source),
  text('STATUS', 30, ({ ofItem }) => (ofItem?.item.convention === true ? conventionInWords : null)),
  text('TARGET', 14, ({ ofItem }) => ofItem?.item.target),
  flag('IDENTIFIER', 11, ({ ofItem }) => ofItem?.item.identifier),
  text('STUDY_VERSION', 14, ({ study }) => study.version),
  text('SINCE_VERSION', 14, ({ study, ofItem }) => ofItem?.since ?? study.version),
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

/** A group that says its condition in words is taken at its word. */
function shownInWords(
  item: Item,
  group: ItemGroup | undefined,
  inWords: (condition: string) => Text | null,
): Text | null {
  const ofGroup = group?.shown === undefined ? null : (group.whenShown ?? inWords(group.shown));
  const ofItem = item.shown === undefined ? null : inWords(item.shown);
  if ((group?.shown !== undefined && ofGroup === null) || (item.shown !== undefined && ofItem === null))
    return null;
  if (ofGroup === null || ofItem === null) return ofGroup ?? ofItem;
  return { en: `(${ofGroup.en}) and (${ofItem.en})`, fr: `(${ofGroup.fr}) et (${ofItem.fr})` };
}

/** Limits are those of the value, not of the columns beside it. */
function boundsOf(ofItem: OfItem | null, kind: 'hard' | 'soft'): Item['hard'] | null {
  return ofItem?.column.part === 'value' ? ofItem.item[kind] : null;
}

/** Characters that a text can have: as the item says, or the longest of its codes. */
function lengthOf(study: Study, { item, column }: OfItem): number | null {
  if (column.list !== null) {
    const codes = codeListsOf(study).find(({ id }) => id === column.list)?.codes ?? [];
    return Math.max(0, ...codes.map(({ code }) => code.length));
  }
  return column.part === 'value' ? (item.maxLength ?? null) : null;
}

function sinceOf(study: Study, { id }: Item, versions: readonly StudyVersion[]): string {
  const gap = versions.findLastIndex(({ items }) => !items.has(id));
  return versions[gap + 1]?.version ?? study.version;
}
