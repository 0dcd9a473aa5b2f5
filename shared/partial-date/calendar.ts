/**
 * The proleptic Gregorian calendar on day numbers (day 0 is 1970-01-01), without Date objects: no time zone,
 * no clock, no year 19xx for a year 99. Algorithms: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A date of which the day, or the month too, may be unknown: a part is there only when every larger one is. */
export interface DateParts {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  /** Hour and minute come together. */
  readonly hour?: number;
  readonly minute?: number;
}

/** Years that a date of this application can have; texts write them with four digits. */
export const firstYear = 1;
export const lastYear = 9999;

/** null when there is no such day, or its year has not four digits. */
export function dayNumber(year: number, month: number, day: number): number | null {
  if (!Number.isInteger(year) || year < firstYear || year > lastYear) return null;
  if (!Number.isInteger(month) || month < 1 || month > 12) return null;
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return null;
  return countDays(year, month, day);
}

/** For any whole day number, also outside the four-digit years. */
export function fromDayNumber(day: number): CalendarDay {
  const shifted = Math.floor(day) + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The same day of the month `months` later (earlier when negative); the last day where the month is too short. */
export function addMonths(day: number, months: number): number {
  const from = fromDayNumber(day);
  const counted = from.year * 12 + (from.month - 1) + months;
  const year = Math.floor(counted / 12);
  const month = counted - year * 12 + 1;
  return countDays(year, month, Math.min(from.day, daysInMonth(year, month)));
}

/** The largest number of whole months that fits from one day to another; negative when `to` is earlier. */
export function completedMonths(from: number, to: number): number {
  const a = fromDayNumber(from);
  const b = fromDayNumber(to);
  const months = (b.year - a.year) * 12 + (b.month - a.month);
  return addMonths(from, months) <= to ? months : months - 1;
}

/** Months towards `to`, cut to whole ones on either side: minus nought point nine months is none. */
export function monthsTowards(from: number, to: number): number {
  const a = fromDayNumber(from);
  const b = fromDayNumber(to);
  const months = (b.year - a.year) * 12 + (b.month - a.month);
  const reached = addMonths(from, months);
  if (months > 0 && reached > to) return months - 1;
  return months < 0 && reached < to ? months + 1 : months;
}

/** 1 = Monday … 7 = Sunday, as ISO 8601 counts. Day 0 was a Thursday. */
export function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function countDays(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}
