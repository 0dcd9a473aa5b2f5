/** What is calculated about treatment and response, with the test vectors of section 8 of the study document. */
import type { Given } from '../scenario.ts';
import { boy, course, dose, enrolled, infusion, measured, missedDose, result, t0 } from './children.ts';
import { facts } from './facts.ts';

facts('immunoglobulins and corticosteroids by weight', [
  ['64 g to 32 kg', 'ig_gkg', { ...measured, IG: infusion }, '2.00'],
  ['no weight before the infusion', 'ig_gkg', { ...boy, IG: infusion }, null],
  ['prednisolone 60 mg to 32 kg', 'cs_mgkg', { ...measured, CS: course }, '1.88'],
  ['prednisolone 60 mg as methylprednisolone', 'cs_mpeq', { ...measured, CS: course }, '1.50'],
  ['prednisone 4:5', 'cs_mpeq', { ...measured, CS: { ...course, cs_drug: 'PN', cs_mgd: '40' } }, '1.00'],
  [
    'hydrocortisone 4:20',
    'cs_mpeq',
    { ...measured, CS: { ...course, cs_drug: 'HC', cs_mgd: '160' } },
    '1.00',
  ],
  ['dexamethasone 4:0.75', 'cs_mpeq', { ...measured, CS: { ...course, cs_drug: 'DX', cs_mgd: '6' } }, '1.00'],
  ['1.5 mg/kg', 'cs_class', { ...measured, CS: course }, 'LOWMOD'],
  [
    '2 mg/kg is still low to moderate',
    'cs_class',
    { ...measured, CS: { ...course, cs_drug: 'MP', cs_mgd: '64' } },
    'LOWMOD',
  ],
  [
    '30 mg/kg is a pulse',
    'cs_class',
    { ...measured, CS: { ...course, cs_drug: 'MP', cs_mgd: '960' } },
    'PULSE',
  ],
  ['4 mg/kg is between the two', 'cs_class', { ...measured, CS: { ...course, cs_mgd: '160' } }, 'OUT'],
]);

const late = { ...course, cs_sdt: '2021-11-03 10:30' };
const treated = (ig: Given, cs: Given): Given => ({
  ...measured,
  AND: { and_ind: 'HF' },
  ANX: dose(t0),
  ...ig,
  ...cs,
});
facts('before the first dose, by date and time', [
  ['a steroid started 30 min after anakinra', 'cs_before', treated({}, { CS: late }), '0'],
  [
    'a steroid started 30 min after anakinra is not a prior one',
    'and_prior_cs',
    treated({}, { CS: late }),
    '0',
  ],
  ['a steroid of the day before', 'and_prior_cs', treated({}, { CS: course }), '1'],
  ['no dose of anakinra yet', 'cs_before', { ...measured, CS: course }, null],
  [
    'IVIG given, its start not known',
    'and_prior_ig',
    treated({ IG: { ig_given: '1', ig_sdt: 'NK' } }, {}),
    null,
  ],
  ['both', 'line_before', treated({ IG: infusion }, { CS: course }), 'BOTH'],
  ['IVIG only', 'line_before', treated({ IG: infusion }, { CS: { cs_given: '0' } }), 'IVIG'],
  [
    'corticosteroids only: IVIG came after',
    'line_before',
    treated({ IG: { ...infusion, ig_sdt: '2021-11-04 08:00' } }, { CS: course }),
    'CST',
  ],
  ['none', 'line_before', treated({ IG: { ig_given: '0' } }, { CS: { cs_given: '0' } }), 'NONE'],
  ['whether corticosteroids were given is blank', 'line_before', treated({ IG: infusion }, {}), null],
]);

