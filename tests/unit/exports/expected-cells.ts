/**
 * What the workbook's design says of each recorded value, worked out from the rows of the database and the study
 * definition by rules of its own: no code of the export is used.
 */
import type { Item, Study } from '#shared/study.ts';
import type { ReadCell } from './read-workbook.ts';
import type { ExportSite } from './site.ts';

export interface StoredValue {
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly row: number;
  readonly item: string;
  readonly text: string | null;
  readonly relation: string | null;
  readonly number: number | null;
  readonly unit: string | null;
  readonly precision: string | null;
  readonly missing: string | null;
  readonly parked: 0 | 1;
}

const selectValues = `
  SELECT subject.number AS subject, form.event, form.form, value.row, item.name AS item, value.text, value.relation,
         value.number, value.unit, value.precision, value.missing, value.parked
  FROM value JOIN form ON form.id = value.form_id JOIN subject ON subject.id = form.subject_id
       JOIN item ON item.id = value.item_id`;

export function storedValues(site: ExportSite): readonly StoredValue[] {
  return site.rows<StoredValue>(selectValues);
}

/** "form|subject|event|row" → column → cell, key columns left out. */
export type ExpectedRows = ReadonlyMap<string, Readonly<Record<string, NonNullable<ReadCell>>>>;

export function expectedRows(study: Study, values: readonly StoredValue[]): ExpectedRows {
  const kept = values.filter(
    ({ parked, text, missing }) => parked === 0 && (text !== null || missing !== null),
  );
  const items = new Map(
    study.forms.flatMap((form) =>
      form.groups.flatMap((group) => group.items.map((item) => [item.id, item] as const)),
    ),
  );
  const rows = Map.groupBy(kept, (value) => rowKey(value));
  return new Map(
    [...rows].map(([key, own]) => {
      const cells = own.flatMap((value) => {
        const item = items.get(value.item);
        if (item === undefined) throw new Error(`the study has no item ${value.item}`);
        return Object.entries(cellsOf(study, item, value, own));
      });
      return [key, Object.fromEntries(cells)];
    }),
  );
}

export function rowKey({
  form,
  subject,
  event,
  row,
}: Pick<StoredValue, 'form' | 'subject' | 'event' | 'row'>): string {
  return `${form}|${subject}|${event}|${row}`;
}

/** What reads like an escaped character of the file format is marked there, and both readers show the mark. */
export const inFile = (value: string): string => value.replaceAll(/_x[0-9A-F]{4}_/giu, '_x005F$&');
const text = (value: string): NonNullable<ReadCell> => ({ kind: 'text', value: inFile(value), format: '@' });
const numeric = (value: number, format: string): NonNullable<ReadCell> => ({ kind: 'number', value, format });

function cellsOf(
  study: Study,
  item: Item,
  value: StoredValue,
  row: readonly StoredValue[],
): Record<string, NonNullable<ReadCell>> {
  const { id } = item;
  if (value.missing !== null) return { [`${id}_ND`]: text(value.missing) };
  const answer = value.text ?? '';
  const digits =
    item.decimals === undefined ? 'General' : item.decimals === 0 ? '0' : `0.${'0'.repeat(item.decimals)}`;
  switch (item.type === 'calculated' ? item.result : item.type) {
    case 'integer':
      return { [id]: numeric(Number(answer), '0') };
    case 'decimal':
      if (item.type !== 'calculated') return { [id]: numeric(Number(answer), digits) };
      return { [`${id}_REL`]: text(value.relation ?? '='), [id]: numeric(Number(answer), digits) };
    case 'comparator':
    case 'measurement':
      return {
        [id]: numeric(Number(answer), digits),
        ...Object.fromEntries(
          Object.entries(reported(study, item, value, row)).map(([suffix, cell]) => [id + suffix, cell]),
        ),
      };
    case 'date':
    case 'year-month':
    case 'partial-date':
      return { ...dateCell(id, answer, 10, 'yyyy-mm-dd'), ...isoTwin(id, answer, value) };
    case 'date-time':
      return { ...dateCell(id, answer, 16, 'yyyy-mm-dd hh:mm'), ...isoTwin(id, answer, value) };
    case 'multiple-choice': {
      const chosen = JSON.parse(answer) as string[]; // the canonical text of a multiple choice
      const codes = study.codeLists.find((list) => list.id === item.codeList)?.codes ?? [];
      return Object.fromEntries(
        codes.map(({ code }) => [
          `${id}_${code.replace(/\W/gu, '_')}`,
          numeric(chosen.includes(code) ? 1 : 0, '0'),
        ]),
      );
    }
    default:
      return { [id]: text(answer) };
  }
}

/** Only a date that is known in full, and that Excel counts rightly, is a date cell. */
function dateCell(
  id: string,
  iso: string,
  length: number,
  format: string,
): Record<string, NonNullable<ReadCell>> {
  return iso.length === length && iso >= '1900-03-01' ? { [id]: { kind: 'date', value: iso, format } } : {};
}

function isoTwin(id: string, iso: string, { precision }: StoredValue): Record<string, NonNullable<ReadCell>> {
  return { [`${id}_DTC`]: text(iso), [`${id}_PREC`]: text(precision ?? '') };
}

/** Relation and unit of a laboratory row are answers of their own; the factor is that of its test. */
function reported(
  study: Study,
  item: Item,
  value: StoredValue,
  row: readonly StoredValue[],
): Record<string, NonNullable<ReadCell>> {
  const answer = (id: string | undefined): string | null =>
    row.find((other) => other.item === id)?.text ?? null;
  const { parts } = item;
  const relation = (parts === undefined ? value.relation : answer(parts.relation)) ?? '=';
  const unit = parts === undefined ? (value.unit ?? item.unit ?? null) : answer(parts.unit);
  const standard =
    parts === undefined
      ? { number: value.number, unit }
      : convert(study, value.number, unit, answer(parts.test), answer(parts.qualifier));
  return {
    _REL: text(relation),
    ...(unit === null ? {} : { _U: text(unit) }),
    ...(standard?.number == null ? {} : { _STD: numeric(standard.number, 'General') }),
    ...(standard?.unit == null ? {} : { _STDU: text(standard.unit) }),
  };
}

function convert(
  study: Study,
  number: number | null,
  unit: string | null,
  test: string | null,
  qualifier: string | null,
): { number: number; unit: string } | null {
  const analyte = study.analytes.find(({ id }) => id === test);
  const fitting = analyte?.units.filter((known) => known.unit === unit) ?? [];
  const known =
    fitting.find((entry) => entry.qualifier === qualifier) ??
    fitting.find((entry) => entry.qualifier === undefined);
  if (analyte === undefined || known === undefined || number === null) return null;
  return { number: Number((number * known.factor).toPrecision(12)), unit: analyte.unit };
}
