import { describe, expect, test } from 'vitest';
import { derive, settle } from '#shared/derivations.ts';
import { valueAt } from '#shared/subject-index.ts';
import { createStudyModel, type StudyModel } from '#shared/study-model.ts';
import { indexOf, modelOf, now, placeOf, plainModel, type Answers } from './run.ts';
import { both, item, sleepStudy, sleepWith, type StudyInput } from './sleep-study.ts';

function derived(answers: Answers, model: StudyModel = plainModel): Readonly<Record<string, string | null>> {
  const values = derive(model, indexOf(answers, model), now);
  return Object.fromEntries(
    values.map(({ place, value }) => [
      `${place.event}/${place.form}/${String(place.row)}/${place.item}`,
      value === null
        ? null
        : `${value.relation === null || value.relation === '=' ? '' : value.relation}${value.text ?? ''}`,
    ]),
  );
}

/** A study of one form with these calculated items over the number x. */
function calculating(items: Readonly<Record<string, Parameters<typeof item>[2]>>): StudyInput {
  const calculated = Object.entries(items).map(([id, more]) =>
    item(id, 'calculated', { result: 'decimal', ...more }),
  );
  return {
    ...structuredClone(sleepStudy),
    anchors: [],
    events: [{ id: 'SCR', name: both('Screening') }],
    forms: [
      {
        id: 'F',
        name: both('F'),
        groups: [
          {
            id: 'G',
            name: both('G'),
            items: [item('x', 'comparator'), item('d', 'date-time'), ...calculated],
          },
        ],
      },
    ],
    matrix: { F: { SCR: 'required' } },
    analytes: [],
  };
}

function calculated(more: Parameters<typeof item>[2], x: string): string | null {
  const model = modelOf(sleepWith(calculating({ y: more })));
  return derived({ 'SCR/F/x': x }, model)['SCR/F/1/y'] ?? null;
}

describe('what a calculated item holds', () => {
  const lines: readonly [what: string, more: Parameters<typeof item>[2], x: string, text: string | null][] = [
    ['a decimal with its digits', { decimals: 2, expression: 'x / 3' }, '10', '3.33'],
    ['a decimal, zeros kept', { decimals: 2, expression: 'x' }, '10', '10.00'],
    ['a half is rounded up', { decimals: 2, expression: 'x' }, '1.005', '1.01'],
    ['a half is rounded away from zero', { decimals: 0, expression: 'x' }, '-2.5', '-3'],
    ['nothing is below zero after rounding', { decimals: 1, expression: 'x' }, '-0.01', '0.0'],
    ['a decimal without digits', { expression: 'x / 3' }, '1', '0.333333333333'],
    ['a small one without powers of ten', { expression: 'x / 10000000' }, '5', '0.0000005'],
    ['a censored number', { decimals: 1, expression: 'x' }, '>55', '>55.0'],
    ['nothing calculated with a censored number', { decimals: 1, expression: 'x + 1' }, '>55', null],
    ['an integer', { result: 'integer', expression: 'x' }, '2.6', '3'],
    ['nothing that is no number', { result: 'integer', expression: '"two"' }, '2', null],
    ['nothing when divided by zero', { expression: 'x / 0' }, '2', null],
    ['yes', { result: 'yes-no', expression: 'x > 1' }, '2', '1'],
    ['no', { result: 'yes-no', expression: 'x > 1' }, '1', '0'],
    ['not evaluable is neither yes nor no', { result: 'yes-no', expression: 'x > 1' }, 'ND', null],
    [
      'a code',
      { result: 'single-choice', codeList: 'SEX', expression: 'if x > 1 then "M" else "F"' },
      '2',
      'M',
    ],
    [
      'no code that is not in the list',
      { result: 'single-choice', codeList: 'SEX', expression: '"X"' },
      '2',
      null,
    ],
    ['a text', { result: 'text', expression: '"x is " + string(x)' }, '2', 'x is 2'],
    ['a date', { result: 'date', expression: 'date("2021-11-03") + duration("P1D")' }, '2', '2021-11-04'],
    [
      'a date-time',
      { result: 'date-time', expression: 'date and time("2021-11-03T23:30:00") + duration("PT1H")' },
      '2',
      '2021-11-04T00:30',
    ],
  ];
  test.each(lines)('%s', (_, more, x, text) => {
    expect(calculated(more, x)).toBe(text);
  });
});

