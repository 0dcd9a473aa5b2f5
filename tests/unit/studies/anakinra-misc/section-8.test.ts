/**
 * Section 8 of the study document, row by row: under each id that it gives a derived variable stands at least one vector,
 * and a test compares the ids with the document. Limits and special cases stand in the derivations-* and classification
 * tests; the vectors that the document itself writes out are marked [D] here.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { findingsOf, settleChild, derivedTexts, type Given, type Row } from '../scenario.ts';
import { root } from '../folders.ts';
import { boy, course, dose, enrolled, infusion, measured, missedDose, now, result, t0 } from './children.ts';
import { model } from './study.ts';

type Held = string | null | readonly (string | null)[];
type Vector = readonly [because: string, item: string, given: Given, expected: Held];

const boyOf10 = (vs_wt: string, vs_ht = '138.8'): Given => ({
  DM: { dm_birth: '2011-06', dm_sex: 'M' },
  VS: { vs_dt: '2021-06-30 09:00', vs_wt, vs_ht },
});
const support = (more: Row): Given => ({ SUP: { sup_date: '2021-11-03', ...more } });
const atStart = (creatinine: string): Given => ({
  ...measured,
  AND: { and_dt: '2021-11-03 09:00' },
  LB: result('creat', creatinine),
});
/** 1.000 and 1.100 m² of body surface. */
const surface1: Given = { VS: { vs_dt: '2021-11-01 09:00', vs_ht: '122.5', vs_wt: '29.1' } };
const surface11: Given = { VS: { vs_dt: '2021-11-01 09:00', vs_ht: '133.0', vs_wt: '32.7' } };
const echo = (of: Given, more: Row): Given => ({ ...of, EC: { ec_dt: '2021-11-01 10:00', ...more } });
const evaluated = (ferr: string): Given => ({
  ...boy,
  ONS: { ons_tmax: '39.4' },
  MAS: { mas_dt: '2021-11-01', mas_phys: '0' },
  LB: [result('ferr', ferr), result('plt', '181 G/L'), result('ast', '49 U/L')],
});
const hlh: Given = {
  ...evaluated('685 ug/L'),
  ONS: { ons_tmax: '38.5', ons_splm: '1' },
  MAS: { mas_dt: '2021-11-01', mas_bm: '1', mas_hemo: '1', mas_nk: 'LOW' },
};
const criteria2023: Given = {
  ENR: { ...enrolled, enr_ex_inf: '0' },
  DM: { dm_birth: '2011-06' },
  ONS: { ons_fevdur: '4', ons_tmax: '39', ons_rash: '1', ons_vom: '1', ons_alt: '0', ons_bc: 'NEG' },
  LB: result('crp', '246 mg/L'),
  COV: { cov_typ: 'PCR', cov_dat: '2021-10-05', cov_spec: 'NASO', cov_res: 'POS' },
};
const at48 = (ec_ef: string): Given => ({
  ...boy,
  ANX: dose(t0),
  R48: { r48_inot: 'NEVER' },
  'EC@H48': { ec_dt: '2021-11-05 09:00', ec_ef },
});
const change = (test_: string, before: string, after: string): Given => ({
  ANX: dose(t0),
  R48: { r48_inot: 'NEVER' },
  'LB@PRE': { lb_dt: '2021-11-03 08:00', lb_test: test_, lb_val: before },
  'LB@H48': { lb_dt: '2021-11-05 09:00', lb_test: test_, lb_val: after },
});
const treated: Given = {
  ...measured,
  AND: { and_wt: '32.0' },
  ANX: [dose(t0, '64'), dose('2021-11-05 10:00', '96'), missedDose('2021-11-06 10:00')],
};
const syringe = (vs_wt: string): Given => ({ VS: { vs_dt: '2021-11-01 09:00', vs_wt }, ANX: dose(t0) });
/** Ten years old on the day of the sample, counted in days: born on day 15 of November 2011. */
const peptide = (value: string): Given => ({
  DM: { dm_birth: '2011-11' },
  LB: { lb_dt: '2021-11-15 09:00', lb_test: 'ntbnp', lb_val: value },
});
const followed = (more: Given): Given => ({
  ANX: dose(t0),
  DSC: { dsc_dt: '2021-11-09 12:00', dsc_type: 'HOME' },
  ...more,
});
const alt = (lb_dt: string, lb_val: string): Row => ({
  lb_dt,
  lb_test: 'alt',
  lb_val,
  lb_lln: '5',
  lb_uln: '40',
});
const transaminases = (before: string): Given => ({
  ANX: dose(t0),
  'LB@PRE': alt('2021-11-03 08:00', before),
  'LB@H48': alt('2021-11-05 09:00', '150 U/L'),
});
const visit = (vs_dt: string): Given => ({ ANX: dose(t0), 'VS@H48': { vs_dt, vs_temp: '37' } });

