import { describe, expect, it } from 'vitest';
import { nothing } from '#shared/item-value/reading.ts';
import type { ItemValue } from '#shared/record.ts';
import { isSameAnswer } from '#shared/second-entry/same-answer.ts';

const number = (text: string, more: Partial<ItemValue> = {}): ItemValue => ({
  ...{ ...nothing, text, number: Number(text) },
  ...more,
});
const text = (said: string, more: Partial<ItemValue> = {}): ItemValue => ({
  ...nothing,
  text: said,
  ...more,
});

describe('two answers', () => {
  it.each<readonly [string, ItemValue | null, ItemValue | null, boolean]>([
    ['32 and 32.0', number('32'), number('32.0'), true],
    ['0 and -0', number('0'), number('-0'), true],
    ['32 and 32.1', number('32'), number('32.1'), false],
    ['32 and =32', number('32'), number('32', { relation: '=' }), true],
    ['32 and >32', number('32'), number('32', { relation: '>' }), false],
    ['32 g and 32 mg', number('32', { unit: 'g' }), number('32', { unit: 'mg' }), false],
    [
      'November and a day of November',
      text('2021-11', { precision: 'month' }),
      text('2021-11-01', { precision: 'day' }),
      false,
    ],
    ['one blank and two', text('no fever'), text(' no  fever'), true],
    ['a capital and a small letter', text('No fever'), text('no fever'), false],
    ['two missing reasons', { ...nothing, missing: 'ND' }, { ...nothing, missing: 'NK' }, false],
    ['a missing reason and nothing', { ...nothing, missing: 'ND' }, null, false],
    ['nothing and an emptied field', null, nothing, true],
  ])('%s', (_, one, other, same) => {
    expect(isSameAnswer(one, other)).toBe(same);
    expect(isSameAnswer(other, one)).toBe(same);
  });
});
