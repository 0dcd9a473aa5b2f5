import { describe, expect, it } from 'vitest';
import { compile } from '#shared/feel/compile.ts';
import type { FeelValue } from '#shared/feel/value.ts';
import { expr, warns } from './expr.ts';

describe('Lists', () => {
  expr('[5, 6, 7][1]', 5);
  expr('[5, 6, 7][-1]', 7);
  expr('[5, 6, 7][4]', null);
  expr('[5, 6, 7][0]', null);
  expr('[5, 6, 7][item > 5]', [6, 7]);
  expr('[5, null, 7][item > 5]', [7]);
  expr('[5, 6, 7][a]', 6, { a: 2 });
  expr('[5, 6, 7][a > 1]', [5, 6, 7], { a: 2 });
  expr('[5, 6, 7][a > 1]', [], { a: 0 });
  expr('a[1]', null);
  expr('5[1]', 5);
  expr('[{x: 1}, {x: 2}][x > 1].x', [2]);
  expr('[{x: 1}, {x: 2}][x > 1][1].x', 2);
  expr('[{x: 1}, {x: 2}][item.x = a].x', [2], { a: 2 });
  expr('[{x: 1}, {y: 2}].x', [1, null]);
  expr('[[{x: 1}], [{x: 2}]][1].x', [1]);
  expr('{x: {y: 3}}.x.y', 3);
  expr('{x: null}.x.y', null);
  warns('[1, 2]["a"]', 'an element is picked by a number, not by a text');
});

describe('Loops', () => {
  expr('for x in [1, 2] return x * 2', [2, 4]);
  expr('for x in [1, 2], y in [10, 20] return x + y', [11, 21, 12, 22]);
  expr('for x in [[1, 2], [3]], y in x return y', [1, 2, 3]);
  expr('for x in 1..3 return x', [1, 2, 3]);
  expr('for x in 3..1 return x', [3, 2, 1]);
  expr('for x in a return x', null);
  expr('for x in [1, 2] return for y in [x] return x + y', [[2], [4]]);
  expr('(for x in [{v: 1}, {v: 2}] return {w: x.v + 1})[w = 3].w', [3]);
  expr('count(for x in 1..100 return x)', 100);
  warns('for x in 1 return x', 'a list is needed here, not a number');
  warns('for x in 1..2.5 return x', 'a range to count through runs between whole numbers');
  warns('for x in 1..1000000 return x', 'a range to count through has at most 10000 numbers');
});

describe('some and every', () => {
  expr('some x in [1, 2] satisfies x > 1', true);
  expr('some x in [1, 2] satisfies x > 2', false);
  expr('some x in [] satisfies x > 2', false);
  expr('some x in [1, null] satisfies x > 2', null);
  expr('some x in [3, null] satisfies x > 2', true);
  expr('every x in [1, 2] satisfies x > 0', true);
  expr('every x in [1, 2] satisfies x > 1', false);
  expr('every x in [] satisfies x > 1', true);
  expr('every x in [1, null] satisfies x > 0', null);
  expr('every x in [0, null] satisfies x > 0', false);
  expr('some x in a satisfies x > 1', null);
  expr('some x in [1, 2], y in [2, 3] satisfies x = y', true);
  expr('some x in [1, 2] satisfies some y in [x] satisfies y = 2', true);
  warns('some x in [1] satisfies x', 'a number stands where a yes-or-no is needed');
});

describe('Aggregates leave missing values out', () => {
  expr('count([1, null, 2])', 2);
  expr('count([])', 0);
  expr('sum([1, null, 2])', 3);
  expr('sum(1, 2, 3)', 6);
  expr('sum([])', null);
  expr('sum([null])', null);
  expr('sum([@"P1D", @"PT12H"])', 'P1DT12H');
  expr('min([3, null, 2])', 2);
  expr('max(3, 5, 4)', 5);
  expr('max([])', null);
  expr('max([@"2021-01-01", @"2021-03-01"])', '2021-03-01');
  expr('min(["b", "a"])', 'a');
  expr('mean([1, 2, null, 6])', 3);
  expr('mean([])', null);
  expr('median([10, 9, 1])', 9);
  expr('median([10, 9, 1, 2])', 5.5);
  expr('median([])', null);
  expr('stddev([2, 4, 4, 4, 5, 5, 7, 9])', Math.sqrt(32 / 7));
  expr('stddev([1])', null);
  expr('all([true, null])', null);
  expr('all([true, false, null])', false);
  expr('any([false, null])', null);
  expr('any([true, null])', true);
  warns('sum(a)', 'only numbers and durations have a sum, not a text', { a: [1, 'a'] });
  warns('sum(a)', 'only numbers and durations have a sum, not a text', { a: ['a'] });
  warns('max(a)', 'a text has no order with a number', { a: ['a', 1] });
  warns('median(a)', 'median(…) takes numbers, not a text', { a: ['a', 1] });
});

describe('List functions', () => {
  expr('first([1, 2])', 1);
  expr('last([1, 2])', 2);
  expr('first([])', null);
  expr('last(a)', null);
  expr('list contains([1, 2], 2)', true);
  expr('list contains([1, null], null)', true);
  expr('list contains([1, 2], 3)', false);
  expr('list contains([@"2021-01-01"], @"2021-01-01")', true);
  expr('index of([1, 2, 1], 1)', [1, 3]);
  expr('distinct values([1, 2, 1, null, null])', [1, 2, null]);
  expr('union([1, 2], [2, 3])', [1, 2, 3]);
  expr('reverse([1, 2])', [2, 1]);
  expr('sublist([1, 2, 3], 2)', [2, 3]);
  expr('sublist([1, 2, 3], -2, 1)', [2]);
  expr('append([1], 2)', [1, 2]);
  expr('concatenate([1], [2, 3])', [1, 2, 3]);
  expr('flatten([[1, [2]], 3])', [1, 2, 3]);
  expr('sort([3, 1, null, 2])', [1, 2, 3, null]);
  expr('sort([3, 1, 2], function(x, y) x > y)', [3, 2, 1]);
  expr('sort([{v: 2}, {v: 1}], function(x, y) x.v < y.v).v', [1, 2]);
  expr('coalesce(a, null, 3)', 3);
  expr('coalesce([null, 4])', 4);
  expr('coalesce(a)', null);
  expr('get value({x: 1}, "x")', 1);
});

describe('An expression that is read again by one of its own readers', () => {
  it('keeps its variables', () => {
    const own: { read: (depth: number) => FeelValue } = { read: () => null };
    const compiled = compile<number>('for x in [depth, depth * 10] return [before, x]', {
      resolve: (name) =>
        name === 'depth' ? (depth) => depth : (depth) => (depth === 1 ? null : own.read(depth - 1)),
      special: new Map(),
    });
    if (compiled.ok) own.read = compiled.expression.read;
    expect(own.read(2)).toEqual([
      [
        [
          [null, 1],
          [null, 10],
        ],
        2,
      ],
      [
        [
          [null, 1],
          [null, 10],
        ],
        20,
      ],
    ]);
  });
});
