import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, dose, t0 } from '../children.ts';

/** Anakinra from 3 November 2021: month 1 is 1 to 15 December 2021, month 6 ends on 1 June 2022. */
const treated = { ...boy, ANX: dose(t0) };
const poorHeart = { ...treated, 'EC@PRE': { ec_dt: '2021-11-03 08:00', ec_ef: '39.5' } };
const seen = (fu_dt: string, answers: Record<string, string> = {}) => ({
  fu_dt,
  fu_stat: 'ALIVE',
  ...answers,
});
const discharged = { dsc_dt: '2021-11-09 12:00', dsc_type: 'HOME' };
const echoed = (answers: Record<string, string>, at = '2021-12-08 15:00') => ({
  ...treated,
  VS: { vs_dt: '2021-11-01 09:00', vs_wt: '32.0', vs_ht: '138.0' },
  'EC@M1': { ec_dt: at, ...answers },
});
const healthy = { ec_ef: '60', ec_lad: '2.4', ec_rca: '2.3', ec_lmca: '2.9' };
const readmitted = { ...treated, DSC: discharged, 'FU@M1': seen('2021-12-08', { fu_readm: '1' }) };

export const followUpCases: readonly Case[] = [
  fires('EC84', 'LVEF 39.5 and no answer a year later', poorHeart, 'worst LVEF is 39.5 %'),
  fires('EC84', 'the only answer is of month 1', { ...poorHeart, 'CMR@M1': { cmr_done: '0' } }),
  silent('EC84', 'MRI was not done', { ...poorHeart, 'CMR@M3': { cmr_done: '0' } }),
  silent('EC84', 'whether it was done is not known', { ...poorHeart, 'CMR@M6': { cmr_done: 'NK' } }),
  silent('EC84', 'LVEF was never below 50', {
    ...treated,
    'EC@PRE': { ec_dt: '2021-11-03 08:00', ec_ef: '50' },
  }),
  silent('EC84', 'the child died', { ...poorHeart, DSC: { dsc_dt: '2021-11-09 12:00', dsc_type: 'DEATH' } }),
  silent('EC84', 'the child was lost to follow-up', {
    ...poorHeart,
    'FU@M1': { fu_dt: '2021-12-08', fu_stat: 'LOST' },
  }),
  silent('EC84', 'the visits are still to come', {
    ...boy,
    ANX: dose('2022-09-30 08:00'),
    'EC@PRE': { ec_dt: '2022-09-30 07:00', ec_ef: '39.5' },
  }),
  undecided('EC84', 'no LVEF is recorded', treated),

  fires(
    'EC85',
    'month 1 on the day after its window',
    { ...treated, 'FU@M1': seen('2021-12-16') },
    '15 Dec 2021',
  ),
  fires('EC85', 'month 1 on the day before its window', { ...treated, 'FU@M1': seen('2021-11-30') }),
  silent('EC85', 'month 1 on the first day of its window', { ...treated, 'FU@M1': seen('2021-12-01') }),
  silent('EC85', 'month 1 on the last day of its window', { ...treated, 'FU@M1': seen('2021-12-15') }),
  undecided('EC85', 'no dose was given', { ...boy, 'FU@M1': seen('2021-12-08') }),
  undecided('EC85', 'an unscheduled visit has no window', { ...treated, 'FU@UNS1': seen('2021-12-08') }),

  fires(
    'EC86',
    'LAD 3.5 mm at discharge, z 3',
    {
      ...echoed({ ...healthy, ec_lad: '3.5' }, '2021-11-08 09:00'),
      DSC: { ...discharged, dsc_seq: 'NONE' },
    },
    'coronary class is 2 or more',
  ),
  fires(
    'EC86',
    'LVEF 54 at discharge',
    {
      ...echoed({ ...healthy, ec_ef: '54' }, '2021-11-08 09:00'),
      DSC: { ...discharged, dsc_seq: 'NONE' },
    },
    'LVEF is 54 % (below',
  ),
  silent('EC86', 'LVEF 55 and normal coronary arteries', {
    ...echoed({ ...healthy, ec_ef: '55' }, '2021-11-08 09:00'),
    DSC: { ...discharged, dsc_seq: 'NONE' },
  }),
  silent('EC86', 'the sequela is recorded', {
    ...echoed({ ...healthy, ec_ef: '54' }, '2021-11-08 09:00'),
    DSC: { ...discharged, dsc_seq: 'LV' },
  }),
  undecided('EC86', 'no echocardiography before discharge', {
    ...echoed({ ...healthy, ec_ef: '54' }),
    DSC: { ...discharged, dsc_seq: 'NONE' },
  }),
  undecided('EC86', 'LVEF is normal and the coronary arteries were never measured', {
    ...echoed({ ec_ef: '60' }, '2021-11-08 09:00'),
    DSC: { ...discharged, dsc_seq: 'NONE' },
  }),

  fires(
    'EC86_FU',
    'LVEF 52 on the day of the visit',
    {
      ...echoed({ ...healthy, ec_ef: '52' }),
      'FU@M1': seen('2021-12-08', { fu_seq: 'NONE' }),
    },
    'LVEF is 52 % (below',
  ),
  fires('EC86_FU', 'LAD 3.5 mm on the day of the visit', {
    ...echoed({ ...healthy, ec_lad: '3.5' }),
    'FU@M1': seen('2021-12-08', { fu_seq: 'NONE' }),
  }),
  silent('EC86_FU', 'LVEF 60 and normal coronary arteries', {
    ...echoed(healthy),
    'FU@M1': seen('2021-12-08', { fu_seq: 'NONE' }),
  }),
  undecided('EC86_FU', 'the echocardiography came the day after', {
    ...echoed({ ...healthy, ec_ef: '52' }, '2021-12-09 09:00'),
    'FU@M1': seen('2021-12-08', { fu_seq: 'NONE' }),
  }),

  fires('EC87', 'discharged a year ago and not signed', { ...treated, DSC: discharged }),
  silent('EC87', 'signed', { ...treated, DSC: discharged, SIG: { sig_dt: '2021-11-20 09:00' } }),
  silent('EC87', 'discharged 30 days ago', {
    ...treated,
    DSC: { ...discharged, dsc_dt: '2022-11-01 12:00' },
  }),
  silent('EC87', 'still an inpatient', { ...treated, DSC: { ...discharged, dsc_type: 'INPAT' } }),
  undecided('EC87', 'discharge is not known', { ...treated, DSC: { ...discharged, dsc_dt: 'NK' } }),

  fires('EC80_FU', 'dead at follow-up without a fatal event', {
    ...treated,
    'FU@M1': { fu_dt: '2021-12-08', fu_stat: 'DEAD' },
  }),
  silent('EC80_FU', 'dead at follow-up with a fatal event', {
    ...treated,
    'FU@M1': { fu_dt: '2021-12-08', fu_stat: 'DEAD' },
    AE: { ae_out: 'FATAL' },
  }),
  undecided('EC80_FU', 'the outcome of an event is not entered', {
    ...treated,
    'FU@M1': { fu_dt: '2021-12-08', fu_stat: 'DEAD' },
    AE: { ae_cat: 'INF' },
  }),

  fires('fu_readm_event', 'a readmission and an empty log', readmitted),
  fires('fu_readm_event', 'the serious event is of before discharge', {
    ...readmitted,
    AE: { ae_ser: '1', ae_crit: 'HOSP', ae_sdt: '2021-11-04 08:00' },
  }),
  silent('fu_readm_event', 'the serious event is in the log', {
    ...readmitted,
    AE: { ae_ser: '1', ae_crit: 'HOSP', ae_sdt: '2021-11-24 08:00' },
  }),
  silent('fu_readm_event', 'no readmission', { ...treated, 'FU@M1': seen('2021-12-08', { fu_readm: '0' }) }),
  undecided('fu_readm_event', 'the event has no time', {
    ...readmitted,
    AE: { ae_ser: '1', ae_crit: 'HOSP', ae_sdt: 'NK' },
  }),
];
