/** What is missing for a calculated item, on the sleep study: one fact a line. */
import { describe, expect, it } from 'vitest';
import { settle } from '#shared/derivations.ts';
import { explainCalculated, type Explanation, type Gap } from '#shared/gaps.ts';
import { indexOf, modelOf, now, placeOf, type Answers } from './run.ts';
import { withItem } from './faulty.ts';
import { item } from './sleep-study.ts';

function explain(expression: string, answers: Answers, decimals = 1): Explanation | null {
  const model = modelOf(
    withItem(item('x', 'calculated', { result: 'decimal', decimals, expression }), 'BED'),
  );
  const index = settle(model, indexOf({ 'N1/NIGHT/n_coffee': '0', ...answers }, model), now);
  return explainCalculated(model, index, placeOf('N1/NIGHT/x'), now);
}
const gaps = (expression: string, answers: Answers = {}): readonly Gap[] =>
  explain(expression, answers)?.gaps ?? [];
const weight = placeOf('SCR/ENR/s_weight');
const hours = placeOf('N1/NIGHT/n_hours');

describe('for a calculated item without a value is missing', () => {
  it.each<readonly [string, string, Answers, readonly Gap[]]>([
    ['an answer that is blank', 's_weight * 2', {}, [{ kind: 'blank', place: weight }]],
    [
      'an answer with a missing reason',
      's_weight * 2',
      { 'SCR/ENR/s_weight': 'ND' },
      [{ kind: 'reason', place: weight, missing: 'ND' }],
    ],
    [
      'each of two answers',
      's_weight * n_hours',
      {},
      [
        { kind: 'blank', place: weight },
        { kind: 'blank', place: hours },
      ],
    ],
    [
      'only what is blank',
      's_weight * n_hours',
      { 'N1/NIGHT/n_hours': '7' },
      [{ kind: 'blank', place: weight }],
    ],
    ['what is missing for another calculated item', 'n_debt + 1', {}, [{ kind: 'blank', place: hours }]],
    [
      'an item that is not asked',
      'n_cups + 1',
      {},
      [{ kind: 'not-asked', place: placeOf('N1/NIGHT/n_cups') }],
    ],
    [
      'an answer of "unknown"',
      'if yes(n_coffee) then 1 else if not(yes(n_coffee)) then 0 else null',
      { 'N1/NIGHT/n_coffee': '99' },
      [{ kind: 'unknown', place: placeOf('N1/NIGHT/n_coffee') }],
    ],
    [
      'a moment that is not known',
      'hours between(T0, n_bed)',
      { 'N1/NIGHT/n_bed': '2021-11-03T22:00' },
      [{ kind: 'no-anchor', anchor: 'T0' }],
    ],
    [
      'a value before a moment',
      'before(d_mg, n_bed)',
      { 'N1/NIGHT/n_bed': '2021-11-03T22:00', 'LOG/DOSE/1/d_mg': '5', 'LOG/DOSE/1/d_at': '2021-11-04T08:00' },
      [{ kind: 'no-value', item: 'd_mg' }],
    ],
    [
      'the moment, where that is not known',
      'before(d_mg, n_bed)',
      { 'LOG/DOSE/1/d_mg': '5' },
      [{ kind: 'blank', place: placeOf('N1/NIGHT/n_bed') }],
    ],
    ['every row', 'max(for d in rows(DOSES) return d.d_mg)', {}, [{ kind: 'no-row', group: 'DOSES' }]],
    [
      'a result of the test',
      'last_result(l_value, "iron", n_bed).l_value',
      { 'N1/NIGHT/n_bed': '2021-11-03T22:00' },
      [{ kind: 'no-result', item: 'l_value', test: 'iron' }],
    ],
    ['an exact number', 'n_hours * 2', { 'N1/NIGHT/n_hours': '>7' }, [{ kind: 'censored', place: hours }]],
    [
      'the day of a date',
      'days between(s_birth, s_start)',
      { 'SCR/ENR/s_birth': '2011-06', 'SCR/ENR/s_start': '2021-11-01T08:00' },
      [{ kind: 'imprecise', place: placeOf('SCR/ENR/s_birth') }],
    ],
    [
      'what could be given, before a number that is not exact',
      'n_hours * s_weight',
      { 'N1/NIGHT/n_hours': '>7' },
      [{ kind: 'blank', place: weight }],
    ],
    [
      'nothing that is only asked whether it is there',
      'if s_reason = null then s_weight else 1',
      {},
      [{ kind: 'blank', place: weight }],
    ],
    [
      'nothing, where the rule is silent about what is known',
      'if n_hours > 5 then 1 else null',
      { 'N1/NIGHT/n_hours': '4' },
      [],
    ],
  ])('%s', (_, expression, answers, expected) => {
    expect(gaps(expression, answers)).toEqual(expected);
  });

  it('a result, when its unit can’t be converted', () => {
    const at = { 'SCR/LAB/l_at': '2021-11-01T08:00', 'SCR/LAB/1/l_test': 'iron', 'SCR/LAB/1/l_value': '4' };
    const model = modelOf(
      withItem(item('x', 'calculated', { result: 'decimal', expression: 'l_value' }), 'RESULT'),
    );
    const index = settle(model, indexOf(at, model), now);
    expect(explainCalculated(model, index, placeOf('SCR/LAB/1/x'), now)?.gaps).toEqual([
      { kind: 'not-convertible', place: placeOf('SCR/LAB/1/l_value') },
    ]);
  });
});

describe('of a calculated item', () => {
  it('with a value nothing is missing, and what it rests on is told', () => {
    const found = explain('s_weight / n_hours', { 'SCR/ENR/s_weight': '70', 'N1/NIGHT/n_hours': '7' });
    expect(found?.gaps).toEqual([]);
    expect(found?.used.map(({ item: id, text }) => `${id} ${String(text)}`)).toEqual([
      's_weight 70',
      'n_hours 7',
    ]);
  });
  it('on a form that was not begun nothing is said', () => {
    const model = modelOf(
      withItem(item('x', 'calculated', { result: 'decimal', expression: 's_weight' }), 'BED'),
    );
    expect(explainCalculated(model, indexOf({}, model), placeOf('N1/NIGHT/x'), now)).toBeNull();
  });
  it('nothing is said of an item that is typed', () =>
    expect(explainCalculated(modelOf(withItem(item('y', 'integer'))), indexOf({}), weight, now)).toBeNull());
});
