/** What is calculated from measurements, with the test vectors of sections 8 and 11 of the study document. */
import { describe, expect, test } from 'vitest';
import { findingsOf, settleChild, type Given } from '../scenario.ts';
import { boy, infant, measured, now } from './children.ts';
import { facts } from './facts.ts';
import { model } from './study.ts';

const weighedAt = (birth: string, sex: string, answers: Record<string, string>): Given => ({
  DM: { dm_birth: birth, dm_sex: sex },
  VS: { vs_dt: '2021-06-30 09:00', ...answers },
});
/** 120.5 and 60.5 months old on 30 June 2021. */
const boyOf10 = (vs_wt: string): Given => weighedAt('2011-06', 'M', { vs_wt });
const girlOf10 = (vs_wt: string): Given => weighedAt('2011-06', 'F', { vs_wt });
const boyOf5 = (vs_wt: string): Given => weighedAt('2016-06', 'M', { vs_wt });

facts('eligibility is told from four answers', [
  [
    'all four speak for it',
    'enr_elig',
    { ENR: { enr_noopp: '1', enr_misc: '1', enr_refr: '1', enr_ex_hyp: '0' } },
    '1',
  ],
  ['hypersensitivity alone speaks against it', 'enr_elig', { ENR: { enr_ex_hyp: '1' } }, '0'],
  ['one answer is missing', 'enr_elig', { ENR: { enr_noopp: '1', enr_misc: '1', enr_refr: '1' } }, null],
]);

facts('ages count from day 15 of the month of birth', [
  ['born in June 2011, admitted on 1 November 2021', 'dm_age', boy, '10.38'],
  ['admission not known', 'dm_age', { DM: { dm_birth: '2011-06' } }, null],
  ['on the day of a measurement', 'vs_age', weighedAt('2011-06', 'M', {}), '10.04'],
]);

facts('body size', [
  ['32.0 kg and 138 cm by Haycock', 'bsa_h', measured, '1.103'],
  ['32.0 kg and 138 cm by Mosteller', 'bsa_m', measured, '1.108'],
  ['32.0 kg and 138 cm', 'vs_bmi', measured, '16.8'],
  [
    'a later weight is put beside the height in force',
    'bsa_h',
    { ...measured, 'VS@PRE': { vs_dt: '2021-11-03 08:00', vs_wt: '33.0' } },
    ['1.103', '1.122'],
  ],
  [
    'a later weight alone makes no body mass index',
    'vs_bmi',
    { ...measured, 'VS@PRE': { vs_dt: '2021-11-03 08:00', vs_wt: '33.0' } },
    ['16.8', null],
  ],
]);

facts('weight for age: the plain z saturates on the high side, the modified z does not', [
  ['boy of 10, 32.0 kg', 'waz', boyOf10('32.0'), '-0.02'],
  ['boy of 10, 64 kg', 'waz', boyOf10('64'), '2.62'],
  ['boy of 10, 64 kg', 'waz_mod', boyOf10('64'), '3.33'],
  ['boy of 10, 15 kg', 'waz', boyOf10('15'), '-6.96'],
  ['boy of 10, 15 kg', 'waz_mod', boyOf10('15'), '-4.14'],
  ['320 kg typed for 32.0', 'waz', boyOf10('320'), '4.34'],
  ['320 kg typed for 32.0', 'waz_mod', boyOf10('320'), '30.03'],
  ['girl of 10, 33.0 kg', 'waz', girlOf10('33.0'), '-0.01'],
  ['girl of 10, 90 kg', 'waz', girlOf10('90'), '3.45'],
  ['girl of 10, 90 kg', 'waz_mod', girlOf10('90'), '5.65'],
  ['boy of 5, 81 kg for 18', 'waz', boyOf5('81'), '5.94'],
  ['boy of 5, 81 kg for 18', 'waz_mod', boyOf5('81'), '19.27'],
  [
    'a boy of 11 months at the median of the WHO standard',
    'waz',
    { ...infant, VS: { vs_dt: '2021-11-15 09:00', vs_wt: '9.41' } },
    '0.00',
  ],
  [
    'the last day before 24 months, by the WHO standard',
    'waz',
    { DM: { dm_birth: '2019-07', dm_sex: 'M' }, VS: { vs_dt: '2021-07-14 23:59', vs_wt: '12.2' } },
    '0.04',
  ],
  [
    'the first day of 24 months, by the CDC reference',
    'waz',
    { DM: { dm_birth: '2019-07', dm_sex: 'M' }, VS: { vs_dt: '2021-07-15 00:00', vs_wt: '12.2' } },
    '-0.35',
  ],
  [
    'sex not known',
    'waz',
    { DM: { dm_birth: '2011-06' }, VS: { vs_dt: '2021-06-30 09:00', vs_wt: '32' } },
    null,
  ],
]);

facts('height for age', [
  ['boy of 10 at the CDC median', 'haz', weighedAt('2011-06', 'M', { vs_ht: '138.8' }), '0.00'],
  ['girl of 5 at the CDC median', 'haz_mod', weighedAt('2016-06', 'F', { vs_ht: '108.0' }), '0.01'],
  ['below 24 months no reference is held', 'haz', infant, null],
]);

const pressure = (birth: string, vs_sbp: string): Given => weighedAt(birth, 'M', { vs_sbp });
facts('hypotension for age', [
  ['below 90 from 10 years', 'hypo_age', pressure('2011-06', '89'), '1'],
  ['90 at 10 years', 'hypo_age', pressure('2011-06', '90'), '0'],
  ['below 70 + 2 × 5 at 5 years', 'hypo_age', pressure('2016-06', '79'), '1'],
  ['70 + 2 × 5 at 5 years', 'hypo_age', pressure('2016-06', '80'), '0'],
  ['below 70 under 1 year', 'hypo_age', pressure('2020-12', '69'), '1'],
  ['pressure not known', 'hypo_age', pressure('2011-06', 'NK'), null],
]);

