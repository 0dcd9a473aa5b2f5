import { describe, expect, test } from 'vitest';
import { findingsOf, type Answers } from './run.ts';

function rules(answers: Answers, phase: 'entry' | 'complete' | 'batch' = 'entry'): readonly string[] {
  return findingsOf([], answers, { phase }).map((finding) => finding.check);
}

describe('bounds', () => {
  const lines: readonly [answers: Answers, rules: readonly string[]][] = [
    [{ 'SCR/ENR/s_weight': '1.9' }, ['s_weight.hard']],
    [{ 'SCR/ENR/s_weight': '2' }, ['s_weight.soft']],
    [{ 'SCR/ENR/s_weight': '39.9' }, ['s_weight.soft']],
    [{ 'SCR/ENR/s_weight': '40' }, []],
    [{ 'SCR/ENR/s_weight': '120' }, []],
    [{ 'SCR/ENR/s_weight': '250' }, ['s_weight.soft']],
    [{ 'SCR/ENR/s_weight': '250.1' }, ['s_weight.hard']],
    [{ 'SCR/ENR/s_weight': 'ND' }, []],
    [{ 'N1/NIGHT/n_hours': '>24' }, ['n_hours.hard']],
    [{ 'N1/NIGHT/n_hours': '>=24' }, ['n_hours.soft']],
    [{ 'N1/NIGHT/n_hours': '>12' }, ['n_hours.soft']],
    [{ 'N1/NIGHT/n_hours': '>11' }, []],
    [{ 'N1/NIGHT/n_hours': '<3' }, ['n_hours.soft']],
    [{ 'N1/NIGHT/n_hours': '<=3' }, []],
    [{ 'N1/NIGHT/n_hours': '<0' }, ['n_hours.hard']],
  ];
  test.each(lines)('%o → %o', (answers, expected) => {
    expect(rules(answers)).toEqual(expected);
  });
});

describe('bounds of a measurement are those of its analyte', () => {
  const iron = (value: string, unit: string, relation = '=', event = 'SCR'): Answers => ({
    [`${event}/LAB/1/l_test`]: 'iron',
    [`${event}/LAB/1/l_rel`]: relation,
    [`${event}/LAB/1/l_value`]: value,
    [`${event}/LAB/1/l_unit`]: unit,
  });
  const lines: readonly [value: string, unit: string, relation: string, rules: readonly string[]][] = [
    ['20', 'mg/L', '=', []],
    ['20.1', 'mg/L', '=', ['l_value.soft']],
    ['2.01', 'mg/dL', '=', ['l_value.soft']],
    ['10.1', 'mg/dL', '=', ['l_value.hard']],
    ['10', 'mg/dL', '>', ['l_value.hard']],
    ['10', 'mg/dL', '<', []],
    ['1', 'ug/L', '<', ['l_value.soft']],
  ];
  test.each(lines)('%s %s %s', (value, unit, relation, expected) => {
    expect(rules(iron(value, unit, relation))).toEqual(expected);
  });
  test.each([
    ['20.1', 'mg/L', []],
    ['10.1', 'mg/dL', ['l_value.hard']],
  ] as const)(
    'the soft ones at the event that they are of, not at another: %s %s',
    (value, unit, expected) => {
      expect(rules(iron(value, unit, '=', 'END'))).toEqual(expected);
    },
  );
  test('and the message names the analyte and both units', () => {
    const [finding] = findingsOf([], iron('11', 'mg/dL'));
    expect(finding?.message).toEqual({
      en: 'Iron: 11\u00A0mg/dL (= 110\u00A0mg/L) is outside the possible range (0 to 100\u00A0mg/L). Correct it.',
      fr: 'Fer : 11\u00A0mg/dL (= 110\u00A0mg/L) est hors des limites possibles (0 à 100\u00A0mg/L). À corriger.',
    });
    expect(finding?.used.map((used) => used.item)).toEqual([
      'l_value',
      'l_rel',
      'l_unit',
      'l_test',
      'l_kind',
    ]);
  });
});

describe('a finding of an item', () => {
  test('says the value, the limits and where they come from, in both languages', () => {
    expect(findingsOf([], { 'SCR/ENR/s_weight': '38.5' })).toEqual([
      {
        check: 's_weight.soft',
        version: 1,
        severity: 'soft',
        event: 'SCR',
        form: 'ENR',
        row: 1,
        item: 's_weight',
        items: ['s_weight'],
        message: {
          en: 'Weight: 38.5\u00A0kg is outside the expected range (40 to 120\u00A0kg). Check it, or confirm it with a reason.',
          fr: 'Poids : 38,5\u00A0kg est hors des limites attendues (40 à 120\u00A0kg). À vérifier, ou à confirmer avec un motif.',
        },
        rule: { en: 'Expected: 40 to 120\u00A0kg.', fr: 'Attendu : 40 à 120\u00A0kg.' },
        source: 'protocol 4.1',
        convention: false,
        used: [
          {
            event: 'SCR',
            form: 'ENR',
            row: 1,
            item: 's_weight',
            text: '38.5',
            relation: '=',
            unit: null,
            missing: null,
          },
        ],
        status: 'open',
      },
    ]);
  });
});

describe('a pattern', () => {
  test.each([
    ['ABC', []],
    ['ABCD', ['s_code.pattern']],
    ['xABC', ['s_code.pattern']],
    ['ND', []],
  ])('%s', (code, expected) => {
    expect(rules({ 'SCR/ENR/s_code': code })).toEqual(expected);
  });
});

describe('an answer that is owed', () => {
  const begun: Answers = { 'N1/NIGHT/n_hours': '7' };
  test('is asked for when the form is completed and in batch runs, not while typing', () => {
    expect(rules(begun)).toEqual([]);
    expect(rules(begun, 'complete')).toEqual(['n_bed.required']);
    expect(rules(begun, 'batch')).toEqual(['n_bed.required']);
  });
  test('is given by a missing reason too', () => {
    expect(rules({ ...begun, 'N1/NIGHT/n_bed': 'ND' }, 'complete')).toEqual([]);
  });
  test('is owed where the condition is true', () => {
    expect(rules({ 'SCR/ENR/s_consent': '0' }, 'complete')).toEqual(['s_reason.required']);
    expect(rules({ 'SCR/ENR/s_consent': '1' }, 'complete')).toEqual([]);
    expect(rules({ 'SCR/ENR/s_consent': 'ND' }, 'complete')).toEqual([]);
  });
  test('is owed by a shown item and not by a hidden one', () => {
    expect(rules({ 'N1/NIGHT/n_bed': 'ND', 'N1/NIGHT/n_coffee': '1' }, 'complete')).toEqual([
      'n_cups.required',
    ]);
    expect(rules({ 'N1/NIGHT/n_bed': 'ND', 'N1/NIGHT/n_coffee': '0' }, 'complete')).toEqual([]);
  });
  test('is owed in each row that holds anything', () => {
    const found = findingsOf([], { 'LOG/DOSE/2/d_mg': '5', 'LOG/DOSE/4/d_mg': '5' }, { phase: 'complete' });
    expect(found.map((finding) => [finding.check, finding.row])).toEqual([
      ['d_at.required', 2],
      ['d_at.required', 4],
    ]);
  });
  test('is owed by an empty form that is being completed, and by no other empty form', () => {
    const only = [{ event: 'N3', form: 'NIGHT' }];
    expect(
      findingsOf([], begun, { phase: 'complete', only }).map(({ event, check }) => [event, check]),
    ).toEqual([['N3', 'n_bed.required']]);
  });
});
