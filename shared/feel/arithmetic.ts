/**
 * Arithmetic. A missing operand gives null; kinds that do not go together give null and a warning.
 *
 *   number   ± × ÷ ** number          text + text
 *   moment   ± duration  → moment     moment − moment → duration in days
 *   duration ± duration  (of one kind)
 *   duration × number, number × duration, duration ÷ number, duration ÷ duration (of one kind) → number
 *
 * A censored number or a partly known date takes part in none of it: nothing exact could be said.
 * A difference that is only float dust (both sides agree to 12 significant digits) is 0.
 */
import { addMonths } from '../partial-date.ts';
import { isSameNumber } from './compare.ts';
import type { Warn } from './fault.ts';
import {
  isList,
  kindOf,
  nameKind,
  type FeelDate,
  type FeelDateTime,
  type FeelDuration,
  type FeelValue,
} from './value.ts';

export function add(a: FeelValue, b: FeelValue, warn: Warn): FeelValue {
  if (typeof a === 'number' && typeof b === 'number') return isSameNumber(a, -b) ? 0 : a + b;
  if (a === null || b === null) return null;
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isPoint(a) && isDuration(b)) return shift(a, b, 1);
  if (isDuration(a) && isPoint(b)) return shift(b, a, 1);
  if (isDuration(a) && isDuration(b) && a.kind === b.kind) return combine(a, b, 1);
  return refuse('be added to', b, a, warn);
}

export function subtract(a: FeelValue, b: FeelValue, warn: Warn): FeelValue {
  if (typeof a === 'number' && typeof b === 'number') return isSameNumber(a, b) ? 0 : a - b;
  if (a === null || b === null) return null;
  if (isPoint(a) && isPoint(b)) return { kind: 'days', minutes: minuteOf(a) - minuteOf(b) };
  if (isPoint(a) && isDuration(b)) return shift(a, b, -1);
  if (isDuration(a) && isDuration(b) && a.kind === b.kind) return combine(a, b, -1);
  return refuse('be subtracted from', b, a, warn);
}

export function multiply(a: FeelValue, b: FeelValue, warn: Warn): FeelValue {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (a === null || b === null) return null;
  if (isDuration(a) && typeof b === 'number') return stretch(a, b);
  if (typeof a === 'number' && isDuration(b)) return stretch(b, a);
  return refuse('be multiplied by', a, b, warn);
}

export function divide(a: FeelValue, b: FeelValue, warn: Warn): FeelValue {
  if (a === null || b === null) return null;
  const divisor = typeof b === 'number' ? b : isDuration(b) ? sizeOf(b) : null;
  if (divisor === 0) {
    warn('division by zero');
    return null;
  }
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  if (isDuration(a) && typeof b === 'number') return withSize(a, sizeOf(a) / b);
  if (isDuration(a) && isDuration(b) && a.kind === b.kind) return sizeOf(a) / sizeOf(b);
  return refuse('be divided by', a, b, warn);
}

export function raise(a: FeelValue, b: FeelValue, warn: Warn): FeelValue {
  if (a === null || b === null) return null;
  if (typeof a !== 'number' || typeof b !== 'number') return refuse('be raised to', a, b, warn);
  const power = a ** b;
  if (Number.isFinite(power)) return power;
  warn('the power has no finite value');
  return null;
}

export function negate(a: FeelValue, warn: Warn): FeelValue {
  if (typeof a === 'number') return a === 0 ? 0 : -a;
  if (a === null) return null;
  if (isDuration(a)) return stretch(a, -1);
  warn(`${nameKind(a)} cannot be negated`);
  return null;
}

/** Minutes since 1970-01-01T00:00; a date counts from its midnight. */
export function minuteOf(value: FeelDate | FeelDateTime): number {
  return value.kind === 'date' ? value.day * 1440 : value.minute;
}

export function isPoint(value: FeelValue): value is FeelDate | FeelDateTime {
  const kind = kindOf(value);
  return kind === 'date' || kind === 'date-time';
}

export function isDuration(value: FeelValue): value is FeelDuration {
  const kind = kindOf(value);
  return kind === 'days' || kind === 'months';
}

/** A date stays a date as long as whole days are added. */
function shift(moment: FeelDate | FeelDateTime, duration: FeelDuration, sign: 1 | -1): FeelValue {
  if (duration.kind === 'months') {
    const months = sign * duration.months;
    if (moment.kind === 'date') return { kind: 'date', day: addMonths(moment.day, months) };
    const day = Math.floor(moment.minute / 1440);
    return { kind: 'date-time', minute: addMonths(day, months) * 1440 + (moment.minute - day * 1440) };
  }
  const minutes = sign * duration.minutes;
  if (moment.kind === 'date' && minutes % 1440 === 0)
    return { kind: 'date', day: moment.day + minutes / 1440 };
  return { kind: 'date-time', minute: minuteOf(moment) + minutes };
}

function combine(a: FeelDuration, b: FeelDuration, sign: 1 | -1): FeelDuration {
  return withSize(a, sizeOf(a) + sign * sizeOf(b));
}

/** Months are whole: half of three months is one month, as FEEL cuts it. */
function stretch(duration: FeelDuration, factor: number): FeelDuration {
  return withSize(duration, sizeOf(duration) * factor);
}

function sizeOf(duration: FeelDuration): number {
  return duration.kind === 'days' ? duration.minutes : duration.months;
}

function withSize(duration: FeelDuration, size: number): FeelDuration {
  return duration.kind === 'days'
    ? { kind: 'days', minutes: size }
    : { kind: 'months', months: Math.trunc(size) };
}

function refuse(verb: string, subject: FeelValue, object: FeelValue, warn: Warn): null {
  warn(
    `${nameKind(subject)} cannot ${verb} ${nameKind(object)}${isList(subject) || isList(object) ? '; pick an element first' : ''}`,
  );
  return null;
}
