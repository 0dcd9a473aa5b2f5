/** One child whose whole course is entered, from admission to month 6, without a finding. */
import type { Given } from '../scenario.ts';

export const limits = { lb_lln: '5', lb_uln: '40' };
export const sample = (
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
export const infusion = {
  ig_given: '1',
  ig_sdt: '2021-11-01 12:00',
  ig_edt: '2021-11-02 12:00',
  ig_wtb: 'ACT',
  ig_dose: '64',
  ig_split: '0',
  ig_prod: 'lot 1',
  ig_tol: '0',
};
export const steroid = {
  cs_given: '1',
  cs_drug: 'MP',
  cs_route: 'IVB',
  cs_sdt: '2021-11-01 14:00',
  cs_ong: '0',
  cs_edt: '2021-11-08 08:00',
  cs_mgd: '64',
};

const injected = { anx_mg: '64', anx_vol: '0.43', anx_route: 'SC', anx_isr: '0' };
export const firstDose = { anx_dt: '2021-11-03 10:00', ...injected, anx_site: 'THI' };
export const secondDose = { anx_dt: '2021-11-04 10:00', ...injected, anx_site: 'ABD' };
export const thirdDose = { anx_dt: '2021-11-05 10:00', ...injected, anx_site: 'THI' };

const onset = {
  ons_fevdat: '2021-10-28',
  ons_fevdur: '4',
  ons_tmax: '39.4',
  ons_rash: '1',
  ons_conj: '1',
  ons_mouth: '0',
  ons_ext: '0',
  ons_node: '0',
  ons_abdo: '1',
  ons_vom: '1',
  ons_diar: '0',
  ons_shock: '1',
  ons_shtyp: 'CARD',
  ons_crt: '1',
  ons_chest: '0',
  ons_resp: '0',
  ons_neuro: 'NONE',
  ons_hepm: '0',
  ons_splm: '0',
  ons_hem: '0',
  ons_arth: '0',
  ons_eff: 'PERIC',
  ons_olig: '0',
  ons_alt: '0',
  ons_bc: 'NEG',
};
const support = { sup_bol: '10', sup_o2: 'LOW', sup_ecmo: '0', sup_rrt: '0', sup_diur: '1' };
const tracing = { eg_hr: '128', eg_qtc: '410', eg_find: 'STT' };
const visit = {
  fu_mode: 'VISIT',
  fu_stat: 'ALIVE',
  fu_ross: 'I',
  fu_symp: 'NONE',
  fu_relap: '0',
  fu_readm: '0',
  fu_cs: '0',
  fu_asp: '0',
  fu_anx: '0',
  fu_sport: '1',
  fu_seq: 'NONE',
};

/**
 * A boy of 10 with heart failure: admitted on 1 November 2021 at 08:00, anakinra from 3 November at 10:00, home on
 * 9 November, seen until May 2022.
 */
export const wholeCourse = {
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
  MH: { mh_any: '0', mh_kd: '0', mh_mis: '0', mh_anak: '0', mh_livevac: '0', mh_covvac: '0' },
  COV: [{ cov_typ: 'PCR', cov_dat: '2021-09-30', cov_spec: 'NASO', cov_res: 'POS' }],
  ONS: onset,
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
  'EC@M1': [
    {
      ...echo,
      ec_dt: '2021-12-08 14:00',
      ec_ef: '64',
      ec_efm: 'SB',
      ec_lad: '2.4',
      ec_rca: '2.3',
      ec_lmca: '2.9',
    },
  ],
  EG: [{ ...tracing, eg_dt: '2021-11-01 10:00' }],
  'EG@PRE': [{ ...tracing, eg_dt: '2021-11-03 08:00' }],
  'EG@H48': [{ ...tracing, eg_dt: '2021-11-05 07:00' }],
  SUP: { ...support, sup_date: '2021-11-01', sup_dobu: '5', sup_mil: '0.5' },
  'SUP@PRE': { ...support, sup_date: '2021-11-03', sup_mil: '0.5' },
  'SUP@H48': { ...support, sup_date: '2021-11-05', sup_o2: 'NONE' },
  MAS: { mas_dt: '2021-11-03', mas_phys: '0', mas_sjia: '0', mas_cns: '0' },
  IG: [infusion],
  CS: [steroid],
  CM: [
    {
      cm_cat: 'PLT',
      cm_drug: 'Acetylsalicylic acid B01AC06',
      cm_dose: '100',
      cm_unit: 'mg',
      cm_freq: '1',
      cm_route: 'PO',
      cm_sdt: '2021-11-03',
      cm_ong: '0',
      cm_edt: '2021-12-08',
      cm_ind: 'MISC',
    },
  ],
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
  'FU@M1': { ...visit, fu_dt: '2021-12-08' },
  'FU@M6': { ...visit, fu_dt: '2022-05-02' },
  'CMR@M3': { cmr_done: '1', cmr_dt: '2022-02-01', cmr_ef: '61', cmr_lge: '0', cmr_oed: '0' },
  SIG: { sig_by: 'Investigator', sig_dt: '2021-11-12 09:00' },
  END: { end_dt: '2022-05-02', end_reas: 'COMP' },
} satisfies Given;
