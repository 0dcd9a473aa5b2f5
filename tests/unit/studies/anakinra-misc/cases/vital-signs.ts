import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, dose, enrolled, infant, measured, t0 } from '../children.ts';

/** 120.5 months old on 30 June 2021. */
const tenYearOld = { ENR: { enr_admdt: '2021-06-30 08:00' }, DM: { dm_birth: '2011-06', dm_sex: 'M' } };
const at = { vs_dt: '2021-06-30 09:00' };
const weighed = (first: string, second: string, when = '2021-11-06 09:00') => ({
  ...boy,
  VS: { vs_dt: '2021-11-01 09:00', vs_wt: first },
  'VS@H48': { vs_dt: when, vs_wt: second },
});
/** The boy of 10 years, an hour after admission. */
const signs = (answers: Record<string, string>) => ({
  ...boy,
  VS: { vs_dt: '2021-11-01 09:00', ...answers },
});
const withShock = (ons_shock: string, given: ReturnType<typeof signs>) => ({ ...given, ONS: { ons_shock } });

export const vitalSignCases: readonly Case[] = [
  fires('EC15', '320 was typed for 32.0', { ...tenYearOld, VS: { ...at, vs_wt: '320' } }, 'z-score 30'),
  fires(
    'EC15',
    '81 kg at 5 years: digits swapped from 18',
    {
      ENR: { enr_admdt: '2021-06-30 08:00' },
      DM: { dm_birth: '2016-06', dm_sex: 'M' },
      VS: { ...at, vs_wt: '81' },
    },
    '19.',
  ),
  fires('EC15', 'an infant of 90 kg, by the WHO standard', {
    ...infant,
    VS: { vs_dt: '2021-11-01 09:00', vs_wt: '90' },
  }),
  silent('EC15', '64 kg at 10 years is heavy, not impossible', { ...tenYearOld, VS: { ...at, vs_wt: '64' } }),
  silent('EC15', '15 kg at 10 years has a plain z of −6.96 and a modified one of −4.14', {
    ...tenYearOld,
    VS: { ...at, vs_wt: '15' },
  }),
  silent('EC15', 'an infant of 12 kg', infant),
  undecided('EC15', 'the sex is not known', {
    ENR: enrolled,
    DM: { dm_birth: '2011-06' },
    VS: { vs_dt: '2021-11-01 09:00', vs_wt: '32' },
  }),

  fires('EC16', '183 cm was typed for 138', { ...boy, VS: { vs_dt: '2021-11-01 09:00', vs_ht: '183' } }),
  silent('EC16', '138 cm at 10 years', measured),
  undecided('EC16', 'below 24 months there is no height reference', infant),

  fires(
    'EC17',
    'the weight rose by 3.3 kg of 32 within 5 days',
    weighed('32.0', '35.3'),
    'in the 7 days before it was 32 kg',
  ),
  silent('EC17', 'the weight rose by exactly 10 %', weighed('30.0', '33.0')),
  silent('EC17', 'the weight rose by 20 % within a month', weighed('30.0', '36.0', '2021-12-06 09:00')),
  undecided('EC17', 'the weight was not taken again', weighed('32.0', 'ND'), 2),
  silent('EC17', 'there is no weight before this one', measured),

  fires(
    'EC18',
    'weight and height were swapped',
    { VS: { vs_dt: '2021-11-01 09:00', vs_wt: '138', vs_ht: '40' } },
    'Were they swapped?',
  ),
  fires('EC18', 'the decimal point of the weight slipped down', {
    VS: { vs_dt: '2021-11-01 09:00', vs_wt: '3.2', vs_ht: '138' },
  }),
  silent('EC18', '32 kg and 138 cm', measured),
  undecided('EC18', 'the height was not measured', { VS: { vs_dt: '2021-11-01 09:00', vs_wt: '32' } }),

  fires(
    'EC19',
    'systolic below diastolic',
    { VS: { vs_sbp: '80', vs_dbp: '90' } },
    'Systolic pressure is 80 mmHg and diastolic 90 mmHg',
  ),
  fires('EC19', 'systolic equal to diastolic', { VS: { vs_sbp: '90', vs_dbp: '90' } }),
  silent('EC19', 'systolic above diastolic', { VS: { vs_sbp: '100', vs_dbp: '60' } }),
  undecided('EC19', 'diastolic not known', { VS: { vs_sbp: '80', vs_dbp: 'NK' } }),

  fires(
    'EC20',
    'mean above systolic',
    { VS: { vs_sbp: '100', vs_dbp: '60', vs_map: '110' } },
    'above systolic 100 mmHg',
  ),
  fires('EC20', 'mean below diastolic, systolic not known', { VS: { vs_dbp: '60', vs_map: '50' } }),
  silent('EC20', 'mean between the two', { VS: { vs_sbp: '100', vs_dbp: '60', vs_map: '73' } }),
  undecided('EC20', 'mean not measured', { VS: { vs_sbp: '100', vs_dbp: '60' } }),

  fires('vs_dt_in_visit', 'signs of the screening visit four days after admission', {
    ENR: enrolled,
    VS: { vs_dt: '2021-11-05 08:00' },
  }),
  silent('vs_dt_in_visit', 'signs of the screening visit on the day of admission', measured),
  silent('vs_dt_in_visit', 'a follow-up visit that came two weeks late is a late visit', {
    ...measured,
    ANX: dose(t0),
    'VS@M1': { vs_dt: '2021-12-30 09:00', vs_wt: '33.0' },
  }),
  undecided('vs_dt_in_visit', 'without a first dose the baseline has no window', {
    ENR: enrolled,
    'VS@PRE': { vs_dt: '2021-11-05 08:00' },
  }),

  fires('vs_wtsrc_dosing', 'the weight in force at the first dose is reported by the parents', {
    ...boy,
    VS: { vs_dt: '2021-11-01 09:00', vs_wt: '32', vs_wtsrc: 'REP' },
    ANX: dose(t0),
  }),
  silent('vs_wtsrc_dosing', 'it is measured', {
    ...boy,
    VS: { vs_dt: '2021-11-01 09:00', vs_wt: '32', vs_wtsrc: 'MEAS' },
    ANX: dose(t0),
  }),
  silent('vs_wtsrc_dosing', 'a measured weight came before the first dose', {
    ...boy,
    VS: [
      { vs_dt: '2021-11-01 09:00', vs_wt: '32', vs_wtsrc: 'EST' },
      { vs_dt: '2021-11-02 09:00', vs_wt: '31.4', vs_wtsrc: 'MEAS' },
    ],
    ANX: dose(t0),
  }),
  undecided('vs_wtsrc_dosing', 'no dose was given', {
    ...boy,
    VS: { vs_dt: '2021-11-01 09:00', vs_wt: '32', vs_wtsrc: 'EST' },
  }),

  fires('EC21', 'a heart rate of 201 at 10 years', signs({ vs_hr: '201' }), '50–200/min'),
  fires('EC21', 'a heart rate of 49 at 10 years', signs({ vs_hr: '49' })),
  silent('EC21', 'a heart rate of 200 at 10 years', signs({ vs_hr: '200' })),
  silent('EC21', 'a heart rate of 50 at 10 years', signs({ vs_hr: '50' })),
  silent('EC21', 'a heart rate of 225 at 11 months', {
    ...infant,
    VS: { vs_dt: '2021-11-01 09:00', vs_hr: '225' },
  }),
  undecided('EC21', 'the month of birth is not known', {
    ENR: enrolled,
    VS: { vs_dt: '2021-11-01 09:00', vs_hr: '201' },
  }),

  fires(
    'EC22',
    'systolic 89 at 10 years and no shock',
    withShock('0', signs({ vs_sbp: '89' })),
    'below 90 mmHg',
  ),
  fires(
    'EC22',
    'systolic 79 at 5 years and no shock',
    {
      ...withShock('0', signs({ vs_sbp: '79' })),
      DM: { dm_birth: '2016-06', dm_sex: 'M' },
    },
    'below 80 mmHg',
  ),
  silent('EC22', 'systolic 90 at 10 years', withShock('0', signs({ vs_sbp: '90' }))),
  silent('EC22', 'shock is recorded', withShock('1', signs({ vs_sbp: '60' }))),
  undecided('EC22', 'whether there was shock is not entered', signs({ vs_sbp: '60' })),

  fires('EC23', '38.0 and no fever', signs({ vs_temp: '38.0', vs_fever: '0' }), 'the temperature is 38.0 °C'),
  fires(
    'EC23',
    '37.9 and fever, with no febrile temperature before',
    signs({ vs_temp: '37.9', vs_fever: '1' }),
  ),
  fires('EC23', '37.2 and fever, the last febrile temperature being of 25 h before', {
    ...signs({ vs_temp: '37.2', vs_fever: '1' }),
    'VS@PRE': { vs_dt: '2021-10-31 08:00', vs_temp: '39.0', vs_fever: '1' },
  }),
  silent('EC23', '37.2 and fever, with 39.0 the evening before', {
    ...signs({ vs_temp: '37.2', vs_fever: '1' }),
    'VS@PRE': { vs_dt: '2021-10-31 20:00', vs_temp: '39.0', vs_fever: '1' },
  }),
  silent('EC23', '38.6 and fever', signs({ vs_temp: '38.6', vs_fever: '1' })),
  silent('EC23', '37.2 and no fever', signs({ vs_temp: '37.2', vs_fever: '0' })),
  undecided('EC23', 'whether there was fever is not entered', signs({ vs_temp: '38.6' })),
];
