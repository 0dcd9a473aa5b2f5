/**
 * Dates of which the day, or the month too, may be unknown, as ISO 8601 texts: "2021", "2021-11", "2021-11-03",
 * "2021-11-03T14:20" (local wall clock, to the minute). Nothing here throws.
 */
import { daysInMonth, dayNumber, fromDayNumber, type DateParts } from './partial-date/calendar.ts';
import { monthNames } from './partial-date/month-names.ts';
import type { DatePrecision } from './record.ts';
import type { Language } from './study.ts';

export {
  addMonths,
  completedMonths,
  dayNumber,
  daysInMonth,
  fromDayNumber,
  type DateParts,
} from './partial-date/calendar.ts';
export { readTypedDate, type DateFault, type TypedDate } from './partial-date/typed-date.ts';

const isoDate = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?)?$/;

/** null when the text is not of these shapes or names a day or minute that does not exist. */
export function parseIsoDate(text: string): DateParts | null {
  const match = isoDate.exec(text);
  if (match === null) return null;
  const [year = 0, month, day, hour, minute] = match
    .slice(1)
    .map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  if (dayNumber(year, month ?? 1, day ?? 1) === null) return null;
  if (month === undefined) return { year };
  if (day === undefined) return { year, month };
  if (hour === undefined || minute === undefined) return { year, month, day };
  return hour < 24 && minute < 60 ? { year, month, day, hour, minute } : null;
}

export function toIsoDate(parts: DateParts): string {
  const year = String(parts.year).padStart(4, '0');
  if (parts.month === undefined) return year;
  const month = `${year}-${twoDigits(parts.month)}`;
  if (parts.day === undefined) return month;
  const day = `${month}-${twoDigits(parts.day)}`;
  if (parts.hour === undefined || parts.minute === undefined) return day;
  return `${day}T${twoDigits(parts.hour)}:${twoDigits(parts.minute)}`;
}

export function precisionOf(parts: DateParts): DatePrecision {
  if (parts.minute !== undefined) return 'minute';
  if (parts.day !== undefined) return 'day';
  return parts.month === undefined ? 'year' : 'month';
}

/** The first and the last day that the date can be, as day numbers; null when the text is no date. */
export function dateInterval(text: string): { readonly first: number; readonly last: number } | null {
  const parts = parseIsoDate(text);
  if (parts === null) return null;
  const lastMonth = parts.month ?? 12;
  const first = dayNumber(parts.year, parts.month ?? 1, parts.day ?? 1);
  const last = dayNumber(parts.year, lastMonth, parts.day ?? daysInMonth(parts.year, lastMonth));
  return first === null || last === null ? null : { first, last };
}

/** Minutes since 1970-01-01T00:00 of a date-time; null when the text is not known to the minute. */
export function minuteNumber(text: string): number | null {
  const parts = parseIsoDate(text);
  if (
    parts?.month === undefined ||
    parts.day === undefined ||
    parts.hour === undefined ||
    parts.minute === undefined
  )
    return null;
  const day = dayNumber(parts.year, parts.month, parts.day);
  return day === null ? null : day * 1440 + parts.hour * 60 + parts.minute;
}

/** The ISO text of a day number, and of minutes since 1970-01-01T00:00 (cut to the whole minute). */
export function isoDay(day: number): string {
  return toIsoDate(fromDayNumber(day));
}
export function isoMinute(minute: number): string {
  const day = Math.floor(minute / 1440);
  const rest = Math.floor(minute) - day * 1440;
  return toIsoDate({ ...fromDayNumber(day), hour: Math.floor(rest / 60), minute: rest % 60 });
}

/** As a person reads it: "03 Nov 2021 14:20", "Nov 2021", "03 nov. 2021". A text that is no date comes back as it is. */
export function showDate(text: string, language: Language): string {
  const parts = parseIsoDate(text);
  if (parts === null) return text;
  const year = String(parts.year).padStart(4, '0');
  if (parts.month === undefined) return year;
  const month = `${monthNames[parts.month - 1]?.short[language] ?? ''} ${year}`;
  if (parts.day === undefined) return month;
  const day = `${twoDigits(parts.day)} ${month}`;
  if (parts.hour === undefined || parts.minute === undefined) return day;
  return `${day} ${twoDigits(parts.hour)}:${twoDigits(parts.minute)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
