/** Rules that stand beside an item in the study document: history, onset, ECG, support, treatments, serious events, MRI. */
import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, dose, enrolled, t0 } from '../children.ts';

const ecg = (answers: Record<string, string>) => ({ ...boy, EG: { eg_dt: '2021-11-01 09:00', ...answers } });
const pressure = (answers: Record<string, string>) => ({
  ...boy,
  VS: [{ vs_dt: '2021-11-01 09:00', ...answers }],
});
const support = (answers: Record<string, string>) => ({
  ENR: enrolled,
  DSC: { dsc_dt: '2021-11-09 12:00', dsc_type: 'HOME' },
  SUP: { sup_ecmo: '1', ...answers },
});
const mri = (at: string) => ({
  ENR: enrolled,
  ANX: [dose(t0)],
  'EC@PRE': { ec_dt: '2021-11-02 10:00', ec_ef: '39.5' },
  'CMR@M3': { cmr_done: '1', cmr_dt: at },
});
const event = (serious: string) => ({ AE: [{ ae_ser: serious, ae_sdt: '2021-11-04 08:00' }] });

const supported = { sup_dobu: '5', sup_bol: '10', sup_o2: 'NONE', sup_ecmo: '0', sup_rrt: '0' };

export const itemCases: readonly Case[] = [
  fires('mh_covvacdat_before_admission', 'vaccinated the day after admission', {
    ENR: enrolled,
    MH: { mh_covvac: '1', mh_covvacdat: '2021-11-02' },
  }),
  silent('mh_covvacdat_before_admission', 'vaccinated on the day of admission', {
    ENR: enrolled,
    MH: { mh_covvac: '1', mh_covvacdat: '2021-11-01' },
  }),
  undecided('mh_covvacdat_before_admission', 'the date of the dose is not known', {
    ENR: enrolled,
    MH: { mh_covvac: '1', mh_covvacdat: 'NK' },
  }),

  fires('mh_covvacdat_first_vaccines', 'vaccinated in November 2020', {
    MH: { mh_covvac: '1', mh_covvacdat: '2020-11-30' },
  }),
  silent('mh_covvacdat_first_vaccines', 'vaccinated in December 2020', {
    MH: { mh_covvac: '1', mh_covvacdat: '2020-12-01' },
  }),
  undecided('mh_covvacdat_first_vaccines', 'the date of the dose is not known', {
    MH: { mh_covvac: '1', mh_covvacdat: 'NK' },
  }),

  fires('cov_dat_first_cases', 'a contact of December 2019', {
    COV: [{ cov_typ: 'CONT', cov_dat: '2019-12-31' }],
  }),
  silent('cov_dat_first_cases', 'a contact of January 2020', {
    COV: [{ cov_typ: 'CONT', cov_dat: '2020-01-01' }],
  }),
  undecided('cov_dat_first_cases', 'its date is not known', { COV: [{ cov_typ: 'CONT', cov_dat: 'NK' }] }),

  fires('ons_fevdat_admission', 'fever three days after admission', {
    ENR: enrolled,
    ONS: { ons_fevdat: '2021-11-04' },
  }),
  silent('ons_fevdat_admission', 'fever two days after admission', {
    ENR: enrolled,
    ONS: { ons_fevdat: '2021-11-03' },
  }),
  undecided('ons_fevdat_admission', 'admission is not known', { ONS: { ons_fevdat: '2021-11-04' } }),

  fires('vs_sbp_by_age', 'systolic 170 at 10 years', pressure({ vs_sbp: '170' }), '60–165'),
  silent('vs_sbp_by_age', 'systolic 165 at 10 years', pressure({ vs_sbp: '165' })),
  undecided('vs_sbp_by_age', 'the birth is not known', {
    ENR: enrolled,
    VS: [{ vs_dt: '2021-11-01 09:00', vs_sbp: '170' }],
  }),

  fires('eg_hr_by_age', 'rate 210 at 10 years', ecg({ eg_hr: '210' }), '50–200'),
  silent('eg_hr_by_age', 'rate 200 at 10 years', ecg({ eg_hr: '200' })),
  undecided('eg_hr_by_age', 'the birth is not known', { EG: { eg_dt: '2021-11-01 09:00', eg_hr: '210' } }),

  fires('eg_dt_in_study', 'an ECG of a week before admission', ecg({ eg_dt: '2021-10-25 08:00' })),
  silent('eg_dt_in_study', 'an ECG of 24 h before admission', ecg({ eg_dt: '2021-10-31 08:00' })),
  undecided('eg_dt_in_study', 'admission is not known', { EG: { eg_dt: '2021-10-25 08:00' } }),

  fires(
    'eg_dt_every_48h',
    '49 h after the one before',
    { EG: [{ eg_dt: '2021-11-01 09:00' }], 'EG@PRE': [{ eg_dt: '2021-11-03 10:00' }] },
    '49 h',
  ),
  silent('eg_dt_every_48h', '48 h after the one before', {
    EG: [{ eg_dt: '2021-11-01 09:00' }],
    'EG@PRE': [{ eg_dt: '2021-11-03 09:00' }],
  }),
  undecided('eg_dt_every_48h', 'it is the first one', ecg({})),

  fires('sup_date_in_stay', 'the day after discharge', support({ sup_date: '2021-11-10' }), '09 Nov 2021'),
  silent('sup_date_in_stay', 'the day of discharge', support({ sup_date: '2021-11-09' })),
  undecided('sup_date_in_stay', 'the day is not known', support({ sup_date: 'NK' })),

  fires('sup_date_once', 'one day in two visits, with another dose', {
    SUP: { sup_date: '2021-11-02', sup_dobu: '5' },
    'SUP@PRE': { sup_date: '2021-11-02', sup_dobu: '7' },
  }),
  silent('sup_date_once', 'one day in two visits that say the same', {
    SUP: { sup_date: '2021-11-02', ...supported },
    'SUP@PRE': { sup_date: '2021-11-02', ...supported },
  }),
  silent('sup_date_once', 'two days', {
    SUP: { sup_date: '2021-11-02' },
    'SUP@PRE': { sup_date: '2021-11-03' },
  }),
  undecided('sup_date_once', 'the other visit is not filled in yet', {
    SUP: { sup_date: '2021-11-02', sup_bol: '10', sup_o2: 'NONE', sup_ecmo: '0', sup_rrt: '0' },
    'SUP@PRE': { sup_date: '2021-11-02' },
  }),
  undecided('sup_date_once', 'the day is not known', support({ sup_date: 'NK' })),

  fires(
    'sup_ecmoedt_after_start',
    'stopped an hour before the start',
    support({ sup_ecmosdt: '2021-11-02 10:00', sup_ecmoedt: '2021-11-02 09:00' }),
  ),
  silent(
    'sup_ecmoedt_after_start',
    'stopped the next day',
    support({ sup_ecmosdt: '2021-11-02 10:00', sup_ecmoedt: '2021-11-03 09:00' }),
  ),
  undecided('sup_ecmoedt_after_start', 'still running', support({ sup_ecmosdt: '2021-11-02 10:00' })),

  fires('cm_drug_not_anakinra', 'anakinra by its ATC code', { CM: [{ cm_drug: 'l04ac03' }] }),
  fires('cm_drug_not_anakinra', 'anakinra by its trade name', { CM: [{ cm_drug: 'Kineret 100 mg' }] }),
  silent('cm_drug_not_anakinra', 'canakinumab', { CM: [{ cm_drug: 'canakinumab L04AC08' }] }),
  undecided('cm_drug_not_anakinra', 'the drug is not known', { CM: [{ cm_drug: 'NK' }] }),

  fires('cm_ae_in_log', 'the second of one event', {
    ...event('0'),
    CM: [{ cm_ind: 'AE', cm_ae: '2' }],
  }),
  silent('cm_ae_in_log', 'the one event', { ...event('0'), CM: [{ cm_ind: 'AE', cm_ae: '1' }] }),
  undecided('cm_ae_in_log', 'the treatment is for something else, and the log is empty', {
    CM: [{ cm_ind: 'MISC', cm_drug: 'aspirin' }],
  }),
  undecided('cm_ae_in_log', 'the number is not known', {
    ...event('0'),
    CM: [{ cm_ind: 'AE', cm_ae: 'NK' }],
  }),

  fires('mas_dt_in_study', 'a week before admission', { ENR: enrolled, MAS: { mas_dt: '2021-10-25' } }),
  silent('mas_dt_in_study', 'the day before admission', { ENR: enrolled, MAS: { mas_dt: '2021-10-31' } }),
  undecided('mas_dt_in_study', 'admission is not known', { MAS: { mas_dt: '2021-10-25' } }),

  fires('ae_ser_supplement', 'a serious event alone', event('1'), 'number 1'),
  silent('ae_ser_supplement', 'a serious event with its supplement', {
    ...event('1'),
    SAE: [{ sae_ae: '1' }],
  }),
  silent('ae_ser_supplement', 'an event that is not serious', event('0')),
  undecided('ae_ser_supplement', 'whether the supplement is for this event is not known', {
    ...event('1'),
    SAE: [{ sae_ae: 'NK' }],
  }),

  fires('sae_ae_is_serious', 'for an event that is not serious', { ...event('0'), SAE: [{ sae_ae: '1' }] }),
  fires('sae_ae_is_serious', 'for an event that is not there', { ...event('1'), SAE: [{ sae_ae: '2' }] }),
  silent('sae_ae_is_serious', 'for the serious event', { ...event('1'), SAE: [{ sae_ae: '1' }] }),
  undecided('sae_ae_is_serious', 'the number is not entered, and the log is empty', {
    SAE: [{ sae_dech: 'POS' }],
  }),
  undecided('sae_ae_is_serious', 'the number is not known', { ...event('1'), SAE: [{ sae_ae: 'NK' }] }),

  fires('cmr_dt_window', '59 days after the first dose', mri('2022-01-01'), '59 days'),
  fires('cmr_dt_window', '184 days after the first dose', mri('2022-05-06'), '184 days'),
  silent('cmr_dt_window', '60 days after the first dose', mri('2022-01-02')),
  undecided('cmr_dt_window', 'no dose was given', { ...mri('2022-01-02'), ANX: [] }),
];
