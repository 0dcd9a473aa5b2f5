/**
 * Dates moved by whole days, or counted from the first dose.
 *
 * A date that is known to the day or minute moves by exactly the constant of its subject, so that all intervals stay. One that
 * is known to the month or year is an interval: its middle day is moved, and what is given is the month or year in which
 * the moved middle lies, which is the one that holds most of the moved interval. It keeps its precision and claims no day;
 * its distance to other dates holds as far as that precision goes, and of two such dates none overtakes the other.
 */
import { dateInterval, isoDay, parseIsoDate, toIsoDate } from '../partial-date.ts';
import { fromDayNumber, lastYear } from '../partial-date/calendar.ts';

/** null: the text is no date, or the moved one would have no year of four digits. */
export function shiftDate(text: string, days: number): string | null {
  const parts = parseIsoDate(text);
  const interval = dateInterval(text);
  if (parts === null || interval === null) return null;
  const middle = Math.floor((interval.first + interval.last) / 2) + days;
  const moved = fromDayNumber(middle);
  if (moved.year < 1 || moved.year > lastYear) return null;
  if (parts.month === undefined) return toIsoDate({ year: moved.year });
  if (parts.day === undefined) return toIsoDate({ year: moved.year, month: moved.month });
  if (parts.hour === undefined || parts.minute === undefined) return isoDay(middle);
  return toIsoDate({ ...moved, hour: parts.hour, minute: parts.minute });
}

/** Whole days from the day of the first dose, which is 0; null where either is not known to the day. */
export function dayFrom(text: string, firstDose: string | null): number | null {
  const [one, zero] = [dayOf(text), firstDose === null ? null : dayOf(firstDose)];
  return one === null || zero === null ? null : one - zero;
}

function dayOf(text: string): number | null {
  const interval = dateInterval(text);
  return interval !== null && interval.first === interval.last ? interval.first : null;
}