const lab = (lb_test: string, lb_val: string, more: Record<string, string> = {}): Given => ({
  LB: { lb_test, lb_val, ...more },
});
facts('laboratory values in their storage unit', [
  ['CRP 24.6 mg/dL', 'lb_std', lab('crp', '24.6 mg/dL'), '246.000'],
  ['troponin 0.14 ng/mL', 'lb_std', lab('tni', '0.14 ng/mL'), '140.000'],
  ['D-dimer 1.9 in DDU', 'lb_std', lab('ddim', '1.9 mg/L', { lb_dd: 'DDU' }), '3.800'],
  ['D-dimer of an unknown type', 'lb_std', lab('ddim', '1.9 mg/L'), null],
  ['leukocytes 12,9 G/L', 'lb_std', lab('wbc', '12,9 G/L'), '12.900'],
  ['leukocytes 12900 /mm3', 'lb_std', lab('wbc', '12900 /mm3'), '12.900'],
  ['NT-proBNP >35000 keeps its sign', 'lb_std', lab('ntbnp', '>35000 ng/L'), '>35000.000'],
  ['sCD25 in pg/mL cannot be converted', 'lb_std', lab('scd25', '2400', { lb_unit: 'pg/mL' }), null],
]);

/** Body surface area 1.000 and 1.100 m². */
const surface1: Given = { VS: { vs_dt: '2021-11-01 09:00', vs_ht: '122.5', vs_wt: '29.1' } };
const surface11: Given = { VS: { vs_dt: '2021-11-01 09:00', vs_ht: '133.0', vs_wt: '32.7' } };
const echo = (of: Given, answers: Record<string, string>): Given => ({
  ...of,
  EC: { ec_dt: '2021-11-01 10:00', ...answers },
});
facts('coronary z-scores by McCrindle 2007 and the class of the worst artery', [
  ['the body surface area of the vectors', 'bsa_h', surface1, '1.000'],
  ['the body surface area of the vectors', 'bsa_h', surface11, '1.100'],
  ['LAD 3.5 mm, 1.0 m²', 'ec_ladzc', echo(surface1, { ec_lad: '3.5' }), '3.39'],
  ['LAD 3.5 mm, 1.0 m²: a small aneurysm', 'ec_corcls', echo(surface1, { ec_lad: '3.5' }), '3'],
  ['RCA 3.0 mm, 1.0 m²', 'ec_rcazc', echo(surface1, { ec_rca: '3.0' }), '1.66'],
  ['LMCA 3.0 mm, 1.0 m²', 'ec_lmcazc', echo(surface1, { ec_lmca: '3.0' }), '0.25'],
  ['LAD 8.0 mm, 1.1 m²', 'ec_ladzc', echo(surface11, { ec_lad: '8.0' }), '15.24'],
  ['LAD 8.0 mm: a large aneurysm', 'ec_corcls', echo(surface11, { ec_lad: '8.0' }), '5'],
  ['8 mm is large without a body surface area too', 'ec_corcls', echo({}, { ec_lad: '8.0' }), '5'],
  ['all three below 2', 'ec_corcls', echo(surface1, { ec_lad: '2.4', ec_rca: '2.4', ec_lmca: '3.0' }), '1'],
  [
    'the reported z stands in where body surface area is not known',
    'ec_corcls',
    echo({}, { ec_lad: '3.5', ec_ladz: '3.40' }),
    '3',
  ],
  ['a diameter without any z says nothing', 'ec_corcls', echo({}, { ec_lad: '3.5' }), null],
  ['nothing measured', 'ec_corcls', echo(surface1, { ec_ef: '60' }), '9'],
  [
    'a z below 2 that falls by 1 during follow-up was a dilatation',
    'ec_corcls',
    {
      ...surface1,
      EC: { ec_dt: '2021-11-01 10:00', ec_lad: '2.8' },
      'EC@M1': { ec_dt: '2021-12-08 10:00', ec_lad: '2.2' },
    },
    ['2', '1'],
  ],
]);

facts('classes of LVEF', [
  ['55.0 is normal', 'ef_cls', echo({}, { ec_ef: '55.0' }), 'NORM'],
  ['54.9', 'ef_cls', echo({}, { ec_ef: '54.9' }), 'MILD'],
  ['44.9', 'ef_cls', echo({}, { ec_ef: '44.9' }), 'MOD'],
  ['29.9', 'ef_cls', echo({}, { ec_ef: '29.9' }), 'SEV'],
  ['above 55', 'ef_cls', echo({}, { ec_ef: '>55' }), 'NORM'],
  ['above 35 can be any of three', 'ef_cls', echo({}, { ec_ef: '>35' }), null],
  ['"normal", not quantified, is not a number', 'ef_cls', echo({}, { ec_efnq: '1' }), null],
]);

describe('the cube law gives from the shortening fraction', () => {
  test.each([
    ['15', '38.6'],
    ['20', '48.8'],
    ['25', '57.8'],
    ['28', '62.7'],
    ['35', '72.5'],
    ['40', '78.4'],
  ])('FS %s → LVEF %s', (ec_fs, about) => {
    const findings = findingsOf(model, settleChild(model, echo({}, { ec_ef: '5', ec_fs }), { now }), { now });
    expect(findings.find((finding) => finding.check === 'EC43')?.message.en).toContain(`about ${about} %`);
  });
});
