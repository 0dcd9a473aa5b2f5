/** A recorded value as the cells of its columns. */
import { assertNever } from '../assert-never.ts';
import type { ExportColumn, ExportField } from '../export-plan.ts';
import { dateInterval, minuteNumber } from '../partial-date.ts';
import type { ItemValue } from '../record.ts';
import type { ReportedNumber } from '../standard-number.ts';
import type { Cell } from './sheet.ts';

/** Excel counts a day 29 February 1900 that never was: earlier dates are kept as text only. */
const firstExcelDay = -25508; // 1900-03-01

/**
 * `value` undefined: blank cells ("not asked", or not answered).
 * A multiple choice gives 1 or 0 in every column once it is answered, blank before.
 */
export function cellsOf(
  field: ExportField,
  value: ItemValue | undefined,
  reported: (value: ItemValue) => ReportedNumber,
): readonly Cell[] {
  if (value === undefined) return field.columns.map(() => null);
  if (value.text === null)
    return field.columns.map(({ part }) => (part === 'missing' ? value.missing : null));
  const answer = { ...value, text: value.text };
  switch (field.item.type) {
    case 'comparator':
    case 'measurement': {
      const number = reported(value);
      return field.columns.map((column) => cellOf(column, answer, number));
    }
    case 'calculated': {
      const { relation } = value;
      return field.columns.map((column) =>
        column.part === 'relation' ? (relation ?? '=') : cellOf(column, answer, null),
      );
    }
    case 'multiple-choice': {
      const chosen = readCodes(answer.text);
      return field.columns.map(({ code }) => (code === null ? null : chosen.has(code) ? 1 : 0));
    }
    default:
      return field.columns.map((column) => cellOf(column, answer, null));
  }
}

/** The day on which a recorded date falls; null when it isn't known to the day, or Excel can't count so far back. */
export function dayCell(iso: string): Cell {
  const interval = dateInterval(iso);
  if (interval === null || interval.first !== interval.last || interval.first < firstExcelDay) return null;
  return { day: interval.first };
}

function cellOf(
  column: ExportColumn,
  value: ItemValue & { readonly text: string },
  number: ReportedNumber | null,
): Cell {
  switch (column.part) {
    case 'value':
      return valueCell(column, value);
    case 'relation':
      return number?.relation ?? value.relation ?? '=';
    case 'unit':
      return number?.unit ?? null;
    case 'standard':
      return number?.standard?.number ?? null;
    case 'standard-unit':
      return number?.standard?.unit ?? null;
    case 'iso':
      return value.text;
    case 'precision':
      return value.precision;
    case 'choice':
    case 'missing':
      return null;
    default:
      return assertNever(column.part);
  }
}

function valueCell({ kind }: ExportColumn, value: ItemValue & { readonly text: string }): Cell {
  switch (kind) {
    case 'text':
      return value.text;
    case 'integer':
    case 'decimal':
      return value.number;
    case 'date':
      return dayCell(value.text);
    case 'date-time':
      return minuteCell(value.text);
    default:
      return assertNever(kind);
  }
}

/** Blank when the time isn't known: midnight would be a time. */
function minuteCell(iso: string): Cell {
  const minute = minuteNumber(iso);
  return minute === null || minute < firstExcelDay * 1440 ? null : { minute };
}

function readCodes(text: string): ReadonlySet<string> {
  const codes: unknown = JSON.parse(text);
  return new Set(Array.isArray(codes) ? codes.map(String) : []);
}
