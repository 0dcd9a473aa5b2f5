/** Dates, dates with times, durations, and what lies between them. */
import { assertNever } from '../../assert-never.ts';
import { addMonths, completedMonths, dayNumber, fromDayNumber } from '../../partial-date.ts';
import { monthsTowards, weekday } from '../../partial-date/calendar.ts';
import { monthNames } from '../../partial-date/month-names.ts';
import { builtIn, type BuiltIn } from '../built-in.ts';
import { readDate, readDateTime, readDuration } from '../temporal-text.ts';
import { kindOf, type FeelValue, type Moment } from '../value.ts';

export const dateFunctions: readonly BuiltIn[] = [
  /** date("2021-11-03"), date(2021, 11, 3), date(a date and time) */
  builtIn('date', ['from: any', 'month: number?', 'day: number?'], (from, month, day, warn) => {
    if (from === null) return null;
    const number = toDay(from, month, day);
    if (number !== null) return { kind: 'date', day: number };
    warn('date(…) takes a date that exists, as "2021-11-03" or 2021, 11, 3');
    return null;
  }),
  /** date and time("2021-11-03T14:20:00") */
  builtIn('date and time', ['from: any'], (from, warn) => {
    if (from === null) return null;
    if (typeof from === 'object' && 'kind' in from && from.kind === 'date-time') return from;
    const read = typeof from === 'string' ? readDateTime(from) : null;
    if (read === null) warn('date and time(…) takes a local time that exists, as "2021-11-03T14:20:00"');
    return read;
  }),
  /** duration("P1Y6M"), duration("P2DT12H") */
  builtIn('duration', ['from: string'], (from, warn) => {
    const read = readDuration(from);
    if (read === null) warn('duration(…) takes months ("P1Y6M") or days and time ("P2DT12H")');
    return read;
  }),
  /** Completed months, as a duration. */
  builtIn('years and months duration', ['from: moment', 'to: moment'], (from, to) => {
    const [first, last] = [onlyDay(from), onlyDay(to)];
    if (first === null || last === null) return null;
    return {
      kind: 'months',
      months: monthsTowards(first, last),
    };
  }),
  /**
   * b − a in days. Between two dates with times it is a fraction; as soon as one of them has no time, calendar days
   * are counted. null when one of them is only partly known.
   */
  builtIn('days between', ['a: moment', 'b: moment'], (a, b) => {
    if (a.kind === 'date-time' && b.kind === 'date-time') return (b.minute - a.minute) / 1440;
    const [first, last] = [onlyDay(a), onlyDay(b)];
    return first === null || last === null ? null : last - first;
  }),
  /** b − a in hours; both need a time. */
  builtIn('hours between', ['a: moment', 'b: moment'], (a, b, warn) => {
    if (a.kind === 'date-time' && b.kind === 'date-time') return (b.minute - a.minute) / 60;
    warn('hours between(…) takes dates with times');
    return null;
  }),
  /**
   * Age in months: completed calendar months, plus the days since then as a fraction of the month that they are part
   * of; exactly 216 on the eighteenth birthday. A birth known to the month counts from its 15th day; one known to the
   * year only gives null. The time of the day does not count. Negative before birth.
   */
  builtIn('age in months', ['birth: moment', 'at: moment'], (birth, at) => {
    const [born, day] = [birthDay(birth), onlyDay(at)];
    if (born === null || day === null) return null;
    const months = completedMonths(born, day);
    const since = addMonths(born, months);
    return months + (day - since) / (addMonths(born, months + 1) - since);
  }),
  /** The first day that the date can be. */
  builtIn('earliest', ['x: moment'], (moment) => end(moment, 'first')),
  /** The last day that the date can be. */
  builtIn('latest', ['x: moment'], (moment) => end(moment, 'last')),
  builtIn('day of year', ['date: moment'], (moment) => {
    const day = onlyDay(moment);
    return day === null ? null : day - (dayNumber(fromDayNumber(day).year, 1, 1) ?? day) + 1;
  }),
  builtIn('day of week', ['date: moment'], (moment) => {
    const day = onlyDay(moment);
    return day === null ? null : (weekdayNames[weekday(day) - 1] ?? null);
  }),
  builtIn('month of year', ['date: moment'], (moment) => {
    const day = onlyDay(moment);
    return day === null ? null : (monthNames[fromDayNumber(day).month - 1]?.full.en ?? null);
  }),
];

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function toDay(from: NonNullable<FeelValue>, month: number | null, day: number | null): number | null {
  if (typeof from === 'number') return month === null || day === null ? null : dayNumber(from, month, day);
  if (month !== null || day !== null) return null;
  if (typeof from === 'string') return readDate(from)?.day ?? null;
  return isMomentKind(from) ? onlyDay(from) : null;
}

function isMomentKind(value: FeelValue): value is Moment {
  return ['date', 'date-time', 'partial'].includes(kindOf(value));
}

/** The day that a moment lies in; null when that is not known. */
function onlyDay(moment: Moment): number | null {
  switch (moment.kind) {
    case 'date':
      return moment.day;
    case 'date-time':
      return Math.floor(moment.minute / 1440);
    case 'partial':
      return moment.first === moment.last ? moment.first : null;
    default:
      return assertNever(moment);
  }
}

function birthDay(birth: Moment): number | null {
  const day = onlyDay(birth);
  if (day !== null || birth.kind !== 'partial') return day;
  const first = fromDayNumber(birth.first);
  const last = fromDayNumber(birth.last);
  return first.year === last.year && first.month === last.month
    ? dayNumber(first.year, first.month, 15)
    : null;
}

function end(moment: Moment, which: 'first' | 'last'): FeelValue {
  return moment.kind === 'partial' ? { kind: 'date', day: moment[which] } : moment;
}