describe('deriving', () => {
  test('names only what differs from the record', () => {
    const answers = { 'N1/NIGHT/n_hours': '6', 'N2/NIGHT/n_hours': '7', 'N2/NIGHT/n_debt': '1.0' };
    expect(derived(answers)).toEqual({ 'N1/NIGHT/1/n_debt': '2.0' });
  });
  test('empties what can’t be calculated any more', () => {
    expect(derived({ 'N1/NIGHT/n_hours': 'ND', 'N1/NIGHT/n_debt': '1.0' })).toEqual({
      'N1/NIGHT/1/n_debt': null,
    });
  });
  test('empties a form and a row in which nothing is entered any more', () => {
    expect(derived({ 'N1/NIGHT/n_debt': '1.0', 'LOG/DOSE/2/d_perkg': '3.00' })).toEqual({
      'N1/NIGHT/1/n_debt': null,
      'LOG/DOSE/2/d_perkg': null,
    });
  });
  test('carries through values that rest on derived ones', () => {
    expect(derived({ 'SCR/ENR/s_weight': '160' })).toEqual({
      'SCR/ENR/1/s_heavy': '1',
      'SCR/ENR/1/s_heavier': '1',
    });
  });
  test('reaches other rows and events through an anchor', () => {
    const answers = {
      'LOG/DOSE/1/d_at': '2021-11-03T08:00',
      'N1/NIGHT/n_bed': '2021-11-03T20:30',
      'N2/NIGHT/n_bed': '2021-11-02T08:00',
    };
    expect(derived(answers)).toEqual({ 'N1/NIGHT/1/n_since': '12.50', 'N2/NIGHT/1/n_since': '-24.00' });
  });
  test('reaches rows of other events', () => {
    const answers = {
      'N1/NIGHT/n_hours': '8',
      'N1/NIGHT/1/w_minutes': '5',
      'N1/NIGHT/2/w_minutes': '6',
      'N2/NIGHT/n_hours': '8',
      'N2/NIGHT/1/w_minutes': '1',
    };
    expect(derived(answers)).toMatchObject({
      'N1/NIGHT/1/w_sum': '11',
      'N1/NIGHT/2/w_sum': '11',
      'N2/NIGHT/1/w_sum': '11',
    });
  });
  test('empties a calculated item that is hidden', () => {
    const answers = {
      'N1/NIGHT/n_hours': '12',
      'N1/NIGHT/n_debt': '-4.0',
      'N1/NIGHT/1/w_minutes': '5',
      'N1/NIGHT/1/w_sum': '5',
    };
    expect(derived(answers)).toEqual({ 'N1/NIGHT/1/w_sum': null });
  });
  test('converts a measurement with its sign', () => {
    const row = {
      'SCR/LAB/1/l_test': 'iron',
      'SCR/LAB/1/l_rel': '<',
      'SCR/LAB/1/l_value': '5',
      'SCR/LAB/1/l_unit': 'ug/L',
    };
    expect(derived(row)).toEqual({ 'SCR/LAB/1/l_std': '<0.005' });
  });
  test('converts nothing without the qualifier that the factor rests on', () => {
    const row = { 'SCR/LAB/1/l_test': 'dimer', 'SCR/LAB/1/l_value': '2', 'SCR/LAB/1/l_unit': 'mg/L' };
    expect(derived(row)).toEqual({});
    expect(derived({ ...row, 'SCR/LAB/1/l_kind': 'DDU' })).toEqual({ 'SCR/LAB/1/l_std': '4.000' });
  });
  test('has nothing left to do after one pass, whatever the order of items', () => {
    const ids = ['a', 'b', 'c', 'e', 'f'];
    const items = Object.fromEntries(
      ids.map((id, position) => [id, { decimals: 0, expression: `${ids[position + 1] ?? 'x'} + 1` }]),
    );
    const model = modelOf(sleepWith(calculating(items)));
    const settled = settle(model, indexOf({ 'SCR/F/x': '1' }, model), now);
    expect(valueAt(settled, placeOf('SCR/F/a'))?.text).toBe('6');
    expect(derive(model, settled, now)).toEqual([]);
  });
  test('rests on the rounded value, as anybody does who recalculates from the file', () => {
    const model = modelOf(
      sleepWith(
        calculating({ a: { decimals: 1, expression: 'x / 3' }, b: { decimals: 3, expression: 'a * 3' } }),
      ),
    );
    expect(derived({ 'SCR/F/x': '1' }, model)).toMatchObject({ 'SCR/F/1/a': '0.3', 'SCR/F/1/b': '0.900' });
  });
  test('ends even in a definition that goes round in a circle', () => {
    const { model } = createStudyModel(
      sleepWith(calculating({ a: { expression: 'b + 1' }, b: { expression: 'a + 1' } })),
    );
    expect(derived({ 'SCR/F/x': '1' }, model)).toEqual({});
  });
});
