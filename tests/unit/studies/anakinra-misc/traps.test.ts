/**
 * One child whose whole course is entered without a finding, and what each trap of section 12 of the study document, set for
 * that same child, brings up: no less, and nothing beside it.
 */
import { describe, expect, test } from 'vitest';
import { runChecks } from '#shared/edit-checks.ts';
import { derivedTexts, settleChild, warningsOf, type Given } from '../scenario.ts';
import { missedDose, now } from './children.ts';
import { model } from './study.ts';

const limits = { lb_lln: '5', lb_uln: '40' };
const sample = (
  lb_dt: string,
  ...results: readonly (readonly [test: string, value: string, more?: Record<string, string>])[]
) => results.map(([lb_test, lb_val, more = {}]) => ({ lb_dt, lb_lab: 'Central', lb_test, lb_val, ...more }));

const echo = { ec_op: 'LOCAL', ec_mr: '1', ec_ar: '0', ec_peric: '1', ec_rv: '0', ec_thr: '0' };
const signs = {
  vs_temp: '38.6',
  vs_hr: '128',
  vs_sbp: '98',
  vs_dbp: '52',
  vs_map: '67',
  vs_rr: '26',
  vs_spo2: '97',
  vs_fever: '1',
};
const infusion = {
  ig_given: '1',
  ig_sdt: '2021-11-01 12:00',
  ig_edt: '2021-11-02 12:00',
  ig_wtb: 'ACT',
  ig_dose: '64',
  ig_split: '0',
  ig_prod: 'lot 1',
  ig_tol: '0',
};
const steroid = {
  cs_given: '1',
  cs_drug: 'MP',
  cs_route: 'IVB',
  cs_sdt: '2021-11-01 14:00',
  cs_ong: '0',
  cs_edt: '2021-11-08 08:00',
  cs_mgd: '64',
};

const injected = { anx_mg: '64', anx_vol: '0.43', anx_route: 'SC', anx_isr: '0' };
const firstDose = { anx_dt: '2021-11-03 10:00', ...injected, anx_site: 'THI' };
const secondDose = { anx_dt: '2021-11-04 10:00', ...injected, anx_site: 'ABD' };
const thirdDose = { anx_dt: '2021-11-05 10:00', ...injected, anx_site: 'THI' };

/** A boy of 10 with heart failure: admitted on 1 November 2021 at 08:00, anakinra from 3 November at 10:00, home on 9 November. */
const wholeCourse = {
  ENR: {
    enr_infodat: '2021-11-01',
    enr_noopp: '1',
    enr_admdt: '2021-11-01 08:00',
    enr_picu: '1',
    enr_picudt: '2021-11-01 09:00',
    enr_misc: '1',
    enr_defs: 'CDC20',
    enr_refr: '1',
    enr_ex_inf: '0',
    enr_ex_hyp: '0',
  },
  DM: { dm_birth: '2011-06', dm_sex: 'M', dm_country: 'FR' },
  VS: [{ vs_dt: '2021-11-01 09:00', vs_wt: '32.0', vs_wtsrc: 'MEAS', vs_ht: '138.0', ...signs }],
  'VS@PRE': [{ vs_dt: '2021-11-03 08:00', vs_wt: '32.6', vs_wtsrc: 'MEAS', ...signs }],
  'VS@H48': [{ vs_dt: '2021-11-05 09:00', ...signs, vs_temp: '37.1', vs_fever: '0' }],
  LB: sample(
    '2021-11-01 09:00',
    ['crp', '246 mg/L'],
    ['ferr', '893 ng/mL'],
    ['hb', '11.0 g/dL'],
    ['fib', '6.4 g/L'],
    ['ddim', '3.8 mg/L', { lb_dd: 'FEU' }],
  ),
  'LB@PRE': sample(
    '2021-11-03 08:00',
    ['crp', '180 mg/L'],
    ['creat', '60 umol/L'],
    ['alt', '49 U/L', limits],
    ['tni', '140 ng/L', { lb_lln: '0', lb_uln: '34' }],
    ['ntbnp', '3069 ng/L'],
    ['wbc', '12,9 G/L'],
    ['anc', '10 G/L', { lb_lln: '1.5', lb_uln: '8' }],
    ['alc', '0.86 G/L'],
    ['plt', '175 G/L'],
  ),
  'LB@H48': sample(
    '2021-11-05 09:00',
    ['crp', '60 mg/L'],
    ['tni', '35 ng/L', { lb_lln: '0', lb_uln: '34' }],
    ['ntbnp', '900 ng/L'],
  ),
  'EC@PRE': [
    {
      ...echo,
      ec_dt: '2021-11-03 08:30',
      ec_ef: '39.5',
      ec_efm: 'SB',
      ec_fs: '19',
      ec_lad: '2.4',
      ec_rca: '2.3',
      ec_lmca: '2.9',
    },
  ],
  'EC@H48': [
    {
      ...echo,
      ec_dt: '2021-11-05 09:00',
      ec_ef: '58',
      ec_efm: 'SB',
      ec_fs: '29',
      ec_lad: '2.4',
      ec_rca: '2.3',
      ec_lmca: '2.9',
    },
  ],
  IG: [infusion],
  CS: [steroid],
  AND: {
    and_ind: 'HF',
    and_refr: 'NI24',
    and_dt: '2021-11-03 09:00',
    and_wt: '32.0',
    and_mgkg: '2',
    and_route: 'SC',
    and_off: '1',
  },
  ANX: [firstDose, secondDose, thirdDose],
  R48: { r48_dt: '2021-11-05 10:00', r48_apy: '1', r48_inot: 'STOP', r48_resp: 'COMP', r48_esc: 'STOP' },
  AE: [
    {
      ae_term: 'ALT rise',
      ae_cat: 'TRANS',
      ae_sdt: '2021-11-05 09:00',
      ae_ong: '0',
      ae_edt: '2021-11-12 09:00',
      ae_gr: '1',
      ae_relana: 'POSS',
      ae_relig: 'UNL',
      ae_relcs: 'UNL',
      ae_act: 'NONE',
      ae_trt: '0',
      ae_out: 'RECOVERED',
      ae_ser: '0',
    },
  ],
  DSC: {
    dsc_dt: '2021-11-09 12:00',
    dsc_type: 'HOME',
    dsc_picud: '5',
    dsc_seq: 'NONE',
    dsc_anx: '0',
    dsc_cs: '1',
  },
} satisfies Given;

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
    ['EC42', 'EC43'],
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
  const infant = {
    ...wholeCourse,
    DM: { ...wholeCourse.DM, dm_birth: '2020-01' },
    VS: [{ ...wholeCourse.VS[0], vs_wt: '12.0', vs_ht: '86.0' }],
    'VS@PRE': [{ ...wholeCourse['VS@PRE'][0], vs_wt: '12.1' }],
    AND: { ...wholeCourse.AND, and_wt: '12.0' },
    ANX: wholeCourse.ANX.map((row) => ({ ...row, anx_mg: '100', anx_vol: '0.67' })),
    IG: [{ ...infusion, ig_dose: '24' }],
    CS: [{ ...steroid, cs_mgd: '24' }],
  };
  expect(only('anx_mgkg', infant)).toBe('8.33');
  expect(found(infant)).toEqual(['EC63']);
});
