/** results, results_in and last_result: rows of one test among laboratory rows. */
import { describe, expect, it } from 'vitest';
import { ofCheck } from './faulty.ts';
import { say, type Answers } from './run.ts';

/** Iron of 4, 400 ug/L and >9 mg/L, and one that can't be read, at two visits. */
const answers: Answers = {
  'SCR/ENR/s_start': '2021-11-01T06:00',
  'SCR/LAB/l_at': '2021-11-01T08:00',
  'SCR/LAB/1/l_test': 'iron',
  'SCR/LAB/1/l_value': '4',
  'SCR/LAB/1/l_unit': 'mg/L',
  'SCR/LAB/2/l_test': 'dimer',
  'SCR/LAB/2/l_value': '1',
  'SCR/LAB/2/l_unit': 'mg/L',
  'SCR/LAB/3/l_test': 'iron',
  'SCR/LAB/3/l_value': '7',
  'END/LAB/l_at': '2021-11-20T08:00',
  'END/LAB/1/l_test': 'iron',
  'END/LAB/1/l_value': '400',
  'END/LAB/1/l_unit': 'ug/L',
};
const at = (expression: string): string | undefined => say(expression, answers)[0];

describe('results of a test', () => {
  it.each([
    ['all of them, in time order', 'results(l_value, "iron").l_value', '4, 0.4'],
    ['none is null and no empty list', 'results(l_value, "dimer") = null', 'yes'],
    ['from a moment on', 'results(l_value, "iron", @"2021-11-02", null).l_value', '0.4'],
    ['up to a moment', 'results(l_value, "iron", null, @"2021-11-02").l_value', '4'],
    ['within two', 'results(l_value, "iron", @"2021-11-01", @"2021-11-30").l_value', '4, 0.4'],
    ['none within', 'results(l_value, "iron", @"2021-11-25", null) = null', 'yes'],
    ['in an event', 'results_in(l_value, "iron", "END").l_value', '0.4'],
    [
      'of none in an event nothing is concluded',
      '(some r in results_in(l_value, "dimer", "END") satisfies r.l_value > 1) = null',
      'yes',
    ],
    ['the last up to a moment', 'last_result(l_value, "iron", @"2021-11-10").l_value', '4'],
    ['with the other fields of its row', 'last_result(l_value, "iron", @"2021-11-30").l_unit', 'ug/L'],
    ['none before', 'last_result(l_value, "iron", @"2021-10-10") = null', 'yes'],
    ['none at a moment that is not known', 'last_result(l_value, "iron", T0) = null', 'yes'],
  ])('%s', (_, expression, expected) => {
    expect(at(expression)).toBe(expected);
  });
});

describe('a fault is', () => {
  it.each([
    ['a test that is no analyte', 'results(l_value, "irn") != null', /there is no analyte "irn"/u],
    [
      'an item that is no measurement',
      'results(s_weight, "iron") != null',
      /s_weight is no measurement with a test/u,
    ],
    ['an item that is not there', 'results(l_valu, "iron") != null', /l_valu is not the id of an item/u],
    [
      'an event that is not there',
      'results_in(l_value, "iron", "ENDE") != null',
      /there is no event "ENDE"/u,
    ],
    ['a missing argument', 'last_result(l_value, "iron") != null', /write last_result\(x, "test", at\)/u],
    [
      'a field that its rows have not',
      'last_result(l_value, "iron", T0).l_vaule > 1',
      /there is no field “l_vaule”/u,
    ],
  ])('%s', (_, fires, message) => {
    expect(ofCheck({ each: 'subject', fires })[0]).toMatch(message);
  });
});
