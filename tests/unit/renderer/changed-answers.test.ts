import { expect, test } from 'vitest';
import { changedAnswers } from '../../../renderer/stores/changed-answers.ts';

const at = { event: 'SCR', form: 'VS', row: 1, at: '2024-03-05T09:30:00.000Z', user: 'anne' };
const isCalculated = (item: string): boolean => item.startsWith('sum_');
const itemsOf = (items: readonly string[]): readonly string[] =>
  changedAnswers(
    items.map((item, seq) => ({ ...at, item, seq })),
    isCalculated,
  ).map(({ item, seq }) => `${item} ${String(seq)}`);

test.each([
  ['each changed answer once, with its newest change', ['a', 'b', 'a'], ['a 2', 'b 1']],
  ['no value that was calculated from it', ['a', 'sum_one', 'sum_two'], ['a 0']],
  ['calculated ones where no answer within the signed scope changed', ['sum_one'], ['sum_one 0']],
  ['nothing where nothing changed', [], []],
])('what broke a signature counts %s', (_, changed, told) => {
  expect(itemsOf(changed)).toEqual(told);
});
