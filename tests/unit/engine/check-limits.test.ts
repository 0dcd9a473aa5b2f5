import { describe, expect, it } from 'vitest';
import { isWithin, limitsOf } from '#shared/check-limits.ts';
import { check, sleepWith, type CheckInput } from './sleep-study.ts';

/** The limits of the weight of a study with these conditions, "≤ 8" as "..8". */
function limits(...fires: readonly string[]): readonly string[] {
  const checks = fires.map((condition, position): CheckInput =>
    check({
      id: `C${String(position)}`,
      each: 'form',
      form: 'ENR',
      items: ['s_weight'],
      fires: condition,
      severity: 'soft',
    }),
  );
  const study = sleepWith({ checks });
  const weight = study.forms[0]?.groups[0]?.items.find(({ id }) => id === 's_weight');
  if (weight === undefined) throw new Error('the study has no weight');
  return limitsOf(study, weight)
    .filter((limit) => limit.check.startsWith('C'))
    .map(({ stretches }) =>
      stretches
        .map(
          ({ min, max, minIncluded, maxIncluded }) =>
            `${minIncluded ? '[' : '('}${min === null ? '' : String(min)}..${max === null ? '' : String(max)}${maxIncluded ? ']' : ')'}`,
        )
        .join(' '),
    );
}

describe('the limits that a check sets to one number', () => {
  it('above', () => expect(limits('s_weight > 8')).toEqual(['(..8]']));
  it('from', () => expect(limits('s_weight >= 8')).toEqual(['(..8)']));
  it('below', () => expect(limits('s_weight < 1.5')).toEqual(['[1.5..)']));
  it('written the other way round', () => expect(limits('8 < s_weight')).toEqual(['(..8]']));
  it('on both sides', () => expect(limits('s_weight > 10 or s_weight < 1')).toEqual(['[1..10]']));
  it('with a gap', () =>
    expect(limits('s_weight < 0.8 or s_weight > 1.2 and s_weight < 1.8 or s_weight > 2.2')).toEqual([
      '[0.8..1.2] [1.8..2.2]',
    ]));
  it('below zero', () => expect(limits('s_weight < -5 or s_weight > 8')).toEqual(['[-5..8]']));
  it('one value that can’t be', () => expect(limits('s_weight = 3')).toEqual(['(..3) (3..)']));
  it('where other alternatives rest on other items', () =>
    expect(limits('s_weight > 30 or s_consent = "0"')).toEqual(['(..30]']));
  it('are none where it rests on other items as well', () =>
    expect(limits('s_weight > 30 and s_consent = "0"')).toEqual([]));
  it('are none where it calculates with the number', () => expect(limits('2 * s_weight > 30')).toEqual([]));
  it('are none where it looks elsewhere', () => expect(limits('s_weight > max(all(n_hours))')).toEqual([]));
});

describe('bounds of an item', () => {
  it('are limits too, hard ones first', () => {
    const study = sleepWith({
      checks: [check({ each: 'form', form: 'ENR', items: ['s_weight'], fires: 's_weight > 99' })],
    });
    const weight = study.forms[0]?.groups[0]?.items.find(({ id }) => id === 's_weight');
    expect(weight && limitsOf(study, weight).map((limit) => limit.check)).toEqual([
      's_weight.hard',
      's_weight.soft',
      'C1',
    ]);
  });
  it('end with their ends', () => {
    const limit = { stretches: [{ min: 1, max: 2, minIncluded: true, maxIncluded: false }] };
    expect([0.9, 1, 1.5, 2].map((number) => isWithin(number, limit))).toEqual([false, true, true, false]);
  });
});
