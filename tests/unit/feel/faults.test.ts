import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '#shared/feel/compile.ts';
import { expr, faultsOf, letters, refuses } from './expr.ts';

describe('A fault names its place and its reason', () => {
  refuses('', '1:1', 'the expression is empty');
  refuses('  \n ', '1:1', 'the expression is empty');
  refuses('a +', '1:4', 'the expression is not finished');
  refuses('a + (b', '1:7', 'the expression is not finished');
  refuses('(a +) b', '1:5', 'something is missing here');
  refuses('if a then b', '1:12', 'the expression is not finished');
  refuses('a > 3 !', '1:7', '“!” does not belong here');
  refuses('1..3', '1:2', '“..3” does not belong here');
  refuses('a\n+ weight', '2:3', 'there is no “weight” that can be read here');
  refuses('not a', '1:1', 'there is no “not a” that can be read here');
  refuses('foo(a)', '1:1', 'there is no function “foo”');
  refuses('a.b(1)', '1:1', 'there is no function “a.b”');
  refuses('contains(a)', '1:1', 'contains(…) needs “match”');
  refuses('contains(a, b, c)', '1:1', 'contains(…) takes 2 arguments, not 3');
  refuses('floor(number: a)', '1:1', 'floor(…) has no parameter “number”');
  refuses('sum()', '1:1', 'sum(…) needs a list or values');
  refuses('sum(list: a)', '1:1', 'sum(…) takes its arguments by position');
  refuses('@"2021-02-29"', '1:1', 'this is no date, local date and time, or duration');
  refuses('@"2021-11-03T14:20:00Z"', '1:1', 'this is no date, local date and time, or duration');
  refuses('date("2021-02-29")', '1:1', 'date(…) takes a date that exists, as "2021-11-03" or 2021, 11, 3');
  refuses('duration("P1Y2D")', '1:1', 'duration(…) takes months ("P1Y6M") or days and time ("P2DT12H")');
  refuses('time("10:00:00")', '1:1', 'times of the day without a date are not supported');
  refuses('matches(a, "(")', '1:1', 'the pattern is not a regular expression');
  refuses('1.foo', '1:3', 'there is no property “foo”');
  refuses('a.yaer', '1:3', 'there is no property “yaer”');
  refuses('{x: 1}.y', '1:8', 'there is no field “y” here');
  refuses('[{x: 1}][y > 1]', '1:10', 'there is no “y” that can be read here');
  refuses('a[y > 1]', '1:3', 'there is no “y” that can be read here');
  refuses('[1, 2][> 1]', '1:8', 'a condition is written with item: list[item > 3]');
  refuses(
    'function(x) x',
    '1:1',
    'a function can only be written as the second argument of sort(list, function(a, b) a < b)',
  );
  refuses('sort(a, function(x) x)', '1:1', 'sort is written sort(list, function(a, b) a < b)');
  refuses(
    'a instance of weight',
    '1:15',
    `there is no type “weight”; types are number, string, boolean, date, date and time, days and time duration, years and months duration, list, context, range, Null, Any`,
  );
  refuses('< 5', '1:1', 'a comparison needs a value on its left');
  refuses('?', '1:1', '“?” is not supported in an expression');
});

describe('All faults of an expression are given, in its order', () => {
  it('two names and a function', () => {
    expect(faultsOf(compile('x1 + foo(1)\n  + x2', letters))).toEqual([
      '1:1 there is no “x1” that can be read here',
      '1:6 there is no function “foo”',
      '2:5 there is no “x2” that can be read here',
    ]);
  });
});

const inTrap =
  '“in” takes everything that follows as its test; put the test itself into parentheses: (x in …) and …';
const signTrap = 'a sign binds more tightly than a power here: write -(x ** 2) or (-x) ** 2';
const chainTrap = 'comparisons cannot be chained: write a < b and b < c, or b between a and c';

