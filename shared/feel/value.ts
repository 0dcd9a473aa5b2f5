/**
 * What an expression can be worth. Numbers, booleans, strings and null are plain JavaScript values, so that reading
 * and comparing them allocates nothing; everything else carries its kind.
 */
import type { Relation } from '../record.ts';

export type FeelValue =
  | null
  | boolean
  | number
  | string
  | FeelDate
  | FeelDateTime
  | FeelDuration
  | PartialDateValue
  | Bounded
  | readonly FeelValue[]
  | FeelContext
  | FeelRange;

/** `day`: days since 1970-01-01. */
export interface FeelDate {
  readonly kind: 'date';
  readonly day: number;
}

/** `minute`: minutes since 1970-01-01T00:00 on the local wall clock; seconds, when written, are its fraction. */
export interface FeelDateTime {
  readonly kind: 'date-time';
  readonly minute: number;
}

/** FEEL's two kinds of durations; they cannot be compared with or added to each other. */
export type FeelDuration =
  { readonly kind: 'days'; readonly minutes: number } | { readonly kind: 'months'; readonly months: number };

/** A date of which the day, or the month too, is unknown: some day from `first` to `last`, both included. */
export interface PartialDateValue {
  readonly kind: 'partial';
  readonly first: number;
  readonly last: number;
  /** "2021-11" */
  readonly text: string;
}

/** A censored number: ">55" is some number above 55. */
export interface Bounded {
  readonly kind: 'bounded';
  readonly relation: Exclude<Relation, '='>;
  readonly number: number;
}

export interface FeelContext {
  readonly kind: 'context';
  readonly entries: ReadonlyMap<string, FeelValue>;
}

/** An end that is null is not known: it decides nothing. */
export interface FeelRange {
  readonly kind: 'range';
  readonly start: FeelValue;
  readonly startIncluded: boolean;
  readonly end: FeelValue;
  readonly endIncluded: boolean;
}

/** A point or stretch of the calendar. */
export type Moment = FeelDate | FeelDateTime | PartialDateValue;

export type KindName =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'list'
  | 'date'
  | 'date-time'
  | 'days'
  | 'months'
  | 'partial'
  | 'bounded'
  | 'context'
  | 'range';

export function kindOf(value: FeelValue): KindName {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return 'string';
  return isList(value) ? 'list' : value.kind;
}

/** How warnings name a value: by its kind only, because warnings are logged and values are not. */
const names: Record<KindName, string> = {
  null: 'a missing value',
  boolean: 'a yes-or-no',
  number: 'a number',
  string: 'a text',
  list: 'a list',
  date: 'a date',
  'date-time': 'a date and time',
  days: 'a duration in days',
  months: 'a duration in months',
  partial: 'a partly known date',
  bounded: 'a censored number',
  context: 'a context',
  range: 'a range',
};
export function nameKind(value: FeelValue): string {
  return names[kindOf(value)];
}

/** Array.isArray does not see read-only arrays; this does. */
export function isList(value: FeelValue): value is readonly FeelValue[] {
  return Array.isArray(value);
}

export function isMoment(value: FeelValue): value is Moment {
  const kind = kindOf(value);
  return kind === 'date' || kind === 'date-time' || kind === 'partial';
}
