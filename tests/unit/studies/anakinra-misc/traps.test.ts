/**
 * What each trap of section 12 of the study document, set for the child of whole-course.ts, brings up: no less, and nothing
 * beside it.
 */
import { describe, expect, test } from 'vitest';
import { runChecks } from '#shared/edit-checks.ts';
import { derivedTexts, settleChild, warningsOf, type Given } from '../scenario.ts';
import { missedDose, now } from './children.ts';
import { model } from './study.ts';
import {
  firstDose,
  infusion,
  limits,
  sample,
  secondDose,
  steroid,
  thirdDose,
  wholeCourse,
} from './whole-course.ts';

const found = (given: Given): readonly string[] => {
  const index = settleChild(model, given, { now });
  const checks = runChecks(model, index, { phase: 'batch', now }).map((finding) => finding.check);
  return [...new Set(checks)].filter((check) => !check.endsWith('.required')).sort();
};
const only = (item: string, given: Given): string | null =>
  derivedTexts(model, settleChild(model, given, { now }), item).at(-1) ?? null;

const [baselineEcho] = wholeCourse['EC@PRE'];
const [lateEcho] = wholeCourse['EC@H48'];

/** The same child assessed 48 h after a first dose at 23:50. */
const fromMidnight = {
  ...wholeCourse,
  R48: { ...wholeCourse.R48, r48_dt: '2021-11-06 00:00' },
  'EC@H48': [{ ...lateEcho, ec_dt: '2021-11-06 00:00' }],
};

test('a course without a fault has no finding', () => {
  expect(found(wholeCourse)).toEqual([]);
});

test('no expression compares or calculates with what does not go together', () => {
  expect(warningsOf(model, settleChild(model, wholeCourse, { now }), { now })).toEqual([]);
});