const decision: Given = { ...measured, AND: { and_dt: '2021-11-03 09:00' } };
facts('the child at the start of anakinra', [
  ['138 cm and 60 µmol/L', 'and_egfr', { ...decision, LB: result('creat', '60 umol/L') }, '84.0'],
  ['138 cm and 180 µmol/L', 'and_egfr', { ...decision, LB: result('creat', '180 umol/L') }, '28.0'],
  ['138 cm and 0.68 mg/dL', 'and_egfr', { ...decision, LB: result('creat', '0.68 mg/dL') }, '83.8'],
  [
    'creatinine below the detection limit',
    'and_egfr',
    { ...decision, LB: result('creat', '<20 umol/L') },
    null,
  ],
  ['neutrophils 1500 per mm³', 'and_anc', { ...decision, LB: result('anc', '1500 /mm3') }, '1.500'],
  [
    'a later count does not count',
    'and_anc',
    {
      ...decision,
      LB: [result('anc', '9 10*9/L'), { ...result('anc', '1.2 10*9/L'), lb_dt: '2021-11-05 09:00' }],
    },
    '9.000',
  ],
  ['ALT 2.5 µkat/L', 'and_alt', { ...decision, LB: result('alt', '2.5 ukat/L') }, '150.0'],
  [
    'ALT 120 with a limit of 40',
    'and_altuln',
    { ...decision, LB: result('alt', '120 U/L', { lb_uln: '40' }) },
    '3.00',
  ],
  [
    'ALT 2 µkat/L with a limit of 0.5 µkat/L',
    'and_altuln',
    { ...decision, LB: result('alt', '2 ukat/L', { lb_uln: '0.5' }) },
    '4.00',
  ],
  ['ALT without a limit', 'and_altuln', { ...decision, LB: result('alt', '120 U/L') }, null],
]);

const syringe = (vs_wt: string): Given => ({ VS: { vs_dt: '2021-11-01 09:00', vs_wt }, ANX: dose(t0) });
const given = (...rows: Record<string, string>[]): Given => ({ ...measured, ANX: rows });
facts('doses of anakinra', [
  ['a whole syringe to 12 kg', 'anx_mgkg', syringe('12'), '8.33'],
  ['a whole syringe to 20 kg', 'anx_mgkg', syringe('20'), '5.00'],
  ['a whole syringe to 32 kg', 'anx_mgkg', syringe('32'), '3.13'],
  ['a whole syringe to 45 kg', 'anx_mgkg', syringe('45'), '2.22'],
  ['a whole syringe to 60 kg', 'anx_mgkg', syringe('60'), '1.67'],
  [
    'the dosing weight goes before the measured one',
    'anx_mgkg',
    { ...syringe('32'), AND: { and_wt: '25' } },
    '4.00',
  ],
  [
    'doses 12 h apart add up',
    'anx_mgkgd',
    given(dose(t0, '64'), dose('2021-11-03 22:00', '64')),
    ['2.00', '4.00'],
  ],
  [
    'doses 24 h apart do not',
    'anx_mgkgd',
    given(dose(t0, '64'), dose('2021-11-04 10:00', '64')),
    ['2.00', '2.00'],
  ],
  [
    'a dose of unknown size 12 h before',
    'anx_mgkgd',
    given(dose(t0, 'NK'), dose('2021-11-03 22:00', '64')),
    [null, null],
  ],
  [
    'a missed dose adds nothing',
    'anx_mgkgd',
    given(missedDose(t0), dose('2021-11-03 22:00', '64')),
    [null, '2.00'],
  ],
  ['the first dose', 'anx_first', given(missedDose('2021-11-02 10:00'), dose(t0)), '2021-11-03T10:00'],
  [
    'the last dose',
    'anx_last',
    given(dose(t0), dose('2021-11-05 10:00'), missedDose('2021-11-06 10:00')),
    '2021-11-05T10:00',
  ],
  [
    '23:50 and 00:10 are two days',
    'anx_days',
    given(dose('2021-11-03 23:50'), dose('2021-11-04 00:10')),
    '2',
  ],
  ['00:10 and 23:50 are one', 'anx_days', given(dose('2021-11-03 00:10'), dose('2021-11-03 23:50')), '1'],
  ['no dose is no number of days', 'anx_days', given(missedDose(t0)), null],
  [
    '160 mg in 2 days to 32 kg',
    'anx_avg_mgkgd',
    given(dose(t0, '64'), dose('2021-11-04 10:00', '96')),
    '2.50',
  ],
  [
    'one of two doses of unknown size',
    'anx_avg_mgkgd',
    given(dose(t0, 'NK'), dose('2021-11-04 10:00', '96')),
    null,
  ],
  ['from 1 November 08:00 to 3 November 10:00', 'd_to_anx', given(dose(t0)), '2.1'],
]);

