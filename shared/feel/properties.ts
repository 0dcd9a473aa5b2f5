/** Properties of dates, durations and ranges: `date.year`, `duration.hours`, `range.start`. */
import { fromDayNumber } from '../partial-date.ts';
import { weekday } from '../partial-date/calendar.ts';
import { kindOf, type FeelRange, type FeelValue } from './value.ts';

type Property = (value: FeelValue) => FeelValue | undefined;

const properties: ReadonlyMap<string, Property> = new Map<string, Property>([
  ['year', (value) => ofDay(value, 'year')],
  ['month', (value) => ofDay(value, 'month')],
  ['day', (value) => ofDay(value, 'day')],
  ['weekday', (value) => ofDay(value, 'weekday')],
  ['hour', (value) => ofMinuteOfDay(value, (minute) => Math.floor(minute / 60))],
  ['minute', (value) => ofMinuteOfDay(value, (minute) => Math.floor(minute % 60))],
  ['second', (value) => ofMinuteOfDay(value, secondOf)],
  ['years', (value) => ofMonths(value, (months) => Math.trunc(months / 12))],
  ['months', (value) => ofMonths(value, (months) => months % 12)],
  ['days', (value) => ofMinutes(value, (minutes) => Math.trunc(minutes / 1440))],
  ['hours', (value) => ofMinutes(value, (minutes) => Math.trunc((minutes % 1440) / 60))],
  ['minutes', (value) => ofMinutes(value, (minutes) => Math.trunc(minutes % 60))],
  ['seconds', (value) => ofMinutes(value, secondOf)],
  ['start', (value) => ofRange(value, (range) => range.start)],
  ['end', (value) => ofRange(value, (range) => range.end)],
  ['start included', (value) => ofRange(value, (range) => range.startIncluded)],
  ['end included', (value) => ofRange(value, (range) => range.endIncluded)],
]);

export function hasProperty(name: string): boolean {
  return properties.has(name);
}

/** undefined when the kind of value has no such property. */
export function propertyOf(value: FeelValue, name: string): FeelValue | undefined {
  return properties.get(name)?.(value);
}

/** A partly known date has the year, and the month, that all its days share; the rest of it is not known. */
function ofDay(value: FeelValue, part: 'year' | 'month' | 'day' | 'weekday'): FeelValue | undefined {
  if (isKind(value, 'date')) return partOf(value.day, part);
  if (isKind(value, 'date-time')) return partOf(Math.floor(value.minute / 1440), part);
  if (!isKind(value, 'partial')) return undefined;
  if (value.first === value.last) return partOf(value.first, part);
  const first = fromDayNumber(value.first);
  const last = fromDayNumber(value.last);
  if (first.year !== last.year || part === 'day' || part === 'weekday') return null;
  return part === 'year' || first.month === last.month ? first[part] : null;
}

function partOf(day: number, part: 'year' | 'month' | 'day' | 'weekday'): number {
  return part === 'weekday' ? weekday(day) : fromDayNumber(day)[part];
}

function ofMinuteOfDay(value: FeelValue, property: (minute: number) => number): FeelValue | undefined {
  if (!isKind(value, 'date-time')) return undefined;
  return property(value.minute - Math.floor(value.minute / 1440) * 1440);
}

function ofMonths(value: FeelValue, property: (months: number) => number): FeelValue | undefined {
  if (isKind(value, 'months')) return property(value.months);
  return isKind(value, 'days') ? null : undefined;
}

function ofMinutes(value: FeelValue, property: (minutes: number) => number): FeelValue | undefined {
  if (isKind(value, 'days')) return property(value.minutes);
  return isKind(value, 'months') ? null : undefined;
}

function ofRange(value: FeelValue, property: (range: FeelRange) => FeelValue): FeelValue | undefined {
  return isKind(value, 'range') ? property(value) : undefined;
}

/** Seconds are a fraction of the minute; whole milliseconds come out whole. */
function secondOf(minutes: number): number {
  return Math.round((minutes % 1) * 60_000) / 1000;
}

function isKind<Kind extends 'date' | 'date-time' | 'partial' | 'months' | 'days' | 'range'>(
  value: FeelValue,
  kind: Kind,
): value is Extract<FeelValue, { readonly kind: Kind }> {
  return kindOf(value) === kind;
}
