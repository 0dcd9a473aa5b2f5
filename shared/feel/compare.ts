/**
 * Comparisons in three-valued logic: true, false, or null for "not evaluable".
 *
 * Numbers are compared after rounding to 12 significant digits, so that 0.1 + 0.2 = 0.3 and 1.1 × 3 ≤ 3.3.
 *
 * A censored number is every number that it can be, a partly known date every day that it can be; a comparison is
 * true or false when it is so for all of them:
 *
 *   value  > 55    ≥ 55   < 55   ≤ 55   = 55   > 60   < 60   = 60   > 50   < 50   = 50
 *   >55    true    true   false  false  false  null   null   null   true   false  false
 *   ≥55    null    true   false  null   null   null   null   null   true   false  false
 *   <55    false   false  true   true   false  false  true   false  null   null   null
 *   ≤55    false   null   null   true   null   false  true   false  null   null   null
 *
 *   value     > 2021-10-31  < 2021-12-01  > 2021-11-15  ≥ 2021-11-01  = 2021-11-15  = 2021-12-01
 *   2021-11   true          true          null          true          null          false
 *
 * A date beside a date and time is the whole of its day: 2021-11-03 < 2021-11-04T08:00 is true,
 * 2021-11-03 < 2021-11-03T08:00 is null. (FEEL itself compares the two never.)
 */
import type { Warn } from './fault.ts';
import {
  isList,
  isMoment,
  kindOf,
  nameKind,
  type Bounded,
  type FeelRange,
  type FeelValue,
  type Moment,
} from './value.ts';

export type Truth = boolean | null;

/** a < b. */
export function isLess(a: FeelValue, b: FeelValue, warn: Warn): Truth {
  if (typeof a === 'number' && typeof b === 'number') return isLessNumber(a, b);
  return isLessThan(a, b, warn);
}

/** a ≤ b: not b < a. */
export function isAtMost(a: FeelValue, b: FeelValue, warn: Warn): Truth {
  if (typeof a === 'number' && typeof b === 'number') return !isLessNumber(b, a);
  const greater = isLessThan(b, a, warn);
  return greater === null ? null : !greater;
}

/** a = b, where a missing value is unknown: to ask whether a value is missing, write `a = null`. */
export function isEqual(a: FeelValue, b: FeelValue, warn: Warn): Truth {
  if (typeof a === 'number' && typeof b === 'number') return isSameNumber(a, b);
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  if (a === null || b === null) return null;
  return isEqualKind(a, b, warn);
}

export function isSameNumber(a: number, b: number): boolean {
  return a === b || (isNear(a, b) && rounded(a) === rounded(b));
}

export function isLessNumber(a: number, b: number): boolean {
  if (isNear(a, b)) return rounded(a) < rounded(b);
  return a < b;
}

/** Numbers that differ by more than this are still different after rounding: one unit of the twelfth digit is at most 10⁻¹¹ of them. */
function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-11 * Math.max(Math.abs(a), Math.abs(b));
}

function rounded(number: number): number {
  return Number(number.toPrecision(12));
}

function isLessThan(a: FeelValue, b: FeelValue, warn: Warn): Truth {
  if (a === null || b === null) return null;
  if (typeof a === 'string' && typeof b === 'string') return a < b;
  const censored = toSpans(a, b);
  if (censored !== null) return isBefore(censored[0], censored[1]);
  if (isDuration(a, 'days') && isDuration(b, 'days')) return isLessNumber(a.minutes, b.minutes);
  if (isDuration(a, 'months') && isDuration(b, 'months')) return a.months < b.months;
  warn(`${nameKind(a)} has no order with ${nameKind(b)}`);
  return null;
}

function isEqualKind(a: NonNullable<FeelValue>, b: NonNullable<FeelValue>, warn: Warn): Truth {
  const spans = toSpans(a, b);
  if (spans !== null) return isSameSpan(spans[0], spans[1]);
  if (typeof a === 'boolean' && typeof b === 'boolean') return a === b;
  if (isDuration(a, 'days') && isDuration(b, 'days')) return isSameNumber(a.minutes, b.minutes);
  if (isDuration(a, 'months') && isDuration(b, 'months')) return a.months === b.months;
  if (isList(a) && isList(b)) {
    return a.length === b.length
      ? all(a.map((entry, index) => isSameEntry(entry, b[index] ?? null, warn)))
      : false;
  }
  if (kindOf(a) === kindOf(b)) return isSameStructure(a, b, warn);
  warn(`${nameKind(a)} cannot equal ${nameKind(b)}`);
  return null;
}

