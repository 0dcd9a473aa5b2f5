/** The case definitions of MIS-C (study document, section 6.1 to 6.4): met, not met, and not evaluable for want of one answer. */
import { describe, expect, test } from 'vitest';
import { derivedTexts, settleChild, type Given, type Row } from '../scenario.ts';
import { classifiedOf, said, says } from './classified.ts';
import { enrolled, now } from './children.ts';
import { model } from './study.ts';

const limits = { lb_lln: '0', lb_uln: '34' };
const signs = {
  ons_fevdat: '2021-10-28',
  ons_fevdur: '4',
  ons_tmax: '39.4',
  ons_rash: '1',
  ons_conj: '0',
  ons_mouth: '0',
  ons_ext: '0',
  ons_abdo: '1',
  ons_vom: '0',
  ons_diar: '0',
  ons_shock: '0',
  ons_resp: '0',
  ons_neuro: 'NONE',
  ons_alt: '0',
  ons_bc: 'NEG',
};
const echo = { ec_dt: '2021-11-01 10:00', ec_ef: '60', ec_mr: '0', ec_ar: '0', ec_peric: '0', ec_lad: '2.4' };
const sample = (lb_test: string, lb_val: string, more: Row = {}): Row => ({
  lb_dt: '2021-11-01 09:00',
  lb_test,
  lb_val,
  ...more,
});
const results = [
  sample('crp', '246 mg/L'),
  sample('plt', '175 G/L'),
  sample('alc', '1.4 G/L', { lb_lln: '1.0', lb_uln: '4' }),
  sample('tni', '12 ng/L', limits),
  sample('ntbnp', '80 ng/L', { lb_lln: '0', lb_uln: '125' }),
  sample('ddim', '0.3 mg/L', { lb_dd: 'FEU', lb_lln: '0', lb_uln: '0.5' }),
  sample('creat', '40 umol/L', { lb_lln: '20', lb_uln: '60' }),
  sample('anc', '6 G/L', { lb_lln: '1.5', lb_uln: '8' }),
];
const pcr = { cov_typ: 'PCR', cov_dat: '2021-10-05', cov_spec: 'NASO', cov_res: 'POS' };

/** A boy of 10 with fever for 4 days, a rash, abdominal pain, CRP 246, and a PCR of 27 days before admission. */
const child = {
  ENR: { ...enrolled, enr_ex_inf: '0' },
  DM: { dm_birth: '2011-06', dm_sex: 'M' },
  ONS: signs,
  VS: [{ vs_dt: '2021-11-01 09:00', vs_wt: '32.0', vs_ht: '138.0', vs_temp: '39.0', vs_fever: '1' }],
  EC: [echo],
  LB: results,
  COV: [pcr],
  SUP: [{ sup_date: '2021-11-01', sup_bol: '0', sup_o2: 'NONE', sup_ecmo: '0', sup_rrt: '0', sup_diur: '0' }],
} satisfies Given;
const withSigns = (more: Row): Given => ({ ...child, ONS: { ...signs, ...more } });
const withResults = (...more: readonly Row[]): Given => ({
  ...child,
  LB: [...results.filter(({ lb_test }) => !more.some((row) => row['lb_test'] === lb_test)), ...more],
});
const bornIn = (dm_birth: string): Given => ({ ...child, DM: { dm_birth, dm_sex: 'M' } });
const evidence = (...COV: readonly Row[]): Given => ({ ...child, COV });
const without = (...forms: readonly (keyof typeof child)[]): Given =>
  Object.fromEntries(Object.entries(child).filter(([form]) => !forms.some((gone) => gone === form)));
const noRashNoPain = { ons_rash: '0', ons_abdo: '0' };

