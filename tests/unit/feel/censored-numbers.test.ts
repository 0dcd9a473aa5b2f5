import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Bounded, FeelValue } from '#shared/feel/value.ts';
import { compiled, expr, warns } from './expr.ts';

type Row = readonly (boolean | null)[];
const above = (number: number): Bounded => ({ kind: 'bounded', relation: '>', number });

describe('A censored number is every number that it can be', () => {
  const columns = [
    'a > 55',
    'a >= 55',
    'a < 55',
    'a <= 55',
    'a = 55',
    'a > 60',
    'a < 60',
    'a = 60',
    'a > 50',
    'a < 50',
    'a = 50',
  ];
  const table: readonly (readonly [Bounded['relation'], Row])[] = [
    ['>', [true, true, false, false, false, null, null, null, true, false, false]],
    ['>=', [null, true, false, null, null, null, null, null, true, false, false]],
    ['<', [false, false, true, true, false, false, true, false, null, null, null]],
    ['<=', [false, null, null, true, null, false, true, false, null, null, null]],
  ];
  for (const [relation, row] of table) {
    for (const [index, column] of columns.entries())
      expr(column, row[index] ?? null, { a: { kind: 'bounded', relation, number: 55 } });
  }
});

describe('Two censored numbers', () => {
  expr('a < b', true, { a: { kind: 'bounded', relation: '<', number: 5 }, b: above(5) });
  expr('a < b', true, { a: { kind: 'bounded', relation: '<=', number: 5 }, b: above(5) });
  expr('a < b', null, {
    a: { kind: 'bounded', relation: '<=', number: 5 },
    b: { kind: 'bounded', relation: '>=', number: 5 },
  });
  expr('a <= b', true, {
    a: { kind: 'bounded', relation: '<=', number: 5 },
    b: { kind: 'bounded', relation: '>=', number: 5 },
  });
  expr('a = b', null, { a: above(5), b: above(5) });
  expr('a = b', false, { a: above(5), b: { kind: 'bounded', relation: '<=', number: 5 } });
});

describe('Censored numbers elsewhere', () => {
  expr('a between 50 and 60', null, { a: above(55) });
  expr('a between 50 and 55', false, { a: above(55) });
  expr('a in [0..55]', false, { a: above(55) });
  expr('a in (1, > 50)', true, { a: above(55) });
  expr('number of(a)', 55, { a: above(55) });
  expr('number of(5)', 5);
  expr('relation of(a)', '>', { a: above(55) });
  expr('relation of(5)', '=');
  expr('max([40, a])', '>55', { a: above(55) });
  expr('max([60, a])', null, { a: above(55) });
  expr('count([a])', 1, { a: above(55) });
  expr('a instance of number', true, { a: above(55) });
  warns('a + 1', 'a number cannot be added to a censored number', { a: above(55) });
  warns('a / 2', 'a censored number cannot be divided by a number', { a: above(55) });
  warns('sum([a, 1])', 'only numbers and durations have a sum, not a censored number', { a: above(55) });
});

describe('A comparison with a censored number', () => {
  const numbers = fc.integer({ min: -3, max: 3 });
  const censored = fc.record({ relation: fc.constantFrom('<', '<=', '>', '>='), number: numbers });
  /** Whole and half numbers are enough to find a counterexample on either side of a whole one. */
  const possible = Array.from({ length: 41 }, (_, index) => index / 2 - 10);

  const signs = ['<', '<=', '>', '>=', '=', '!='] as const;
  const comparisons = new Map(signs.map((sign) => [sign, compiled(`a ${sign} b`)]));
  const compare = (sign: (typeof signs)[number], a: FeelValue, b: number) =>
    comparisons.get(sign)?.read({ a, b }) ?? null;

  it('is decided exactly when it comes out the same for every number that it can be', () => {
    fc.assert(
      fc.property(censored, numbers, fc.constantFrom(...signs), (a, b, sign) => {
        const candidates = possible.filter((number) => compare(a.relation, number, a.number) === true);
        const outcomes = new Set(candidates.map((number) => compare(sign, number, b)));
        expect(compare(sign, { kind: 'bounded', ...a }, b)).toBe(
          outcomes.size === 1 ? [...outcomes][0] : null,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
