import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestAssignment } from '#shared/second-entry/assignment.ts';
import { matchRows, type MatchedRow, type RowPair } from '#shared/second-entry/match-rows.ts';

const items = ['drug', 'dose', 'start', 'route', 'stopped'];
const row = (number: number, ...answers: readonly string[]): MatchedRow => ({
  row: number,
  answers: new Map(
    answers.flatMap((answer, position) => (answer === '' ? [] : [[items[position] ?? '', answer]])),
  ),
});
const pairs = (found: readonly RowPair[]): string =>
  found.map(({ first, second }) => `${String(first ?? '–')}:${String(second ?? '–')}`).join(' ');

const aspirin = ['aspirin', '500', '2021-11-03', 'oral', 'no'];
const heparin = ['heparin', '20', '2021-11-04', 'iv', 'no'];
const steroid = ['prednisolone', '40', '2021-11-05', 'oral', 'yes'];

describe('rows without a key', () => {
  it.each([
    ['in the same order', [aspirin, heparin, steroid], [aspirin, heparin, steroid], '1:1 2:2 3:3'],
    ['swapped', [aspirin, heparin, steroid], [steroid, aspirin, heparin], '1:2 2:3 3:1'],
    ['one missed by the second', [aspirin, heparin, steroid], [aspirin, steroid], '1:1 2:– 3:2'],
    ['one missed by the first', [aspirin, steroid], [aspirin, heparin, steroid], '1:1 2:3 –:2'],
    ['one mistyped', [aspirin, heparin], [['heparin', '2', '2021-11-04', 'iv', 'no'], aspirin], '1:2 2:1'],
    [
      'one missed, another added that only shares a "no"',
      [aspirin, heparin],
      [aspirin, ['ketamine', '1', '2021-12-01', 'im', 'no'], steroid],
      '1:1 2:– –:2 –:3',
    ],
    ['one typed wrong throughout', [aspirin, heparin], [aspirin, ['a', 'b', 'c', 'd', 'e']], '1:1 2:2'],
    ['the same twice', [aspirin, aspirin], [aspirin, aspirin], '1:1 2:2'],
    ['none by the second', [aspirin], [], '1:–'],
    ['none at all', [], [], ''],
  ])('%s', (_, first, second, expected) => {
    const rows = (typed: readonly (readonly string[])[]): readonly MatchedRow[] =>
      typed.map((answers, position) => row(position + 1, ...answers));
    expect(pairs(matchRows(rows(first), rows(second), []))).toBe(expected);
  });
});

describe('rows with a key', () => {
  it('are the same when the key is, however much else differs', () => {
    const first = [row(1, 'aspirin', '500', '2021-11-03', 'oral', 'no'), row(2, 'heparin', '20')];
    const second = [row(1, 'heparin', '500', '2021-11-03', 'oral', 'no'), row(2, 'aspirin', '20')];
    expect(pairs(matchRows(first, second, ['drug']))).toBe('1:2 2:1');
  });

  it('whose key was mistyped are found by their other answers', () => {
    const first = [row(1, ...aspirin), row(2, ...heparin)];
    const second = [row(1, 'heparine', ...heparin.slice(1)), row(2, ...aspirin)];
    expect(pairs(matchRows(first, second, ['drug']))).toBe('1:2 2:1');
  });

  it('with the same key twice are taken in their order', () => {
    const first = [row(1, 'aspirin', '1'), row(2, 'aspirin', '2')];
    const second = [row(4, 'aspirin', '2'), row(5, 'aspirin', '1')];
    expect(pairs(matchRows(first, second, ['drug']))).toBe('1:4 2:5');
  });
});

const anyRows = fc
  .array(fc.array(fc.constantFrom('', 'a', 'b', 'c'), { minLength: 5, maxLength: 5 }), { maxLength: 7 })
  .map((rows) => rows.map((answers, position) => row(position + 1, ...answers)));

it('every row is in exactly one pair, whatever was typed', () => {
  fc.assert(
    fc.property(anyRows, anyRows, fc.subarray(items), (first, second, key) => {
      const found = matchRows(first, second, key);
      const numbers = (side: keyof RowPair): readonly number[] =>
        found.flatMap((pair) => pair[side] ?? []).sort((one, other) => one - other);
      expect(numbers('first')).toEqual(first.map((one) => one.row));
      expect(numbers('second')).toEqual(second.map((one) => one.row));
    }),
  );
});

it('the same rows in another order are all found again with the same answers', () => {
  const distinct = fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { maxLength: 12 });
  fc.assert(
    fc.property(
      distinct.chain((ids) =>
        fc.tuple(fc.constant(ids), fc.shuffledSubarray(ids, { minLength: ids.length })),
      ),
      ([ids, shuffled]) => {
        const rows = (of: readonly number[]): readonly MatchedRow[] =>
          of.map((id, position) =>
            row(
              position + 1,
              ...[...String(id).padStart(3, '0')].map((digit, at) => `${String(at)}${digit}`),
            ),
          );
        for (const { first, second } of matchRows(rows(ids), rows(shuffled), []))
          expect(shuffled[(second ?? 0) - 1]).toBe(ids[(first ?? 0) - 1]);
      },
    ),
  );
});

it('the assignment costs as little as the best of all orders', () => {
  const square = fc.integer({ min: 1, max: 5 }).chain((rows) =>
    fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 5, maxLength: 5 }), {
      minLength: rows,
      maxLength: rows,
    }),
  );
  const costOf = (costs: readonly (readonly number[])[], columns: readonly number[]): number =>
    costs.reduce((sum, line, at) => sum + (line[columns[at] ?? -1] ?? Number.NaN), 0);
  const orders = (rows: number, left: readonly number[]): readonly (readonly number[])[] =>
    rows === 0
      ? [[]]
      : left.flatMap((column) =>
          orders(
            rows - 1,
            left.filter((other) => other !== column),
          ).map((rest) => [column, ...rest]),
        );
  fc.assert(
    fc.property(square, (costs) => {
      const found = cheapestAssignment(costs);
      expect(new Set(found).size).toBe(costs.length);
      expect(costOf(costs, found)).toBe(
        Math.min(...orders(costs.length, [0, 1, 2, 3, 4]).map((columns) => costOf(costs, columns))),
      );
    }),
  );
});