says('who20', [
  ['fever, rash, pain, CRP and PCR', child, 'met'],
  ['19 years old', bornIn('2001-12'), 'met'],
  ['20 years old', bornIn('2001-06'), 'not-met'],
  [
    'fever for 2 days and gone by the third',
    {
      ...withSigns({ ons_fevdur: '2', ons_fevdat: '2021-10-31' }),
      VS: [{ vs_dt: '2021-11-02 09:00', vs_temp: '37.0', vs_fever: '0' }],
    },
    'not-met',
  ],
  [
    'fever for 2 days at admission that goes on',
    {
      ...withSigns({ ons_fevdur: '2', ons_fevdat: '2021-10-31' }),
      VS: [{ vs_dt: '2021-11-02 09:00', vs_temp: '38.4', vs_fever: '1' }],
    },
    'met',
  ],
  ['fever of at least 4 days', withSigns({ ons_fevdur: '>=4' }), 'met'],
  [
    'fever of at least 2 days, later not measured',
    {
      ...withSigns({ ons_fevdur: '>=2', ons_fevdat: '2021-10-31' }),
      VS: [{ vs_dt: '2021-11-01 09:00', vs_wt: '32.0' }],
    },
    'not-evaluable',
  ],
  ['a rash alone', withSigns({ ons_abdo: '0' }), 'not-evaluable'],
  ['a rash and LVEF 54.9', { ...withSigns({ ons_abdo: '0' }), EC: [{ ...echo, ec_ef: '54.9' }] }, 'met'],
  ['a positive blood culture', withSigns({ ons_bc: 'POS' }), 'not-met'],
  ['a pending blood culture', withSigns({ ons_bc: 'PEND' }), 'not-evaluable'],
  ['CRP above its limit of 5', withResults(sample('crp', '12 mg/L', { lb_uln: '5' })), 'met'],
  ['CRP 12 with no limit and no other marker', withResults(sample('crp', '12 mg/L')), 'not-evaluable'],
  ['a contact and nothing else', evidence({ cov_typ: 'CONT', cov_dat: '2021-10-01' }), 'met'],
  ['a negative PCR', evidence({ ...pcr, cov_res: 'NEG' }), 'not-met'],
  ['a pending PCR', evidence({ ...pcr, cov_res: 'PEND' }), 'not-evaluable'],
  ['no evidence entered', without('COV'), 'not-evaluable'],
]);

says('cdc20', [
  ['fever, rash, pain, CRP and PCR', child, 'met'],
  ['20 years old', bornIn('2001-06'), 'met'],
  ['21 years old', bornIn('2000-06'), 'not-met'],
  ['38.0 °C is not above 38.0', withSigns({ ons_tmax: '38.0' }), 'not-met'],
  ['reported fever', withSigns({ ons_tmax: 'ND', ons_fevsub: '1' }), 'met'],
  ['one organ only', withSigns({ ons_abdo: '0' }), 'not-met'],
  ['rash and oxygen', { ...withSigns({ ons_abdo: '0' }), SUP: [{ ...child.SUP[0], sup_o2: 'LOW' }] }, 'met'],
  [
    'rash and platelets 149',
    { ...withSigns({ ons_abdo: '0' }), LB: [...results, sample('plt', '149 G/L')] },
    'met',
  ],
  ['rash and headache', withSigns({ ons_abdo: '0', ons_neuro: 'HEAD' }), 'met'],
  ['a more likely diagnosis', withSigns({ ons_alt: '1' }), 'not-met'],
  ['whether there is one is unknown', withSigns({ ons_alt: '99' }), 'not-evaluable'],
  ['a contact 20 days before onset', evidence({ cov_typ: 'CONT', cov_dat: '2021-10-08' }), 'met'],
  ['a contact 29 days before onset', evidence({ cov_typ: 'CONT', cov_dat: '2021-09-29' }), 'not-met'],
  ['a contact on a day not known', evidence({ cov_typ: 'CONT', cov_dat: 'NK' }), 'not-evaluable'],
]);

