/**
 * Lists. The aggregates leave missing values out: what was not measured is not part of a mean. Of a list without any
 * value they are null; its count is 0. Where a censored number or a partly known date leaves the answer open, it is null.
 */
import { add, divide, isDuration } from '../arithmetic.ts';
import { builtIn, handingOn, variadic, type BuiltIn } from '../built-in.ts';
import { isLess, isSameEntry } from '../compare.ts';
import type { Warn } from '../fault.ts';
import { isList, nameKind, type FeelValue } from '../value.ts';

export const listFunctions: readonly BuiltIn[] = [
  variadic('count', (values) => values.filter((value) => value !== null).length),
  variadic('sum', (values, warn) => sum(known(values), warn)),
  variadic('min', (values, warn) => extreme(known(values), (value, best) => isLess(value, best, warn))),
  variadic('max', (values, warn) => extreme(known(values), (value, best) => isLess(best, value, warn))),
  variadic('mean', (values, warn) => {
    const taken = known(values);
    return taken.length === 0 ? null : divide(sum(taken, warn), taken.length, warn);
  }),
  /** Of an even number of values, the mean of the two in the middle. */
  variadic('median', (values, warn) => {
    const sorted = toSortedNumbers(values, 'median', warn);
    if (sorted === null) return null;
    const above = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const below = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
    return (below + above) / 2;
  }),
  /** Of a sample: divided by n − 1. */
  variadic('stddev', (values, warn) => {
    const numbers = toSortedNumbers(values, 'stddev', warn);
    if (numbers === null || numbers.length < 2) return null;
    const mean = numbers.reduce((total, number) => total + number, 0) / numbers.length;
    const squares = numbers.reduce((total, number) => total + (number - mean) ** 2, 0);
    return Math.sqrt(squares / (numbers.length - 1));
  }),
  /** Chains of and, and of or. */
  variadic('all', (values) => decide(values, false)),
  variadic('any', (values) => decide(values, true)),
  handingOn(builtIn('first', ['list: list'], (list) => list[0] ?? null)),
  handingOn(builtIn('last', ['list: list'], (list) => list[list.length - 1] ?? null)),
  builtIn('list contains', ['list: list', 'element: any'], (list, element, warn) =>
    list.some((entry) => isSameEntry(entry, element, warn) === true),
  ),
  builtIn('index of', ['list: list', 'match: any'], (list, match, warn) =>
    list.flatMap((entry, index) => (isSameEntry(entry, match, warn) === true ? [index + 1] : [])),
  ),
  handingOn(builtIn('distinct values', ['list: list'], (list) => distinct(list))),
  handingOn(
    variadic('union', (values) => distinct(values.flatMap((value) => (isList(value) ? value : [value])))),
  ),
  handingOn(builtIn('reverse', ['list: list'], (list) => [...list].reverse())),
  handingOn(
    builtIn('sublist', ['list: list', 'start position: number', 'length: number?'], (list, start, length) => {
      const first = start < 0 ? list.length + start : start - 1;
      return list.slice(first, length === null ? undefined : first + length);
    }),
  ),
  handingOn(builtIn('append', ['list: list', 'item: any'], (list, item) => [...list, item])),
  handingOn(
    variadic('concatenate', (values) => values.flatMap((value) => (isList(value) ? value : [value]))),
  ),
  handingOn(builtIn('flatten', ['list: list'], (list) => flatten(list))),
  /** Ascending; missing values last. With function(a, b) as second argument: see calls.ts. */
  handingOn(builtIn('sort', ['list: list'], (list, warn) => sortBy(list, (a, b) => isLess(a, b, warn)))),
];

/** A stable sort; `precedes` decides, and what it leaves open stays in its order. Missing values come last. */
export function sortBy(
  list: readonly FeelValue[],
  precedes: (a: FeelValue, b: FeelValue) => FeelValue,
): readonly FeelValue[] {
  return [...list].sort((a, b) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    if (precedes(a, b) === true) return -1;
    return precedes(b, a) === true ? 1 : 0;
  });
}

function known(values: readonly FeelValue[]): readonly FeelValue[] {
  return values.filter((value) => value !== null);
}

function sum(values: readonly FeelValue[], warn: Warn): FeelValue {
  const odd = values.find((value) => typeof value !== 'number' && !isDuration(value));
  if (odd !== undefined) {
    warn(`only numbers and durations have a sum, not ${nameKind(odd)}`);
    return null;
  }
  const [first = null, ...rest] = values;
  return rest.reduce((total, value) => add(total, value, warn), first);
}

function extreme(
  values: readonly FeelValue[],
  isBetter: (value: FeelValue, best: FeelValue) => boolean | null,
): FeelValue {
  const [first = null, ...rest] = values;
  let best = first;
  for (const value of rest) {
    const better = isBetter(value, best);
    if (better === null) return null;
    if (better) best = value;
  }
  return best;
}

/** null when there is no value, or one that is no plain number. */
function toSortedNumbers(values: readonly FeelValue[], name: string, warn: Warn): readonly number[] | null {
  const numbers: number[] = [];
  for (const value of known(values)) {
    if (typeof value !== 'number') {
      warn(`${name}(…) takes numbers, not ${nameKind(value)}`);
      return null;
    }
    numbers.push(value);
  }
  return numbers.length === 0 ? null : numbers.sort((a, b) => a - b);
}

function decide(values: readonly FeelValue[], decisive: boolean): FeelValue {
  if (values.includes(decisive)) return decisive;
  return values.every((value) => typeof value === 'boolean') ? !decisive : null;
}

/** The first of each; values of different kinds are different. */
function distinct(list: readonly FeelValue[]): readonly FeelValue[] {
  const found: FeelValue[] = [];
  for (const entry of list) {
    if (!found.some((other) => isSameEntry(entry, other, () => undefined) === true)) found.push(entry);
  }
  return found;
}

function flatten(list: readonly FeelValue[]): readonly FeelValue[] {
  return list.flatMap((entry) => (isList(entry) ? flatten(entry) : [entry]));
}
