import { describe } from 'vitest';
import { expr, warns } from './expr.ts';

describe('Literals', () => {
  expr('1', 1);
  expr('-1.5', -1.5);
  expr('.5', 0.5);
  expr('1e3', 1000);
  expr('"a\\"b\\u00e9\\n"', 'a"bé\n');
  expr('"a\\\\n"', 'a\\n');
  expr('true', true);
  expr('null', null);
  expr('[1, "a", null]', [1, 'a', null]);
  expr('[]', []);
  expr('[1..3)', '[1..3)');
  expr(']1..3[', '(1..3)');
  expr('{a: 1, "b c": a + 1}', '{a: 1, "b c": 2}');
  expr('// the dose\n1 + /* mg */ 2', 3);
});

describe('Arithmetic', () => {
  expr('1 + 2 * 3', 7);
  expr('(1 + 2) * 3', 9);
  expr('7 / 2', 3.5);
  expr('2 ** 3', 8);
  expr('2 ** -1', 0.5);
  expr('-a', -3, { a: 3 });
  expr('a - -3', 6, { a: 3 });
  expr('"a" + "b"', 'ab');
  expr('null - 3', null);
  expr('a * 2', null);
  expr('0.3 - 0.1 - 0.2', 0);
  expr('0.1 + 0.2 - 0.3', 0);
  warns('1 + "a"', 'a text cannot be added to a number');
  warns('a - 1', 'a number cannot be subtracted from a list; pick an element first', { a: [1] });
  warns('1 / 0', 'division by zero');
  warns('a / 0', 'division by zero', { a: 1 });
  warns('(-8) ** 0.5', 'the power has no finite value');
  warns('-"a"', 'a text cannot be negated');
});

describe('Comparison of numbers', () => {
  expr('1 < 2', true);
  expr('2 <= 2', true);
  expr('2 > 2', false);
  expr('2 >= 3', false);
  expr('0.1 + 0.2 = 0.3', true);
  expr('1.1 * 3 <= 3.3', true);
  expr('1.1 * 3 > 3.3', false);
  expr('1.000000000001 = 1', true);
  expr('1.00000000001 = 1', false);
  expr('1.00000000001 > 1', true);
  expr('1e300 * 10 > 1', true);
});

describe('Comparison of other values', () => {
  expr('"a" < "b"', true);
  expr('"1" = "1"', true);
  expr('true = false', false);
  expr('true != false', true);
  expr('[1, 2] = [1, 2]', true);
  expr('[1, 2] = [1, 3]', false);
  expr('[1, null] = [1, null]', true);
  expr('{a: 1} = {a: 1}', true);
  expr('{a: 1} = {b: 1}', false);
  expr('[1..2] = [1..2]', true);
  expr('[1..2] = [1..2)', false);
  expr('@"P1D" < @"PT25H"', true);
  expr('@"P1Y" = @"P12M"', true);
  warns('"a" < 3', 'a text has no order with a number');
  warns('"1" = 1', 'a text cannot equal a number');
  warns('true < false', 'a yes-or-no has no order with a yes-or-no');
  warns('@"P1Y" < @"P400D"', 'a duration in months has no order with a duration in days');
  warns('[1] = 1', 'a list cannot equal a number');
});

describe('Missing values', () => {
  expr('a = null', true);
  expr('null = a', true);
  expr('a = (null)', true);
  expr('a = upper case(null)', null);
  expr('a in (null)', true);
  expr('a != null', false);
  expr('a = null', false, { a: 0 });
  expr('a != null', true, { a: '' });
  expr('a = 1', null);
  expr('a != 1', null);
  expr('a = b', null);
  expr('a < 1', null);
  expr('1 <= a', null);
  expr('not(a = 1)', null);
  expr('a + 1 > 2', null);
});

describe('Three-valued logic', () => {
  expr('true and true', true);
  expr('true and false', false);
  expr('false and a', false);
  expr('a and false', false);
  expr('a and true', null);
  expr('a and b', null);
  expr('false or false', false);
  expr('true or a', true);
  expr('a or true', true);
  expr('a or false', null);
  expr('not(true)', false);
  expr('not(a)', null);
  expr('a < 5 or true', true);
  warns('true and 1', 'a number stands where a yes-or-no is needed');
  warns('not(a)', 'a text stands where a yes-or-no is needed', { a: 'a' });
});

describe('if', () => {
  expr('if 1 < 2 then "a" else "b"', 'a');
  expr('if 1 > 2 then "a" else "b"', 'b');
  expr('if a then "a" else "b"', 'b');
  expr('if a < 3 then "low" else if a < 6 then "middle" else "high"', 'middle', { a: 5 });
});

describe('between and in', () => {
  expr('2 between 1 and 3', true);
  expr('3 between 1 and 3', true);
  expr('4 between 1 and 3', false);
  expr('a between 1 and 3', null);
  expr('5 between a and 3', false);
  expr('2 between a and 3', null);
  expr('2 between 3 and 1', false);
  expr('2 between 1 and 3 and 5 between 1 and 3', false);
  expr('2 in [1..3]', true);
  expr('3 in [1..3)', false);
  expr('1 in (1..3]', false);
  expr('2 in (1, 2)', true);
  expr('3 in (1, 2)', false);
  expr('3 in (1, > 2)', true);
  expr('3 in (< 3, [5..6])', false);
  expr('3 in <= 3', true);
  expr('3 in (= 3)', true);
  expr('3 in (!= 3)', false);
  expr('2 in [1, 2]', true);
  expr('2 in a', true, { a: [1, 2] });
  expr('5 in a', true, {
    a: [1, { kind: 'range', start: 4, startIncluded: true, end: 6, endIncluded: true }],
  });
  expr('"b" in ("a", "b")', true);
  expr('a in (1, 2)', null);
  expr('not(a in (1, 2))', null);
  expr('a in (1, null)', true);
  expr('a in null', true);
  expr('3 in (1, null)', false);
  expr('3 in (1, b)', null);
  expr('3 in (3, b)', true);
  expr('3 in b', null);
  expr('a in [1..3]', null);
  expr('2 in [1..b]', null);
  expr('0 in [1..b]', false);
  expr('(a in [1..5]) and b', true, { a: 2, b: true });
});

describe('instance of', () => {
  expr('1 instance of number', true);
  expr('"1" instance of number', false);
  expr('@"2021-01-01" instance of date', true);
  expr('@"P1D" instance of days and time duration', true);
  expr('@"P1M" instance of years and months duration', true);
  expr('a instance of Null', true);
  expr('a instance of Any', false);
});