function isSameStructure(a: FeelValue, b: FeelValue, warn: Warn): Truth {
  if (isObject(a, 'context') && isObject(b, 'context')) {
    if (a.entries.size !== b.entries.size) return false;
    return all(
      [...a.entries].map(
        ([key, entry]) => b.entries.has(key) && isSameEntry(entry, b.entries.get(key) ?? null, warn),
      ),
    );
  }
  if (isObject(a, 'range') && isObject(b, 'range')) {
    if (a.startIncluded !== b.startIncluded || a.endIncluded !== b.endIncluded) return false;
    return all([isSameEntry(a.start, b.start, warn), isSameEntry(a.end, b.end, warn)]);
  }
  return null;
}

/** Inside lists, contexts and ranges a missing value is a value like any other. */
export function isSameEntry(a: FeelValue, b: FeelValue, warn: Warn): Truth {
  return a === null || b === null ? a === b : isEqual(a, b, warn);
}

/** Whether a value lies in a range; an end that is missing decides nothing. */
export function isWithin(value: FeelValue, range: FeelRange, warn: Warn): Truth {
  const fromStart = range.startIncluded
    ? isAtMost(range.start, value, warn)
    : isLess(range.start, value, warn);
  if (fromStart === false) return false;
  const toEnd = range.endIncluded ? isAtMost(value, range.end, warn) : isLess(value, range.end, warn);
  return both(fromStart, toEnd);
}

export function both(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}

function all(truths: readonly Truth[]): Truth {
  return truths.reduce(both, true);
}

/** Everything that a value can be: the numbers from `low` to `high`, without an end that is open. */
interface Span {
  readonly low: number;
  readonly lowOpen: boolean;
  readonly high: number;
  readonly highOpen: boolean;
}

/** Two values as spans of one axis: numbers, days or minutes. null when they have none in common. */
function toSpans(a: FeelValue, b: FeelValue): readonly [Span, Span] | null {
  if (isNumeric(a) && isNumeric(b)) return [numberSpan(a), numberSpan(b)];
  if (!isMoment(a) || !isMoment(b)) return null;
  const toTheMinute = a.kind === 'date-time' || b.kind === 'date-time';
  return [momentSpan(a, toTheMinute), momentSpan(b, toTheMinute)];
}

function isBefore(a: Span, b: Span): Truth {
  if (a.high < b.low || (a.high === b.low && (a.highOpen || b.lowOpen))) return true;
  return a.low >= b.high ? false : null;
}

function isSameSpan(a: Span, b: Span): Truth {
  if (isBefore(a, b) === true || isBefore(b, a) === true) return false;
  return a.low === a.high && b.low === b.high ? true : null;
}

function isNumeric(value: FeelValue): value is number | Bounded {
  return typeof value === 'number' || isObject(value, 'bounded');
}

function numberSpan(value: number | Bounded): Span {
  if (typeof value === 'number') return point(rounded(value));
  const end = rounded(value.number);
  const open = value.relation === '<' || value.relation === '>';
  return value.relation === '>' || value.relation === '>='
    ? { low: end, lowOpen: open, high: Infinity, highOpen: true }
    : { low: -Infinity, lowOpen: true, high: end, highOpen: open };
}

function momentSpan(value: Moment, toTheMinute: boolean): Span {
  if (value.kind === 'date-time') return point(value.minute);
  const [first, last] = value.kind === 'date' ? [value.day, value.day] : [value.first, value.last];
  if (!toTheMinute) return { low: first, lowOpen: false, high: last, highOpen: false };
  return { low: first * 1440, lowOpen: false, high: (last + 1) * 1440, highOpen: true };
}

function point(number: number): Span {
  return { low: number, lowOpen: false, high: number, highOpen: false };
}

function isObject<Kind extends 'context' | 'range' | 'bounded'>(
  value: FeelValue,
  kind: Kind,
): value is Extract<FeelValue, { readonly kind: Kind }> {
  return kindOf(value) === kind;
}

function isDuration<Kind extends 'days' | 'months'>(
  value: FeelValue,
  kind: Kind,
): value is Extract<FeelValue, { readonly kind: Kind }> {
  return kindOf(value) === kind;
}
