import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, dose, infant, measured, missedDose, result, t0 } from '../children.ts';

const given = (...rows: Record<string, string>[]) => ({ ...measured, ANX: rows });
/** eGFR 84.0 with 60 µmol/L, 28.0 with 180 µmol/L, at 138 cm. */
const withCreatinine = (value: string) => ({
  ...measured,
  LB: result('creat', `${value} umol/L`),
  AND: { and_dt: '2021-11-03 09:00' },
});
const healthyKidneys = withCreatinine('60');
const renalFailure = withCreatinine('180');
const decided = (answers: Record<string, string>) => ({
  ...measured,
  AND: { and_dt: '2021-11-03 09:00', ...answers },
});

export const anakinraCases: readonly Case[] = [
  fires('EC61', 'a dose before admission', given(dose('2021-10-31 10:00'))),
  fires('EC61', 'a dose before the decision', { ...decided({}), ANX: dose('2021-11-03 08:00') }),
  silent('EC61', 'a dose after both', { ...decided({}), ANX: dose(t0) }),
  undecided('EC61', 'the decision has no time', given(dose(t0))),

  fires('EC62', '1000 mg to an infant of 12 kg', { ...infant, ANX: dose(t0, '1000') }),
  silent('EC62', '100 mg to a child of 32 kg', given(dose(t0))),
  undecided('EC62', 'no weight is known', { ...boy, ANX: dose(t0) }),

  fires(
    'EC63',
    'a whole syringe of 100 mg to an infant of 12 kg',
    { ...infant, ANX: dose(t0) },
    'to 8.33 mg/kg/d',
  ),
  silent('EC63', '96 mg to 12 kg is 8 mg/kg', { ...infant, ANX: dose(t0, '96') }),
  fires('EC63', 'two doses within 24 h add up', given(dose(t0, '150'), dose('2021-11-03 22:00', '150'))),
  silent(
    'EC63',
    'the same two doses 24 h apart do not',
    given(dose(t0, '150'), dose('2021-11-04 10:00', '150')),
  ),
  undecided('EC63', 'no weight is known', { ...boy, ANX: dose(t0) }),

  fires('EC64', '400 mg to 32 kg', given(dose(t0, '400'))),
  fires('EC64', '30 mg to 32 kg', given(dose(t0, '30'))),
  silent('EC64', '100 mg to 32 kg', given(dose(t0))),
  undecided('EC64', 'the dose is not known', given(dose(t0, 'NK'))),

  fires('EC65', '200 mg in one injection', given(dose(t0, '200'))),
  silent('EC65', '100 mg', given(dose(t0))),
  undecided('EC65', 'the dose is not known', given(dose(t0, 'NK'))),

  fires('EC66', '100 mg in 1 mL', given({ ...dose(t0), anx_vol: '1.00' }), '0.67 mL'),
  silent('EC66', '100 mg in 0.67 mL', given({ ...dose(t0), anx_vol: '0.67' })),
  undecided('EC66', 'the volume is not recorded', given(dose(t0))),

  fires(
    'EC67',
    'a dose after 17 h',
    { ...healthyKidneys, ANX: [dose(t0), dose('2021-11-04 03:00')] },
    '17 h',
  ),
  fires('EC67', 'a dose after 48 h, the missed one between them not being a dose', {
    ...healthyKidneys,
    ANX: [dose(t0), missedDose('2021-11-04 10:00'), dose('2021-11-05 10:00')],
  }),
  silent('EC67', 'a dose after 24 h', { ...healthyKidneys, ANX: [dose(t0), dose('2021-11-04 10:00')] }),
  silent('EC67', 'a dose after 48 h with an eGFR of 28', {
    ...renalFailure,
    ANX: [dose(t0), dose('2021-11-05 10:00')],
  }),
  undecided('EC67', 'the eGFR is not known', given(dose(t0), dose('2021-11-05 10:00'))),

  fires(
    'EC68',
    'eGFR 28 and daily doses',
    { ...renalFailure, ANX: [dose(t0), dose('2021-11-04 10:00')] },
    'eGFR is 28',
  ),
  silent('EC68', 'eGFR 28 and doses 48 h apart', {
    ...renalFailure,
    ANX: [dose(t0), dose('2021-11-05 10:00')],
  }),
  silent('EC68', 'eGFR 84 and daily doses', { ...healthyKidneys, ANX: [dose(t0), dose('2021-11-04 10:00')] }),
  undecided('EC68', 'the eGFR is not known', given(dose(t0), dose('2021-11-04 10:00'))),

  fires('anx_dt_every_other_day', 'eGFR 28 and doses 60 h apart', {
    ...renalFailure,
    ANX: [dose(t0), dose('2021-11-05 22:00')],
  }),
  silent('anx_dt_every_other_day', 'eGFR 28 and doses 54 h apart', {
    ...renalFailure,
    ANX: [dose(t0), dose('2021-11-05 16:00')],
  }),
  undecided('anx_dt_every_other_day', 'the eGFR is not known', given(dose(t0), dose('2021-11-05 22:00'))),

  fires('EC69', 'neutrophils 1.2', { ...decided({}), LB: result('anc', '1.2 10*9/L') }),
  fires('EC69', 'neutrophils below 0.1', { ...decided({}), LB: result('anc', '<0.1 10*9/L') }),
  silent('EC69', 'neutrophils 1500 per mm³', { ...decided({}), LB: result('anc', '1500 /mm3') }),
  silent('EC69', 'the low count is of after the first dose', {
    ...decided({}),
    LB: [result('anc', '9 10*9/L'), { ...result('anc', '1.2 10*9/L'), lb_dt: '2021-11-05 09:00' }],
    ANX: dose(t0),
  }),
  undecided('EC69', 'no count was recorded', decided({})),

  fires('EC70', 'an intravenous dose', given({ ...dose(t0), anx_route: 'IVB' })),
  silent('EC70', 'a subcutaneous dose', given(dose(t0))),
  undecided('EC70', 'the route is not recorded', given({ anx_dt: t0, anx_mg: '100' })),

  fires('EC71', 'dosing weight 36, measured 32', decided({ and_wt: '36' })),
  silent('EC71', 'dosing weight 35.2, measured 32: exactly 10 %', decided({ and_wt: '35.2' })),
  undecided('EC71', 'no weight was recorded before the decision', {
    ...boy,
    AND: { and_dt: '2021-11-03 09:00', and_wt: '36' },
  }),

  fires('EC72', 'no row for 4 November', given(dose(t0), dose('2021-11-05 10:00'))),
  fires(
    'EC72',
    '23:50 and 00:10 leave the calendar day between them empty',
    given(dose('2021-11-03 23:50'), dose('2021-11-05 00:10')),
  ),
  silent(
    'EC72',
    'a reason stands for 4 November',
    given(dose(t0), missedDose('2021-11-04 10:00'), dose('2021-11-05 10:00')),
  ),
  silent(
    'EC72',
    '23:50 and 00:10 of the next day',
    given(dose('2021-11-03 23:50'), dose('2021-11-04 00:10')),
  ),
  silent(
    'EC72',
    'a reason after the last dose is not compared',
    given(dose(t0), missedDose('2021-11-08 10:00')),
  ),
  undecided('EC72', 'no dose has a time', given({ anx_mg: '100' })),

  fires(
    'anx_site_rotation',
    'the thigh twice running',
    given({ ...dose(t0), anx_site: 'THI' }, { ...dose('2021-11-04 10:00'), anx_site: 'THI' }),
  ),
  silent(
    'anx_site_rotation',
    'the thigh, then the arm',
    given({ ...dose(t0), anx_site: 'THI' }, { ...dose('2021-11-04 10:00'), anx_site: 'ARM' }),
  ),
  undecided('anx_site_rotation', 'there is one dose', given({ ...dose(t0), anx_site: 'THI' })),

  fires('and_dt_before_first_dose', 'the decision is an hour after the first dose', {
    ...decided({ and_dt: '2021-11-03 11:00' }),
    ANX: dose(t0),
  }),
  silent('and_dt_before_first_dose', 'the decision and the first dose are of the same minute', {
    ...decided({ and_dt: t0 }),
    ANX: dose(t0),
  }),
  undecided('and_dt_before_first_dose', 'no dose was given', decided({})),

  fires('and_route_subcutaneous', 'an intravenous prescription', decided({ and_route: 'IVC' })),
  silent('and_route_subcutaneous', 'a subcutaneous prescription', decided({ and_route: 'SC' })),
  undecided('and_route_subcutaneous', 'the route is not recorded', decided({})),
];
