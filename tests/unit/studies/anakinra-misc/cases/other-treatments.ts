import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, dose, measured, t0 } from '../children.ts';

const treatment = (answers: Record<string, string>) => ({
  CM: { cm_cat: 'ATB', cm_drug: 'Cefotaxime J01DD01', cm_sdt: '2021-11-02', ...answers },
});
/** Anakinra from 3 to 5 November. */
const infliximab = (answers: Record<string, string>) => ({
  ...boy,
  ANX: [dose(t0), dose('2021-11-04 10:00'), dose('2021-11-05 10:00')],
  ...treatment({ cm_cat: 'INFLIX', cm_drug: 'Infliximab L04AB02', cm_ong: '0', ...answers }),
});

/** At 32 kg. */
const aspirin = (cm_dose: string, cm_unit: string) => ({
  ...measured,
  ...treatment({ cm_cat: 'PLT', cm_drug: 'Aspirin', cm_dose, cm_unit, cm_freq: '1' }),
});
const given = (cm_dose: string, cm_unit: string) => ({
  ...measured,
  ...treatment({ cm_cat: 'INFLIX', cm_drug: 'Infliximab L04AB02', cm_dose, cm_unit, cm_freq: '1' }),
});
const poorHeart = (ec_ef: string) => ({ ...boy, EC: { ec_dt: '2021-11-02 08:00', ec_ef } });

export const otherTreatmentCases: readonly Case[] = [
  fires('EC53_CM', 'the treatment ends before it starts', treatment({ cm_ong: '0', cm_edt: '2021-11-01' })),
  silent('EC53_CM', 'the treatment ends on its first day', treatment({ cm_ong: '0', cm_edt: '2021-11-02' })),
  undecided('EC53_CM', 'the treatment is ongoing', treatment({ cm_ong: '1' })),

  fires(
    'EC73',
    'infliximab on the second day of anakinra',
    infliximab({ cm_sdt: '2021-11-04', cm_edt: '2021-11-04' }),
  ),
  fires(
    'EC73',
    'infliximab on the day of the last dose',
    infliximab({ cm_sdt: '2021-11-05', cm_edt: '2021-11-05' }),
  ),
  fires('EC73', 'infliximab from before, ongoing', infliximab({ cm_sdt: '2021-11-01', cm_ong: '1' })),
  silent(
    'EC73',
    'infliximab the day before the first dose',
    infliximab({ cm_sdt: '2021-11-02', cm_edt: '2021-11-02' }),
  ),
  silent(
    'EC73',
    'infliximab the day after the last dose',
    infliximab({ cm_sdt: '2021-11-06', cm_edt: '2021-11-06' }),
  ),
  silent('EC73', 'an antibiotic', { ...boy, ANX: dose(t0), ...treatment({ cm_ong: '1' }) }),
  undecided('EC73', 'the start is not known', infliximab({ cm_sdt: 'NK', cm_edt: '2021-11-04' })),
  undecided('EC73', 'no anakinra was given yet', {
    ...boy,
    ...treatment({ cm_cat: 'INFLIX', cm_ong: '1' }),
  }),

  fires('cm_dose_aspirin', '1000 mg a day at 32 kg', aspirin('1000', 'mg'), '31.3 mg/kg/d'),
  fires('cm_dose_aspirin', '2 mg/kg a day', aspirin('2', 'mg/kg')),
  fires('cm_dose_aspirin', '50 mg a day at 32 kg', aspirin('50', 'mg')),
  silent('cm_dose_aspirin', '100 mg a day at 32 kg is 3.1 mg/kg', aspirin('100', 'mg')),
  silent('cm_dose_aspirin', '81 mg a day at 32 kg is the ceiling', aspirin('81', 'mg')),
  silent('cm_dose_aspirin', '5 mg/kg a day', aspirin('5', 'mg/kg')),
  silent('cm_dose_aspirin', 'clopidogrel', {
    ...measured,
    ...treatment({
      cm_cat: 'PLT',
      cm_drug: 'Clopidogrel B01AC04',
      cm_dose: '75',
      cm_unit: 'mg',
      cm_freq: '1',
    }),
  }),
  undecided('cm_dose_aspirin', 'no weight is known', { CM: aspirin('100', 'mg').CM }),

  fires('cm_dose_infliximab', '640 mg at 32 kg', given('640', 'mg'), '20 mg/kg'),
  silent('cm_dose_infliximab', '320 mg at 32 kg', given('320', 'mg')),
  silent('cm_dose_infliximab', '5 mg/kg', given('5', 'mg/kg')),
  undecided('cm_dose_infliximab', 'the dose is not known', given('NK', 'mg')),

  fires('cm_cat_infliximab_in_mas', 'the indication is MAS', {
    ...given('320', 'mg'),
    AND: { and_ind: 'MAS' },
  }),
  fires('cm_cat_infliximab_in_mas', 'MAS is diagnosed', {
    ...given('320', 'mg'),
    AND: { and_ind: 'HF' },
    MAS: { mas_phys: '1' },
  }),
  silent('cm_cat_infliximab_in_mas', 'the indication is heart failure', {
    ...given('320', 'mg'),
    AND: { and_ind: 'HF' },
    MAS: { mas_phys: '0' },
  }),
  undecided('cm_cat_infliximab_in_mas', 'the indication is not entered', given('320', 'mg')),

  fires(
    'cm_cat_anticoagulant',
    'LVEF 30 and an antibiotic only',
    {
      ...poorHeart('30'),
      ...treatment({}),
    },
    'worst LVEF is 30 %',
  ),
  fires('cm_cat_anticoagulant', 'a giant aneurysm', {
    ...measured,
    EC: { ec_dt: '2021-11-02 08:00', ec_ef: '60', ec_lad: '9.0' },
    ...treatment({}),
  }),
  silent('cm_cat_anticoagulant', 'LVEF 35 and small arteries', {
    ...measured,
    EC: { ec_dt: '2021-11-02 08:00', ec_ef: '35', ec_lad: '2.4' },
    ...treatment({}),
  }),
  silent('cm_cat_anticoagulant', 'an anticoagulant is given', {
    ...poorHeart('30'),
    ...treatment({ cm_cat: 'COAG', cm_drug: 'Enoxaparin B01AB05' }),
  }),
  silent('cm_cat_anticoagulant', 'the log is not begun and the child in hospital', poorHeart('30')),
  undecided('cm_cat_anticoagulant', 'no echocardiography', { ...boy, ...treatment({}) }),
];