const at48 = (...echoes: Record<string, string>[]): Given => ({
  ...boy,
  ANX: dose(t0),
  R48: { r48_inot: 'NEVER' },
  'EC@H48': echoes,
});
facts('LVEF at 48 h is the one nearest to 48 h within 36 to 60 h', [
  ['at 47 h', 'r48_ef', at48({ ec_dt: '2021-11-05 09:00', ec_ef: '58.0' }), '58.0'],
  ['at 61 h', 'r48_ef', at48({ ec_dt: '2021-11-05 23:00', ec_ef: '58.0' }), null],
  [
    'at 47 h before and at 61 h after the first dose',
    'r48_ef',
    at48({ ec_dt: '2021-11-01 11:00', ec_ef: '40.0' }, { ec_dt: '2021-11-05 23:00', ec_ef: '58.0' }),
    null,
  ],
  [
    'at 40 h and at 50 h',
    'r48_ef',
    at48({ ec_dt: '2021-11-05 02:00', ec_ef: '50.0' }, { ec_dt: '2021-11-05 12:00', ec_ef: '60.0' }),
    '60.0',
  ],
  ['at 36 h exactly', 'r48_ef', at48({ ec_dt: '2021-11-04 22:00', ec_ef: '58.0' }), '58.0'],
  ['above 55 keeps its sign', 'r48_ef', at48({ ec_dt: '2021-11-05 09:00', ec_ef: '>55' }), '>55.0'],
]);
facts('LVEF above 55 at 48 h, strictly', [
  ['55.0 is not', 'r48_efnorm', at48({ ec_dt: '2021-11-05 09:00', ec_ef: '55.0' }), '0'],
  ['55.1 is', 'r48_efnorm', at48({ ec_dt: '2021-11-05 09:00', ec_ef: '55.1' }), '1'],
  ['">55" is', 'r48_efnorm', at48({ ec_dt: '2021-11-05 09:00', ec_ef: '>55' }), '1'],
  ['">50" is not evaluable', 'r48_efnorm', at48({ ec_dt: '2021-11-05 09:00', ec_ef: '>50' }), null],
  ['no echocardiography is not evaluable', 'r48_efnorm', at48({}), null],
]);

const change = (test: string, before: string, after: string): Given => ({
  ...boy,
  ANX: dose(t0),
  R48: { r48_inot: 'NEVER' },
  'LB@PRE': { lb_dt: '2021-11-03 08:00', lb_test: test, lb_val: before },
  'LB@H48': { lb_dt: '2021-11-05 09:00', lb_test: test, lb_val: after },
});
facts('change of biomarkers from baseline', [
  ['CRP 246 to 61.5 mg/L', 'r48_crp', change('crp', '246 mg/L', '61.5 mg/L'), '-75.0'],
  ['CRP 24.6 mg/dL to 61.5 mg/L', 'r48_crp', change('crp', '24.6 mg/dL', '61.5 mg/L'), '-75.0'],
  ['troponin 0.14 ng/mL to 70 ng/L', 'r48_trop', change('tni', '0.14 ng/mL', '70 ng/L'), '-50.0'],
  ['a baseline of >35000 makes no change', 'r48_bnp', change('ntbnp', '>35000 ng/L', '3000 ng/L'), null],
  ['a baseline of 0 makes no change', 'r48_crp', change('crp', '0 mg/L', '5 mg/L'), null],
  [
    'NT-proBNP is not compared with BNP',
    'r48_bnp',
    {
      ...change('ntbnp', '3000 ng/L', '1000 ng/L'),
      'LB@H48': { lb_dt: '2021-11-05 09:00', lb_test: 'bnp', lb_val: '1000 ng/L' },
    },
    null,
  ],
  [
    'a baseline sample of after the first dose is none',
    'r48_crp',
    {
      ...change('crp', '246 mg/L', '61.5 mg/L'),
      'LB@PRE': { lb_dt: '2021-11-03 11:00', lb_test: 'crp', lb_val: '246 mg/L' },
    },
    null,
  ],
]);

facts('what is expected for anakinra by the label', [
  ['a transaminase rise is', 'ae_exp', { AE: { ae_cat: 'TRANS' } }, '1'],
  ['a reaction to IVIG is not', 'ae_exp', { AE: { ae_cat: 'IGREAC' } }, '0'],
  ['another event can be either', 'ae_exp', { AE: { ae_cat: 'OTH' } }, null],
]);

facts('hospital stay', [
  [
    'from 1 November 08:00 to 9 November 12:00',
    'dsc_los',
    { ENR: enrolled, DSC: { dsc_dt: '2021-11-09 12:00', dsc_type: 'HOME' } },
    '8.2',
  ],
  [
    'still an inpatient',
    'dsc_los',
    { ENR: enrolled, DSC: { dsc_dt: '2021-11-09 12:00', dsc_type: 'INPAT' } },
    null,
  ],
]);