describe('Traps of FEEL are refused', () => {
  refuses('a in [1..5] and b', '1:6', inTrap);
  refuses('a in [1, 2] or b', '1:6', inTrap);
  refuses('a in c and b', '1:6', inTrap);
  refuses('a in (1) and b', '1:6', inTrap);
  refuses('not(a in [1..5] and b)', '1:10', inTrap);
  refuses('a in [1..5] = b', '1:6', inTrap);
  refuses('-3 ** 2', '1:1', signTrap);
  refuses('-a ** 2', '1:1', signTrap);
  refuses('a < b < c', '1:1', chainTrap);
  refuses('a = b = c', '1:1', chainTrap);
  refuses('a == b', '1:3', 'equality is written with one =');
});

describe('What only looks like a trap is not', () => {
  expr('(a in [1..5]) and b', true, { a: 2, b: true });
  expr('a in (1, 2) and b', true, { a: 2, b: true });
  expr('a between 1 and 3 and b', true, { a: 2, b: true });
  expr('(-3) ** 2', 9);
  expr('-(3 ** 2)', -9);
  expr('2 ** -a', 0.25, { a: 2 });
  expr('(a < b) = c', true, { a: 1, b: 2, c: true });
});

describe('Warnings', () => {
  it('name their place, and kinds of values only', () => {
    const compiled = compile('true and\n  a + "x" > 3', letters);
    const warnings = compiled.ok ? compiled.expression.evaluate({ a: 36.6 }).warnings : [];
    expect(warnings).toEqual([
      { message: 'a text cannot be added to a number', line: 2, column: 3, from: 11, to: 18 },
    ]);
  });
});

describe('Names', () => {
  const namesOf = (source: string): readonly string[] => {
    const compiled = compile(source, letters);
    return compiled.ok ? [...compiled.expression.names].sort() : faultsOf(compiled);
  };
  it('are the free ones', () => {
    expect(namesOf('a + b * a')).toEqual(['a', 'b']);
    expect(namesOf('for x in a return x + b')).toEqual(['a', 'b']);
    expect(namesOf('[{x: a}][x > b].x')).toEqual(['a', 'b']);
    expect(namesOf('some x in a, y in [x] satisfies item_of = y')).toEqual([
      '1:33 there is no “item_of” that can be read here',
    ]);
    expect(namesOf('sort(a, function(x, y) x < y)')).toEqual(['a']);
    expect(namesOf('string length("a")')).toEqual([]);
  });
});

describe('Whatever is typed as an expression', () => {
  const words = [
    'a',
    'b',
    '1',
    '"x"',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '.',
    '..',
    '+',
    '-',
    '*',
    '**',
    '/',
    '=',
    '<',
    '>=',
    '!=',
  ]
    .concat([
      'if',
      'then',
      'else',
      'for',
      'in',
      'return',
      'some',
      'every',
      'satisfies',
      'and',
      'or',
      'not',
      'between',
      'null',
      '?',
      '@',
      '`',
    ])
    .concat(['date and time', 'days between', 'instance of', 'number', 'function', '\n', '//', '"']);

  it('compiles or is refused at a place inside it, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' ')),
          fc.string({ maxLength: 30 }),
        ),
        (source) => {
          const compiled = compile(source, letters);
          if (compiled.ok) {
            compiled.expression.evaluate({ a: 1, b: null });
            return;
          }
          expect(compiled.faults.length).toBeGreaterThan(0);
          for (const fault of compiled.faults) {
            expect(fault.from).toBeGreaterThanOrEqual(0);
            expect(fault.to).toBeLessThanOrEqual(source.length);
            expect(fault.line).toBeLessThanOrEqual(source.split('\n').length);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('is refused when it is too long or too deep', () => {
    expect(faultsOf(compile('1+'.repeat(6_000) + '1', letters))).toEqual([
      '1:1 the expression is longer than 5000 characters',
    ]);
    expect(faultsOf(compile(`${'('.repeat(100)}1${')'.repeat(100)}`, letters))).toEqual([
      '1:51 the expression is nested too deeply',
    ]);
    expect(faultsOf(compile(`1${' + 1'.repeat(600)}`, letters))).toEqual([
      '1:1 the expression is nested too deeply',
    ]);
  });
});