const traps: readonly (readonly [trap: string, given: Given, checks: readonly string[]])[] = [
  [
    '320 kg for 32.0 kg',
    { ...wholeCourse, VS: [{ ...wholeCourse.VS[0], vs_wt: '320' }] },
    ['EC15', 'EC17', 'EC18', 'EC54', 'cs_mpeq.soft', 'vs_wt.hard'],
  ],
  ['32,0 with a comma is 32.0', { ...wholeCourse, VS: [{ ...wholeCourse.VS[0], vs_wt: '32,0' }] }, []],
  [
    'CRP 246 typed as mg/dL',
    { ...wholeCourse, LB: sample('2021-11-01 09:00', ['crp', '246 mg/dL']) },
    ['EC27', 'lb_val.hard'],
  ],
  [
    'troponin 0.14 in ng/L',
    { ...wholeCourse, LB: sample('2021-11-01 09:00', ['tni', '0.14 ng/L', limits]) },
    ['EC26'],
  ],
  [
    'troponin 0.14 in ng/mL',
    { ...wholeCourse, LB: sample('2021-11-01 09:00', ['tni', '0.14 ng/mL', limits]) },
    [],
  ],
  [
    'D-dimer of a site that reports DDU',
    { ...wholeCourse, LB: sample('2021-11-01 09:00', ['ddim', '1.9 mg/L', { lb_dd: 'DDU' }]) },
    [],
  ],
  [
    'D-dimer without its type',
    { ...wholeCourse, LB: sample('2021-11-01 09:00', ['ddim', '1.9 mg/L']) },
    ['EC25'],
  ],
  [
    'NT-proBNP 35000 without its sign',
    { ...wholeCourse, LB: sample('2021-11-01 09:00', ['ntbnp', '35000 ng/L']) },
    ['EC35'],
  ],
  ['platelets in /mm3', { ...wholeCourse, LB: sample('2021-11-01 09:00', ['plt', '175000 /mm3']) }, []],
  ['LVEF ">55"', { ...wholeCourse, 'EC@H48': [{ ...lateEcho, ec_ef: '>55' }] }, []],
  [
    'Teichholz at baseline, Simpson at 48 h',
    { ...wholeCourse, 'EC@PRE': [{ ...baselineEcho, ec_efm: 'TZ' }] },
    ['EC44_METHOD'],
  ],
  [
    'the shortening fraction in the LVEF box',
    { ...wholeCourse, 'EC@PRE': [{ ...baselineEcho, ec_ef: '19', ec_fs: '39.5' }] },
    // 19 % is also below the 35 % from which anticoagulation is advised.
    ['EC42', 'EC43', 'cm_cat_anticoagulant'],
  ],
  [
    'the echocardiography of 48 h at 61 h',
    { ...wholeCourse, 'EC@H48': [{ ...lateEcho, ec_dt: '2021-11-05 23:00' }] },
    ['EC46'],
  ],
  [
    'a steroid started 30 min after anakinra',
    { ...wholeCourse, CS: [{ ...steroid, cs_sdt: '2021-11-03 10:30' }] },
    [],
  ],
  [
    '2 g/kg to a child of 64 kg',
    {
      ...wholeCourse,
      VS: [{ ...wholeCourse.VS[0], vs_wt: '64' }],
      'VS@PRE': [{ ...wholeCourse['VS@PRE'][0], vs_wt: '64.6' }],
      AND: { ...wholeCourse.AND, and_wt: '64' },
      IG: [{ ...infusion, ig_dose: '128' }],
      CS: [{ ...steroid, cs_mgd: '128' }],
    },
    ['EC55'],
  ],
  [
    '23:50 and 00:10 of the next day',
    {
      ...fromMidnight,
      ANX: [
        { ...firstDose, anx_dt: '2021-11-03 23:50' },
        { ...secondDose, anx_dt: '2021-11-04 00:10' },
      ],
    },
    ['EC67'],
  ],
  [
    '23:50 and 00:10 of the day after',
    {
      ...fromMidnight,
      ANX: [
        { ...firstDose, anx_dt: '2021-11-03 23:50' },
        { ...secondDose, anx_dt: '2021-11-05 00:10' },
      ],
    },
    ['EC72'],
  ],
  [
    'the same with a reason for the day between',
    {
      ...fromMidnight,
      ANX: [
        { ...firstDose, anx_dt: '2021-11-03 23:50' },
        missedDose('2021-11-04 22:00'),
        { ...secondDose, anx_dt: '2021-11-05 00:10' },
      ],
    },
    [],
  ],
  [
    'IVIG not tolerated and stopped, not in the log',
    { ...wholeCourse, IG: [{ ...infusion, ig_tol: '2', ig_cv: 'OEDEMA', ig_act: '3;4', ig_comp: '40' }] },
    ['EC59'],
  ],
  [
    'vasopressin in mIU',
    { ...wholeCourse, 'SUP@PRE': { ...wholeCourse['SUP@PRE'], sup_vas: '0.3' } },
    ['EC82', 'sup_vas.hard'],
  ],
  [
    'an IVIG dose of ideal weight, the child weighing 42 kg',
    {
      ...wholeCourse,
      VS: [{ ...wholeCourse.VS[0], vs_wt: '42' }],
      'VS@PRE': [{ ...wholeCourse['VS@PRE'][0], vs_wt: '42.6' }],
      AND: { ...wholeCourse.AND, and_wt: '42' },
      IG: [{ ...infusion, ig_wtb: 'IDE' }],
    },
    ['EC54'],
  ],
  [
    'MAS ticked with fibrinogen 6.4 g/L and ferritin 600 µg/L',
    {
      ...wholeCourse,
      LB: sample(
        '2021-11-01 09:00',
        ['ferr', '600 ug/L'],
        ['fib', '6.4 g/L'],
        ['ast', '40 U/L', limits],
        ['tg', '1.2 mmol/L', { lb_fast: '1' }],
        ['hb', '110 g/L'],
        ['scd25', '900 U/mL'],
      ),
      MAS: { ...wholeCourse.MAS, mas_phys: '1', mas_bm: '1', mas_hemo: '0', mas_nk: 'NORM' },
      AND: { ...wholeCourse.AND, and_ind: 'MAS' },
    },
    ['EC48'],
  ],
  [
    'a coronary artery of 3.5 mm typed in centimetres',
    { ...wholeCourse, 'EC@PRE': [{ ...baselineEcho, ec_rca: '0.35' }] },
    ['EC50_RCA'],
  ],
  [
    'no sequelae while LAD z is 3.4',
    { ...wholeCourse, 'EC@M1': [{ ...wholeCourse['EC@M1'][0], ec_lad: '3.7' }] },
    ['EC86_FU'],
  ],
  [
    '17 years and 11 months, turning 18 during follow-up',
    {
      ...wholeCourse,
      DM: { ...wholeCourse.DM, dm_birth: '2003-12' },
      VS: [{ ...wholeCourse.VS[0], vs_ht: '160' }],
    },
    [],
  ],
  [
    'ALT at three times the limit at first, 1.25 times that later, and no event',
    {
      ...wholeCourse,
      AE: [],
      'LB@PRE': wholeCourse['LB@PRE'].map((row) =>
        row.lb_test === 'alt' ? { ...row, lb_val: '120 U/L' } : row,
      ),
      'LB@H48': [...wholeCourse['LB@H48'], ...sample('2021-11-05 09:00', ['alt', '150 U/L', limits])],
    },
    [],
  ],
  [
    'a transaminase rise in the results and not in the log',
    {
      ...wholeCourse,
      AE: [],
      'LB@H48': [...wholeCourse['LB@H48'], ...sample('2021-11-05 09:00', ['alt', '150 U/L', limits])],
    },
    ['EC74'],
  ],
  [
    'the limits of two laboratories',
    {
      ...wholeCourse,
      AE: [],
      'LB@H48': [
        ...wholeCourse['LB@H48'],
        ...sample('2021-11-05 09:00', ['alt', '58 U/L', { lb_lab: 'Local', lb_lln: '10', lb_uln: '60' }]),
      ],
    },
    [],
  ],
  [
    'a strain without its minus',
    { ...wholeCourse, 'EC@PRE': [{ ...baselineEcho, ec_gls: '18.5' }] },
    ['ec_gls.hard'],
  ],
  [
    'a third dose twice as large',
    { ...wholeCourse, ANX: [firstDose, secondDose, { ...thirdDose, anx_mg: '128', anx_vol: '0.85' }] },
    ['EC65'],
  ],
];

