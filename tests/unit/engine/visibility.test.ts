import { describe, expect, test } from 'vitest';
import { visibility } from '#shared/visibility.ts';
import { findingsOf, indexOf, placeOf, plainModel, say, type Answers, type Asked } from './run.ts';

const night: Asked = { each: 'form', form: 'NIGHT' };

function isHidden(path: string, answers: Answers): boolean {
  return visibility(plainModel, indexOf(answers)).isHidden(placeOf(path));
}

describe('an item with a condition is shown only when the condition is true', () => {
  const lines: readonly [what: string, path: string, answers: Answers, hidden: boolean][] = [
    ['true', 'N1/NIGHT/n_cups', { 'N1/NIGHT/n_coffee': '1' }, false],
    ['false', 'N1/NIGHT/n_cups', { 'N1/NIGHT/n_coffee': '0' }, true],
    ['not answered', 'N1/NIGHT/n_cups', { 'N1/NIGHT/n_hours': '7' }, true],
    ['a missing reason', 'N1/NIGHT/n_cups', { 'N1/NIGHT/n_coffee': 'ND' }, true],
    ['form not begun', 'N1/NIGHT/n_cups', {}, true],
    ['answered in another event', 'N1/NIGHT/n_cups', { 'N2/NIGHT/n_coffee': '1' }, true],
    ['no condition', 'N1/NIGHT/n_hours', {}, false],
    ['condition of the group true', 'N1/NIGHT/3/w_minutes', { 'N1/NIGHT/n_hours': '7' }, false],
    ['condition of the group false', 'N1/NIGHT/1/w_minutes', { 'N1/NIGHT/n_hours': '12' }, true],
    ['condition of the group not evaluable', 'N1/NIGHT/1/w_minutes', { 'N1/NIGHT/n_hours': '<14' }, true],
    ['row that does not exist yet', 'SCR/LAB/5/l_kind', { 'SCR/LAB/1/l_test': 'dimer' }, true],
    ['condition over the row', 'SCR/LAB/1/l_kind', { 'SCR/LAB/1/l_test': 'dimer' }, false],
    ['no such item', 'SCR/LAB/1/nothing', {}, false],
  ];
  test.each(lines)('%s', (_, path, answers, hidden) => {
    expect(isHidden(path, answers)).toBe(hidden);
  });
});

describe('a hidden answer', () => {
  const chain: Answers = { 'N1/NIGHT/n_coffee': '1', 'N1/NIGHT/n_cups': '3', 'N1/NIGHT/n_brand': 'Mocha' };
  const broken: Answers = { ...chain, 'N1/NIGHT/n_coffee': '0' };
  test('hides what depends on it in turn', () => {
    expect(isHidden('N1/NIGHT/n_brand', chain)).toBe(false);
    expect(isHidden('N1/NIGHT/n_brand', broken)).toBe(true);
  });
  test('reads as null', () => {
    expect(say('n_cups = null', chain, night)).toEqual(['no']);
    expect(say('n_cups = null', broken, night)).toEqual(['yes']);
    expect(say('all(n_cups)', broken)).toEqual(['']);
    expect(say('rows(BED).n_cups', broken)).toEqual(['–']);
    expect(say('is_typed(n_cups)', broken, night)).toEqual(['no']);
  });
  test('is listed as parked', () => {
    expect(
      visibility(plainModel, indexOf(broken))
        .parked()
        .map((place) => place.item),
    ).toEqual(['n_cups', 'n_brand']);
    expect(visibility(plainModel, indexOf(chain)).parked()).toEqual([]);
  });
  test('gives a soft finding until somebody decides', () => {
    const found = findingsOf([], broken).filter((finding) => finding.check === 'n_cups.parked');
    expect(found.map(({ severity, used, message }) => [severity, used[0]?.text, message.en])).toEqual([
      [
        'soft',
        '3',
        'n_cups is not asked any more and still holds 3. Empty it, correct the answer that hides it, or confirm that it is kept.',
      ],
    ]);
  });
  test('gives no other finding', () => {
    const found = findingsOf([], { ...broken, 'N1/NIGHT/n_bed': '2021-11-01T22:00' }, { phase: 'complete' });
    expect(found.map((finding) => finding.check)).toEqual(['n_cups.parked', 'n_brand.parked']);
  });
});