const heart = (ec_ef: string): Given => ({ ...withSigns({ ons_abdo: '0' }), EC: [{ ...echo, ec_ef }] });
says('cste23', [
  ['fever, rash, pain, CRP and PCR', child, 'met'],
  ['CRP 29.9 mg/L', withResults(sample('crp', '29.9 mg/L')), 'not-met'],
  ['CRP 3.0 mg/dL is 30 mg/L', withResults(sample('crp', '3.0 mg/dL')), 'met'],
  ['CRP below 100', withResults(sample('crp', '<100 mg/L')), 'not-evaluable'],
  ['38.0 °C', withSigns({ ons_tmax: '38.0' }), 'met'],
  ['LVEF 54.9 and a rash', heart('54.9'), 'met'],
  ['LVEF 55.0 is no cardiac manifestation', heart('55.0'), 'not-met'],
  ['LVEF above 55 neither', heart('>55'), 'not-met'],
  ['LVEF below 60 may be one', heart('<60'), 'not-evaluable'],
  [
    'LVEF normal, not quantified',
    { ...withSigns({ ons_abdo: '0' }), EC: [{ ...echo, ec_ef: '', ec_efnq: '1' }] },
    'not-met',
  ],
  [
    'troponin above its limit and a rash',
    { ...withSigns({ ons_abdo: '0' }), LB: [...results, sample('tni', '35 ng/L', limits)] },
    'met',
  ],
  [
    'a coronary aneurysm and a rash',
    { ...withSigns({ ons_abdo: '0' }), EC: [{ ...echo, ec_lad: '5' }] },
    'met',
  ],
  [
    'lymphocytes 0.99 and a rash',
    { ...withSigns({ ons_abdo: '0' }), LB: [...results, sample('alc', '0.99 G/L')] },
    'met',
  ],
  [
    'platelets 100 of the third month',
    {
      ...withSigns({ ons_abdo: '0' }),
      DSC: { dsc_dt: '2021-11-09 12:00', dsc_type: 'HOME' },
      'LB@M3': [{ ...sample('plt', '100 G/L'), lb_dt: '2022-02-01 09:00' }],
    },
    'not-met',
  ],
  [
    'no echocardiography, one other manifestation',
    { ...without('EC'), ONS: { ...signs, ons_abdo: '0' } },
    'not-evaluable',
  ],
]);

says('cste23_status', [
  ['a positive PCR', child, 'CONF'],
  ['a contact only', evidence({ cov_typ: 'CONT', cov_dat: '2021-10-01' }), 'PROB'],
  [
    'a contact and a pending PCR',
    evidence({ ...pcr, cov_res: 'PEND' }, { cov_typ: 'CONT', cov_dat: '2021-10-01' }),
    'not-evaluable',
  ],
  ['a PCR of 61 days before admission', evidence({ ...pcr, cov_dat: '2021-09-01' }), 'NO'],
  ['a PCR of 60 days before admission', evidence({ ...pcr, cov_dat: '2021-09-02' }), 'CONF'],
  [
    'antibodies',
    evidence({ cov_typ: 'IGG', cov_dat: '2021-11-02', cov_spec: 'SERUM', cov_res: 'POS' }),
    'CONF',
  ],
  ['not clinical', withSigns({ ...noRashNoPain }), 'NO'],
]);

says('rcpch20', [
  ['39.4 °C, CRP, a digestive sign', child, 'met'],
  ['38.5 °C is not above 38.5', withSigns({ ons_tmax: '38.5' }), 'not-met'],
  ['a negative PCR does not matter', evidence({ ...pcr, cov_res: 'NEG' }), 'met'],
  ['another infection', { ...child, ENR: { ...child.ENR, enr_ex_inf: '1' } }, 'not-met'],
  ['no organ affected', withSigns({ ons_abdo: '0' }), 'not-met'],
]);

describe('the calculated items say the same', () => {
  test.each([
    ['case_who20', '1'],
    ['case_cdc20', '1'],
    ['case_cste23', '1'],
    ['case_cstest', 'CONF'],
    ['case_rcpch', '1'],
  ])('%s', (item, expected) => {
    expect(derivedTexts(model, settleChild(model, child, { now }), item)).toEqual([expected]);
  });
});

describe('of a child of whom only the age is known', () => {
  test.each(['who20', 'cdc20', 'cste23', 'rcpch20'])('%s is not evaluable', (id) => {
    const [one] = classifiedOf(id, { ENR: enrolled, DM: { dm_birth: '2011-06' } });
    expect(one === undefined ? null : said(one)).toBe('not-evaluable');
    expect(one?.gaps.length).toBeGreaterThan(3);
  });
});
