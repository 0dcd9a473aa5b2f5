/**
 * Rows of an exported form sheet, read back into values as the site has them recorded (export-plan/cells.ts writes them).
 * Numbers come back without the zeros that were typed at their ends, which a numeric cell does not keep.
 */
import { nothing } from '../item-value/reading.ts';
import { assertNever } from '../assert-never.ts';
import { keyColumns, type ExportColumn, type ExportField, type FormSheet } from '../export-plan.ts';
import { cellText, type SourceCell, type SourceRow } from '../import/cell.ts';
import type { DatePrecision, FormState, ItemValue, Relation } from '../record.ts';
import type { Analyte, Item } from '../study.ts';
import type { StudyModel } from '../study-model.ts';
import { toStandard } from '../units.ts';
import { partItems } from './parts.ts';
import { pack, toPacked, type DeliveredForm, type DoubtfulValue, type PackedValue } from './delivered.ts';

/** Takes the rows of one form in the order of its sheet; forms come out whole. */
export interface FormSheetReader {
  /** Throws SheetFault when the row is none that an export writes. */
  take(row: SourceRow): void;
  end(): void;
}

export interface FormSheetTarget {
  form(form: DeliveredForm): void;
  doubtful(value: DoubtfulValue): void;
  /** A text that fitted no cell, by the place that stands for it; undefined: the cell says what it says. */
  longText(row: number, column: string): string | undefined;
}

export class SheetFault extends Error {}

const states: readonly FormState[] = ['empty', 'in-progress', 'complete', 'verified', 'signed', 'locked'];
const relations: readonly Relation[] = ['=', '<', '<=', '>', '>='];
const precisions: readonly DatePrecision[] = ['year', 'month', 'day', 'minute'];
const keys = new Map(keyColumns.map(({ name }, index) => [name, index]));
const keyAt = (name: string): number => keys.get(name) ?? -1;
const [subjectAt, eventAt, formAt, rowAt, stateAt] = ['SUBJID', 'VISIT', 'FORM', 'REPEAT', 'FORMSTATUS'].map(
  keyAt,
) as [number, number, number, number, number];

/** `columns`: where the header of the sheet has each column of the plan, by its name; a column that is not there reads as blank. */
export function createFormSheetReader(
  model: StudyModel,
  { form, fields }: FormSheet,
  columns: ReadonlyMap<string, number>,
  target: FormSheetTarget,
): FormSheetReader {
  const decoders = fields.map((field) => createDecoder(model, field, columns));
  const parts = partItems(model);
  let open: { subject: string; event: string; state: FormState; values: PackedValue[] } | null = null;

  function close(): void {
    if (open === null) return;
    const { values, ...rest } = open;
    target.form({ ...rest, form: form.id, packed: pack(values), values: values.length });
    open = null;
  }

  return {
    take: ({ number, cells }) => {
      const subject = cellText(cells[subjectAt]);
      const event = cellText(cells[eventAt]);
      const row = Number(cellText(cells[rowAt]));
      const state = states.find((known) => known === cellText(cells[stateAt]));
      const isOurs = cellText(cells[formAt]) === form.id && Number.isInteger(row) && row >= 1 && row <= 9999;
      if (subject === '' || event === '' || state === undefined || !isOurs)
        throw new SheetFault(`row ${String(number)}`);
      if (open?.subject !== subject || open.event !== event) {
        close();
        open = { subject, event, state, values: [] };
      }
      const place = { subject, event, form: form.id, row };
      const read = decoders
        .map((decode) => decode(cells, (column) => target.longText(number, column)))
        .filter((decoded) => decoded !== null);
      const isUnitDoubted = read.some(({ doubt }) => doubt === 'unit');
      let waiting = isUnitDoubted ? read.filter(({ item }) => parts.has(item)).length : 0;
      for (const decoded of read) {
        const { item, doubt, value } = decoded;
        // Said once, at the number whose unit it is; with the number, its parts wait for the decision.
        if (isUnitDoubted && parts.has(item)) continue;
        if (doubt === null) open.values.push(toPacked(row, item, value, decoded.derived));
        else {
          target.doubtful({ ...place, kind: doubt, item, incoming: value, parts: waiting });
          waiting = 0;
        }
      }
    },
    end: close,
  };
}

interface Decoded {
  readonly item: string;
  readonly value: ItemValue;
  readonly derived: 0 | 1;
  readonly doubt: 'code' | 'unit' | null;
}
type Cells = readonly (SourceCell | null)[];
type Decoder = (cells: Cells, longText: (column: string) => string | undefined) => Decoded | null;

function createDecoder(
  model: StudyModel,
  { item, columns: planned }: ExportField,
  header: ReadonlyMap<string, number>,
): Decoder {
  const at = (part: ExportColumn['part']): number => {
    const column = planned.find((candidate) => candidate.part === part);
    return column === undefined ? -1 : (header.get(column.name) ?? -1);
  };
  const positions = planned.map(({ name }) => header.get(name) ?? -1);
  const missingAt = at('missing');
  const reasons = codesOf(model, model.study.missingReasons);
  const derived = item.type === 'calculated' ? 1 : 0;
  const decodeAnswer = createAnswerDecoder(model, item, planned, at, header);
  return (cells, longText) => {
    if (!positions.some((position) => (cells[position] ?? null) !== null)) return null;
    const missing = cellText(cells[missingAt]);
    if (missing !== '') {
      const doubt = reasons.has(missing) ? null : 'code';
      return { item: item.id, value: { ...nothing, missing }, derived, doubt };
    }
    const answer = decodeAnswer(cells, longText);
    return answer === null ? null : { item: item.id, derived, ...answer };
  };
}