describe.each(traps)('%s', (_, given, checks) => {
  test(checks.length === 0 ? 'brings up nothing' : `brings up ${checks.join(', ')}`, () => {
    expect(found(given)).toEqual([...checks].sort());
  });
});

test('LVEF 0.395 is readable, so that EC41 asks whether a fraction was entered', () => {
  expect(found({ ...wholeCourse, 'EC@PRE': [{ ...baselineEcho, ec_ef: '0.395' }] })).toContain('EC41');
});

test('a steroid started 30 min after anakinra is not a prior treatment, the IVIG of the day before is', () => {
  expect(only('line_before', { ...wholeCourse, CS: [{ ...steroid, cs_sdt: '2021-11-03 10:30' }] })).toBe(
    'IVIG',
  );
});

test('a whole syringe of 100 mg to an infant of 12 kg is 8.3 mg/kg: above the label', () => {
  const small = { ec_lad: '1.7', ec_rca: '1.6', ec_lmca: '2.0' };
  const infant = {
    ...wholeCourse,
    DM: { ...wholeCourse.DM, dm_birth: '2020-01' },
    VS: [{ ...wholeCourse.VS[0], vs_wt: '12.0', vs_ht: '86.0' }],
    'VS@PRE': [{ ...wholeCourse['VS@PRE'][0], vs_wt: '12.1' }],
    AND: { ...wholeCourse.AND, and_wt: '12.0' },
    'EC@PRE': [{ ...baselineEcho, ...small }],
    'EC@H48': [{ ...lateEcho, ...small }],
    'EC@M1': [{ ...wholeCourse['EC@M1'][0], ...small }],
    CM: wholeCourse.CM.map((row) => ({ ...row, cm_dose: '50' })),
    ANX: wholeCourse.ANX.map((row) => ({ ...row, anx_mg: '100', anx_vol: '0.67' })),
    IG: [{ ...infusion, ig_dose: '24' }],
    CS: [{ ...steroid, cs_mgd: '24' }],
  };
  expect(only('anx_mgkg', infant)).toBe('8.33');
  expect(found(infant)).toEqual(['EC63']);
});
