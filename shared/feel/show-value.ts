/** The text of a value: what string(x) gives, and what error messages of tests show. */
import { assertNever } from '../assert-never.ts';
import { isoDay, isoMinute } from '../partial-date.ts';
import { isList, type FeelDateTime, type FeelDuration, type FeelValue } from './value.ts';

export function showValue(value: FeelValue): string {
  return typeof value === 'string' ? value : showQuoted(value);
}

function showQuoted(value: FeelValue): string {
  if (typeof value === 'string') return `"${value.replace(/["\\]/gu, '\\$&')}"`;
  if (value === null || typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(showQuoted).join(', ')}]`;
  switch (value.kind) {
    case 'date':
      return isoDay(value.day);
    case 'date-time':
      return showDateTime(value);
    case 'days':
    case 'months':
      return showDuration(value);
    case 'partial':
      return value.text;
    case 'bounded':
      return `${value.relation}${value.number}`;
    case 'context':
      return `{${[...value.entries].map(([key, entry]) => `${/^\w+$/u.test(key) ? key : showQuoted(key)}: ${showQuoted(entry)}`).join(', ')}}`;
    case 'range':
      return `${value.startIncluded ? '[' : '('}${showQuoted(value.start)}..${showQuoted(value.end)}${value.endIncluded ? ']' : ')'}`;
    default:
      return assertNever(value);
  }
}

/** With seconds, as FEEL writes it. */
function showDateTime({ minute }: FeelDateTime): string {
  return `${isoMinute(minute)}:${twoDigits(Math.round((minute - Math.floor(minute)) * 60_000) / 1000)}`;
}

/** ISO 8601: P1Y2M, P3DT4H5M. */
function showDuration(duration: FeelDuration): string {
  const size = Math.abs(duration.kind === 'months' ? duration.months : duration.minutes);
  const sign = (duration.kind === 'months' ? duration.months : duration.minutes) < 0 ? '-' : '';
  if (duration.kind === 'months') {
    return size === 0 ? 'P0M' : `${sign}P${part(Math.trunc(size / 12), 'Y')}${part(size % 12, 'M')}`;
  }
  const seconds = Math.round((size % 1) * 60_000) / 1000;
  const whole = Math.floor(size);
  const time = `${part(Math.floor((whole % 1440) / 60), 'H')}${part(whole % 60, 'M')}${part(seconds, 'S')}`;
  return size === 0
    ? 'PT0S'
    : `${sign}P${part(Math.floor(whole / 1440), 'D')}${time === '' ? '' : `T${time}`}`;
}

function part(number: number, letter: string): string {
  return number === 0 ? '' : `${number}${letter}`;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