type Answer = Pick<Decoded, 'value' | 'doubt'> | null;

function createAnswerDecoder(
  model: StudyModel,
  item: Item,
  planned: readonly ExportColumn[],
  at: (part: ExportColumn['part']) => number,
  header: ReadonlyMap<string, number>,
): (cells: Cells, longText: (column: string) => string | undefined) => Answer {
  const [valueAt, relationAt] = [at('value'), at('relation')];
  const type = item.type === 'calculated' ? (item.result ?? 'text') : item.type;
  switch (type) {
    case 'text': {
      const column = planned.find(({ part }) => part === 'value')?.name ?? '';
      return (cells, longText) => {
        const text = longText(column) ?? cellText(cells[valueAt]);
        return text === '' ? null : { value: { ...nothing, text }, doubt: null };
      };
    }
    case 'integer':
    case 'decimal':
      return (cells) => {
        const read = numberIn(cells[valueAt]);
        const said = relations.find((known) => known === cellText(cells[relationAt])) ?? '=';
        // An exact one is recorded without a relation.
        const relation = said === '=' ? null : said;
        return read === null ? null : { value: { ...nothing, ...read, relation }, doubt: null };
      };
    case 'comparator':
    case 'measurement':
      return createMeasurementDecoder(model, item, at, header);
    case 'date':
    case 'date-time':
    case 'year-month':
    case 'partial-date': {
      const [isoAt, precisionAt] = [at('iso'), at('precision')];
      return (cells) => {
        const text = cellText(cells[isoAt]);
        if (text === '') return null;
        const precision = precisions.find((known) => known === cellText(cells[precisionAt])) ?? null;
        return { value: { ...nothing, text, precision }, doubt: null };
      };
    }
    case 'yes-no':
    case 'yes-no-unknown':
    case 'single-choice': {
      const codes = new Set(model.item(item.id)?.codeList?.codes.map(({ code }) => code));
      return (cells) => {
        const text = cellText(cells[valueAt]);
        if (text === '') return null;
        return { value: { ...nothing, text }, doubt: codes.size === 0 || codes.has(text) ? null : 'code' };
      };
    }
    case 'multiple-choice': {
      const choices = planned.flatMap(({ code, name }) =>
        code === null ? [] : [{ code, at: header.get(name) ?? -1 }],
      );
      return (cells) => {
        const chosen = choices.filter((choice) => cellText(cells[choice.at]) === '1');
        const isAsked = choices.some((choice) => (cells[choice.at] ?? null) !== null);
        if (!isAsked) return null;
        return { value: { ...nothing, text: JSON.stringify(chosen.map(({ code }) => code)) }, doubt: null };
      };
    }
    default:
      return assertNever(type);
  }
}

/** A number of a laboratory row has its relation and unit in items of its own; they are in columns of theirs beside it. */
function createMeasurementDecoder(
  model: StudyModel,
  item: Item,
  at: (part: ExportColumn['part']) => number,
  header: ReadonlyMap<string, number>,
): (cells: Cells) => Answer {
  const [valueAt, relationAt, unitAt] = [at('value'), at('relation'), at('unit')];
  const { parts } = item;
  const columnOf = (id: string | undefined): number => (id === undefined ? -1 : (header.get(id) ?? -1));
  const [testAt, qualifierAt] = [columnOf(parts?.test), columnOf(parts?.qualifier)];
  const analytes = new Map<string, Analyte>(model.study.analytes.map((analyte) => [analyte.id, analyte]));
  return (cells) => {
    const read = numberIn(cells[valueAt]);
    if (read === null) return null;
    const relation = relations.find((known) => known === cellText(cells[relationAt])) ?? '=';
    const unit = cellText(cells[unitAt]);
    const own = { ...nothing, ...read };
    if (parts === undefined) {
      const isOther = unit !== '' && unit !== (item.unit ?? '');
      // A comparator is in the unit of its item; a measurement says its own.
      const stored = isOther ? unit : item.type === 'measurement' ? (item.unit ?? null) : null;
      return { value: { ...own, relation, unit: stored }, doubt: isOther ? 'unit' : null };
    }
    const analyte = analytes.get(cellText(cells[testAt]));
    const qualifier = cellText(cells[qualifierAt]);
    const isConvertible =
      unit === '' ||
      analyte === undefined ||
      toStandard(analyte, read.number, unit, qualifier === '' ? null : qualifier) !== null;
    // The doubt shows the unit, which the value itself has in another item.
    return isConvertible ? { value: own, doubt: null } : { value: { ...own, relation, unit }, doubt: 'unit' };
  };
}

function numberIn(
  cell: SourceCell | null | undefined,
): { readonly text: string; readonly number: number } | null {
  const text = cellText(cell);
  if (text === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? { text, number } : null;
}

function codesOf(model: StudyModel, list: string): ReadonlySet<string> {
  const codes = model.study.codeLists.find(({ id }) => id === list)?.codes ?? [];
  return new Set(codes.map(({ code }) => code));
}