const vectors: Readonly<Record<string, readonly Vector[]>> = {
  age_y: [
    ['born in June 2011, admitted on 1 November 2021', 'dm_age', boy, '10.38'],
    ['at a measurement', 'vs_age', boyOf10('32.0'), '10.04'],
  ],
  bmi: [['32.0 kg, 138 cm', 'vs_bmi', measured, '16.8']],
  bsa_h: [
    ['[D] Haycock, 138 cm and 32 kg', 'bsa_h', measured, '1.103'],
    ['[D] Mosteller, 138 cm and 32 kg', 'bsa_m', measured, '1.108'],
    ['height missing', 'bsa_h', { VS: { vs_dt: '2021-11-01 09:00', vs_wt: '32.0' } }, null],
  ],
  egfr: [
    ['[D] 138 cm, 60 µmol/L', 'and_egfr', atStart('60 umol/L'), '84.0'],
    ['[D] 138 cm, 180 µmol/L', 'and_egfr', atStart('180 umol/L'), '28.0'],
    [
      'an infant of 11 months is outside the formula',
      'and_egfr',
      { ...atStart('60 umol/L'), DM: { dm_birth: '2020-12' } },
      null,
    ],
    [
      '19 years are outside the formula',
      'and_egfr',
      { ...atStart('60 umol/L'), DM: { dm_birth: '2002-10' } },
      null,
    ],
  ],
  'waz, haz': [
    ['[D] boy of 10, 32.0 kg', 'waz', boyOf10('32.0'), '-0.02'],
    ['boy of 10 at the median height', 'haz', boyOf10('32.0'), '0.00'],
  ],
  'waz_mod, haz_mod': [
    ['[D] boy of 10, 320 kg for 32.0', 'waz_mod', boyOf10('320'), '30.03'],
    ['boy of 10 at the median height', 'haz_mod', boyOf10('32.0'), '0.00'],
  ],
  hypo_age: [
    [
      '89 mmHg at 10 years',
      'hypo_age',
      { ...boyOf10('32.0'), VS: { vs_dt: '2021-06-30 09:00', vs_sbp: '89' } },
      '1',
    ],
  ],
  vis: [
    ['[D] dopamine 5, adrenaline 0.05', 'sup_vis', support({ sup_dopa: '5', sup_epi: '0.05' }), '10.0'],
    [
      '[D] dopamine 5, adrenaline 0.1, milrinone 0.5, vasopressin 0.0003, noradrenaline 0.1',
      'sup_vis',
      support({ sup_dopa: '5', sup_epi: '0.1', sup_mil: '0.5', sup_vas: '0.0003', sup_nor: '0.1' }),
      '33.0',
    ],
    ['levosimendan counts nothing', 'sup_vis', support({ sup_levo: '0.2' }), '0.0'],
    ['a rate that is not known', 'sup_vis', support({ sup_dopa: '5', sup_epi: 'NK' }), null],
    [
      'the highest of the day of the first dose',
      'vis_24',
      {
        ...at48('58'),
        SUP: { sup_date: '2021-11-03', sup_dopa: '5' },
        'SUP@PRE': { sup_date: '2021-11-03', sup_dopa: '8' },
        'SUP@D2': { sup_date: '2021-11-04', sup_dopa: '3' },
      },
      '8.0',
    ],
    [
      'the highest of the day after',
      'vis_48',
      {
        ...at48('58'),
        SUP: { sup_date: '2021-11-03', sup_dopa: '5' },
        'SUP@D2': { sup_date: '2021-11-04', sup_dopa: '3' },
      },
      '3.0',
    ],
  ],
  lb_std: [['CRP 24.6 mg/dL', 'lb_std', { LB: result('crp', '24.6 mg/dL') }, '246.000']],
  'case_who20 / cdc20 / cste23 / rcpch': [
    ['fever, rash, vomiting, CRP, PCR', 'case_who20', criteria2023, '1'],
    ['fever, rash, vomiting, CRP, PCR', 'case_cdc20', criteria2023, '1'],
    ['fever, rash, vomiting, CRP, PCR', 'case_cste23', criteria2023, '1'],
    ['with a PCR', 'case_cstest', criteria2023, 'CONF'],
    ['fever, CRP, vomiting', 'case_rcpch', criteria2023, '1'],
    ['no evidence entered', 'case_cste23', { ...criteria2023, COV: [] }, null],
  ],
  'mas_16, mas_hlhn, mas_hlh, mas_ms': [
    ['[D] ferritin 685, platelets 181, AST 49', 'mas_16', evaluated('685 ug/L'), '1'],
    ['[D] ferritin 684', 'mas_16', evaluated('684 ug/L'), '0'],
    ['fever, spleen, haemophagocytosis, NK activity, ferritin', 'mas_hlhn', hlh, '5'],
    ['of the eight, those that are known', 'mas_hlhe', hlh, '5'],
    ['five', 'mas_hlh', hlh, '1'],
    [
      'systemic JIA with involvement of the central nervous system',
      'mas_ms',
      {
        ...hlh,
        ONS: { ons_hem: '0', ons_arth: '0' },
        MAS: { mas_dt: '2021-11-01', mas_sjia: '1', mas_cns: '1' },
        LB: [
          result('plt', '100 G/L'),
          result('ldh', '500 U/L'),
          result('fib', '1.6 g/L'),
          result('ferr', '900 ug/L'),
        ],
      },
      '2.09',
    ],
    ['no systemic JIA', 'mas_ms', hlh, null],
  ],
  ef_cls: [
    ['55.0', 'ef_cls', echo({}, { ec_ef: '55.0' }), 'NORM'],
    ['54.9', 'ef_cls', echo({}, { ec_ef: '54.9' }), 'MILD'],
    ['44.9', 'ef_cls', echo({}, { ec_ef: '44.9' }), 'MOD'],
    ['29.9', 'ef_cls', echo({}, { ec_ef: '29.9' }), 'SEV'],
  ],
  ef_gt55_48: [
    ['[D] 55.0 is not above 55', 'r48_efnorm', at48('55.0'), '0'],
    ['55.1', 'r48_efnorm', at48('55.1'), '1'],
  ],
  cor_z: [
    ['[D] LAD 3.5 mm, 1.0 m²', 'ec_ladzc', echo(surface1, { ec_lad: '3.5' }), '3.39'],
    ['[D] RCA 3.0 mm, 1.0 m²', 'ec_rcazc', echo(surface1, { ec_rca: '3.0' }), '1.66'],
    ['[D] LMCA 3.0 mm, 1.0 m²', 'ec_lmcazc', echo(surface1, { ec_lmca: '3.0' }), '0.25'],
    ['[D] LAD 8.0 mm, 1.1 m²', 'ec_ladzc', echo(surface11, { ec_lad: '8.0' }), '15.24'],
  ],
  cor_cls: [
    ['[D] LAD 3.5 mm, 1.0 m²', 'ec_corcls', echo(surface1, { ec_lad: '3.5' }), '3'],
    ['[D] LAD 8.0 mm, 1.1 m²', 'ec_corcls', echo(surface11, { ec_lad: '8.0' }), '5'],
  ],
  cs_mpeq: [
    [
      'methylprednisolone',
      'cs_mpeq',
      { ...measured, CS: { ...course, cs_drug: 'MP', cs_mgd: '32' } },
      '1.00',
    ],
    ['prednisone', 'cs_mpeq', { ...measured, CS: { ...course, cs_drug: 'PN', cs_mgd: '40' } }, '1.00'],
    ['hydrocortisone', 'cs_mpeq', { ...measured, CS: { ...course, cs_drug: 'HC', cs_mgd: '160' } }, '1.00'],
    ['dexamethasone', 'cs_mpeq', { ...measured, CS: { ...course, cs_drug: 'DX', cs_mgd: '6' } }, '1.00'],
    ['betamethasone', 'cs_mpeq', { ...measured, CS: { ...course, cs_drug: 'BM', cs_mgd: '6' } }, '1.00'],
  ],
  line_before: [
    [
      'both',
      'line_before',
      { ...measured, AND: { and_ind: 'HF' }, ANX: dose(t0), IG: infusion, CS: course },
      'BOTH',
    ],
  ],
  'anx_first, anx_last, anx_days': [
    ['the first', 'anx_first', treated, '2021-11-03T10:00'],
    ['the last that was given', 'anx_last', treated, '2021-11-05T10:00'],
    ['days with a dose', 'anx_days', treated, '2'],
  ],
  anx_avg_mgkgd: [
    ['160 mg in 2 days to 32 kg', 'anx_avg_mgkgd', treated, '2.50'],
    ['[D] a whole syringe to 12 kg', 'anx_mgkg', syringe('12'), '8.33'],
    ['[D] a whole syringe to 20 kg', 'anx_mgkg', syringe('20'), '5.00'],
    ['[D] a whole syringe to 32 kg', 'anx_mgkg', syringe('32'), '3.13'],
    ['[D] a whole syringe to 45 kg', 'anx_mgkg', syringe('45'), '2.22'],
    ['[D] a whole syringe to 60 kg', 'anx_mgkg', syringe('60'), '1.67'],
  ],
  d_to_anx: [['from 1 November 08:00 to 3 November 10:00', 'd_to_anx', treated, '2.1']],
  'trop_pct, bnp_pct, crp_pct': [
    ['troponin 140 to 70 ng/L', 'r48_trop', change('tni', '140 ng/L', '70 ng/L'), '-50.0'],
    ['NT-proBNP 3000 to 900 ng/L', 'r48_bnp', change('ntbnp', '3000 ng/L', '900 ng/L'), '-70.0'],
    ['CRP 246 to 61.5 mg/L', 'r48_crp', change('crp', '246 mg/L', '61.5 mg/L'), '-75.0'],
    ['a censored baseline', 'r48_bnp', change('ntbnp', '>35000 ng/L', '900 ng/L'), null],
  ],
  zlog_ntbnp: [
    ['[D] 10 years, 39 ng/L', 'lb_zlog', peptide('39 ng/L'), '0.00'],
    ['[D] 10 years, 230 ng/L', 'lb_zlog', peptide('230 ng/L'), '1.96'],
    ['[D] 10 years, 3,000 ng/L', 'lb_zlog', peptide('3000 ng/L'), '4.80'],
    ['[D] 10 years, 35,000 ng/L', 'lb_zlog', peptide('35000 ng/L'), '7.52'],
    ['>35,000 ng/L', 'lb_zlog', peptide('>35000 ng/L'), null],
  ],
  fup_mo: [
    ['6 days to discharge', 'fup_mo', followed({}), '0.197'],
    [
      '92 days to a visit at 3 months',
      'fup_mo',
      followed({ 'FU@M3': { fu_dt: '2022-02-03', fu_stat: 'ALIVE' } }),
      '3.023',
    ],
    [
      'the last visit at which the child was not lost',
      'fup_mo',
      followed({
        'FU@M1': { fu_dt: '2021-12-08', fu_stat: 'ALIVE' },
        'FU@M3': { fu_dt: '2022-02-03', fu_stat: 'LOST' },
      }),
      '1.150',
    ],
    ['no contact recorded after the first dose', 'fup_mo', { ANX: dose(t0) }, null],
  ],
  'ctc_alt…': [
    ['[D] baseline 30, ULN 40, later 150', 'lb_ctc', transaminases('30 U/L'), [null, '2']],
    ['[D] baseline 80, later 150', 'lb_ctc', transaminases('80 U/L'), [null, '1']],
  ],
  ms_window: [
    ['47 h after the first dose', 'ms_window', visit('2021-11-05 09:00'), '1'],
    ['61 h after the first dose', 'ms_window', visit('2021-11-05 23:00'), '0'],
    ['no first dose', 'ms_window', { 'VS@H48': { vs_dt: '2021-11-05 09:00', vs_temp: '37' } }, null],
    [
      'a follow-up visit on day 28',
      'fu_window',
      { ANX: dose(t0), 'FU@M1': { fu_dt: '2021-12-01', fu_stat: 'ALIVE' } },
      '1',
    ],
    [
      'a follow-up visit on day 43',
      'fu_window',
      { ANX: dose(t0), 'FU@M1': { fu_dt: '2021-12-16', fu_stat: 'ALIVE' } },
      '0',
    ],
  ],
};

const document = readFileSync(path.join(root, 'tests/fixtures/study-document/anakinra-misc-crf.md'), 'utf8');
const section = document.slice(
  document.indexOf('## 8. Derived variables'),
  document.indexOf('Test vectors [D]:'),
);
const ids = [...section.matchAll(/^\| ([^|]+?) \|/gmu)].map(([, id = '']) => id).slice(1);

describe('section 8', () => {
  it('is all here, row by row', () => expect(Object.keys(vectors)).toEqual(ids));

  for (const [id, lines] of Object.entries(vectors)) {
    test.each(lines)(`${id}: %s → %s`, (_, item, given, expected) => {
      const texts = derivedTexts(model, settleChild(model, given, { now }), item);
      expect(texts.length > 1 ? texts : (texts[0] ?? null)).toEqual(expected);
    });
  }

  it('[D] an eGFR of 28.0 brings up EC68', () => {
    const given: Given = { ...atStart('180 umol/L'), ANX: [dose(t0), dose('2021-11-04 10:00')] };
    const findings = findingsOf(model, settleChild(model, given, { now }), { now });
    expect(findings.map(({ check }) => check)).toContain('EC68');
  });
});
