import { describe, expect, test } from 'vitest';
import { findingsOf, indexOf, modelOf, say, type Answers, type Asked } from './run.ts';
import { check, sleepWith } from './sleep-study.ts';
import { runChecks } from '#shared/edit-checks.ts';

const subject: Asked = { each: 'subject' };
const night: Asked = { each: 'form', form: 'NIGHT' };
const enrolment: Asked = { each: 'form', form: 'ENR' };

describe('functions over the tables of a study', () => {
  const answers: Answers = { 'SCR/ENR/s_sex': 'M', 'SCR/ENR/s_weight': '15' };
  const lines: readonly [expression: string, worth: string][] = [
    ['lookup("bands", 0, "low")', '1'],
    ['lookup("bands", 9.99, "low")', '1'],
    ['lookup("bands", 10, "low")', '2'],
    ['lookup("bands", 20, "low")', '–'],
    ['lookup("bands", 5, "high")', '–'],
    ['lookup("bands", null, "low")', '–'],
    ['in_list(s_sex, "SEX")', 'yes'],
    ['in_list("X", "SEX")', 'no'],
    ['in_list(s_code, "SEX")', '–'],
    ['lms_z("tiny", s_sex, 5, s_weight)', '0'],
    ['lms_z("tiny", s_sex, 11, s_weight)', '–'],
    ['lms_modified_z("tiny", s_sex, 5, 18)', '2'],
    ['factor("iron", "mg/dL", null)', '10'],
    ['factor("iron", "mg/L", null)', '1'],
    ['factor("iron", "mmol/L")', '–'],
    ['factor("dimer", "mg/L", "DDU")', '2'],
    ['factor("dimer", "mg/L", null)', '–'],
    ['convertible("dimer", "mg/L")', 'yes'],
    ['convertible("iron", "mmol/L")', 'no'],
    ['convertible("iron", null)', '–'],
    ['hard_min("iron")', '0'],
    ['hard_max("iron")', '100'],
    ['soft_min("iron")', '1'],
    ['soft_max("dimer")', '–'],
    ['is_ceiling("iron", 50)', 'yes'],
    ['is_ceiling("iron", 49.9)', 'no'],
    ['qualified("dimer")', 'yes'],
    ['qualified("iron")', 'no'],
    ['limits_needed("iron")', 'yes'],
    ['now()', '10 Nov 2021 12:00'],
    ['today()', '10 Nov 2021'],
  ];
  test.each(lines)('%s is %s', (expression, worth) => {
    expect(say(expression, answers)).toEqual([worth]);
  });
});

describe('what is known about forms', () => {
  const answers: Answers = { 'SCR/ENR/s_sex': 'M', 'N2/NIGHT/n_hours': '7' };
  const lines: readonly [expression: string, asked: Asked, worth: string][] = [
    ['has_values("NIGHT")', subject, 'yes'],
    ['has_values("NIGHT", "N2")', subject, 'yes'],
    ['has_values("NIGHT", "N")', subject, 'yes'],
    ['has_values("NIGHT", "N1")', subject, 'no'],
    ['has_values("DOSE")', subject, 'no'],
    ['form_state("ENR")', subject, 'empty'],
    ['form_state("NIGHT", "N2")', subject, 'complete'],
    ['form_state("NIGHT")', night, 'complete'],
    ['form_state("LAB")', enrolment, 'empty'],
    ['form_state("DOSE")', night, 'empty'],
  ];
  test.each(lines)('%s', (expression, asked, worth) => {
    const items = [asked === night ? 'n_bed' : 's_birth'];
    const found = findingsOf(
      [check({ ...asked, fires: 'true', items, message: { en: `{${expression}}`, fr: '-' } })],
      answers,
      {
        forms: [{ event: 'N2', form: 'NIGHT', state: 'complete' }],
      },
    );
    expect(found.filter((finding) => finding.check === 'C1').map((finding) => finding.message.en)).toEqual([
      worth,
    ]);
  });
});

describe('the window of an event', () => {
  const answers: Answers = {
    'SCR/ENR/s_start': '2021-11-01T10:00',
    'LOG/DOSE/1/d_at': '2021-11-03T08:00',
    'N1/NIGHT/n_hours': '7',
    'N2/NIGHT/n_hours': '7',
    'N7/NIGHT/n_hours': '7',
  };
  const lines: readonly [expression: string, asked: Asked, worth: readonly string[]][] = [
    ['window_first', enrolment, ['01 Nov 2021 08:00']],
    ['window_target', enrolment, ['01 Nov 2021 10:00']],
    ['window_last', enrolment, ['01 Nov 2021 22:00']],
    ['window_first', night, ['03 Nov 2021 00:00', '04 Nov 2021 00:00', '08 Nov 2021 00:00']],
    ['window_last', night, ['04 Nov 2021 23:59', '05 Nov 2021 23:59', '10 Nov 2021 23:59']],
  ];
  test.each(lines)('%s of %o', (expression, asked, worth) => {
    expect(say(expression, answers, asked)).toEqual(worth);
  });
  test('is not known before its anchor is', () => {
    expect(say('window_first', { 'N1/NIGHT/n_hours': '7' }, night)).toEqual(['–']);
  });
});

describe('a check of each value', () => {
  const dates = check({
    each: 'value',
    of: ['date-time', 'year-month'],
    except: ['s_start'],
    fires: 'value_first > now()',
    message: { en: '{item_id} {value} {value_first} {value_last}', fr: '{value}' },
  });
  test('runs for the values of its types and no other', () => {
    const found = findingsOf([dates], {
      'SCR/ENR/s_birth': '2022-02',
      'SCR/ENR/s_start': '2022-01-01T10:00',
      'SCR/ENR/s_weight': '70',
      'LOG/DOSE/3/d_at': '2021-11-10T12:01',
      'LOG/DOSE/4/d_at': '2021-11-10T12:00',
    });
    expect(
      found.map(({ message, event, form, row, item }) => [message.en, message.fr, event, form, row, item]),
    ).toEqual([
      ['s_birth Feb 2022 01 Feb 2022 00:00 28 Feb 2022 23:59', 'févr. 2022', 'SCR', 'ENR', 1, 's_birth'],
      [
        'd_at 10 Nov 2021 12:01 10 Nov 2021 12:01 10 Nov 2021 12:01',
        '10 nov. 2021 12:01',
        'LOG',
        'DOSE',
        3,
        'd_at',
      ],
    ]);
  });
  test('sees the subject’s single values and anchors', () => {
    const model = modelOf(
      sleepWith({
        checks: [
          check({
            each: 'value',
            of: ['date-time'],
            fires: 'value_last < earliest(s_birth) or value_first < T0',
          }),
        ],
      }),
    );
    const index = indexOf(
      { 'SCR/ENR/s_start': '2021-01-01T10:00', 'LOG/DOSE/1/d_at': '2021-01-02T10:00' },
      model,
    );
    expect(
      runChecks(model, index, { phase: 'entry', now: '2021-11-10T12:00' }).map((finding) => finding.item),
    ).toEqual(['s_start']);
  });
});
