/** One recorded value as it leaves the site. */
import { assertNever } from '../assert-never.ts';
import type { ItemValue } from '../record.ts';
import { dayFrom, shiftDate } from './dates.ts';
import type { Treatment } from './treatment.ts';

/** What stays in the site and is different for every subject. */
export interface StandIn {
  /** The number that stands for the subject's own. */
  readonly replacement: string;
  readonly shiftDays: number;
  /** The date of the first dose as recorded; null when there is none. */
  readonly firstDose: string | null;
}

/** `limit`: the highest age that stays, in the unit of the item. null: nothing of the value leaves. */
export function treatValue(
  value: ItemValue,
  treatment: Treatment,
  standIn: StandIn,
  limit: number,
): ItemValue | null {
  switch (treatment) {
    case 'identifier':
    case 'free-text':
    case 'stamp':
      return null;
    case 'kept':
      return value;
    case 'replaced':
      return value.text === null ? value : { ...value, text: standIn.replacement };
    case 'shifted': {
      if (value.text === null) return value;
      const text = shiftDate(value.text, standIn.shiftDays);
      return text === null ? null : { ...value, text };
    }
    case 'day': {
      if (value.text === null) return value;
      const number = dayFrom(value.text, standIn.firstDose);
      return number === null ? null : { ...value, text: String(number), number, precision: null };
    }
    case 'age':
      return value.number === null || value.number <= limit
        ? value
        : { ...value, text: String(limit), number: limit };
    default:
      return assertNever(treatment);
  }
}

const perYear: Readonly<Record<string, number>> = { a: 1, mo: 12, wk: 365.25 / 7, d: 365.25 };

/** Years in the unit of an age item; years where the unit is none of time. */
export function inUnit(years: number, unit: string | undefined): number {
  return years * (perYear[unit ?? 'a'] ?? 1);
}

export function toYears(number: number, unit: string | undefined): number {
  return number / (perYear[unit ?? 'a'] ?? 1);
}
