/** Dates, times and durations as FEEL writes them. Local wall clock only: a text with a time zone is not read. */
import { minuteNumber, parseIsoDate, dayNumber } from '../partial-date.ts';
import type { FeelDate, FeelDateTime, FeelDuration, FeelValue } from './value.ts';

/** "2021-11-03" */
export function readDate(text: string): FeelDate | null {
  const parts = parseIsoDate(text);
  if (parts?.month === undefined || parts.day === undefined || parts.hour !== undefined) return null;
  const day = dayNumber(parts.year, parts.month, parts.day);
  return day === null ? null : { kind: 'date', day };
}

/** "2021-11-03T14:20", with seconds or without; a date alone means its midnight. */
export function readDateTime(text: string): FeelDateTime | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:(T\d{2}:\d{2})(?::([0-5]\d(?:\.\d{1,3})?))?)?$/u.exec(text);
  if (match === null) return null;
  const minute = minuteNumber(`${match[1] ?? ''}${match[2] ?? 'T00:00'}`);
  return minute === null ? null : { kind: 'date-time', minute: minute + Number(match[3] ?? 0) / 60 };
}

/** "P1Y6M" or "P2DT12H30M"; years and months do not mix with days, because a month has no fixed number of days. */
export function readDuration(text: string): FeelDuration | null {
  const months = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?$/u.exec(text);
  if (months !== null && text.length > 2) {
    if (months[2] === undefined && months[3] === undefined) return null;
    return {
      kind: 'months',
      months: signed(months[1], Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0)),
    };
  }
  const days = /^(-?)P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/u.exec(text);
  if (days === null || !/\d/u.test(text)) return null;
  const [day, hour, minute, second] = days.slice(2).map((part: string | undefined) => Number(part ?? 0));
  const minutes = (day ?? 0) * 1440 + (hour ?? 0) * 60 + (minute ?? 0) + (second ?? 0) / 60;
  return { kind: 'days', minutes: signed(days[1], minutes) };
}

/** @"…": whichever of the three it is. */
export function readTemporal(text: string): FeelValue {
  if (/^-?P/u.test(text)) return readDuration(text);
  return text.includes('T') ? readDateTime(text) : readDate(text);
}

function signed(sign: string | undefined, size: number): number {
  return sign === '-' && size !== 0 ? -size : size;
}
