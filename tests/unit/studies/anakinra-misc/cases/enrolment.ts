import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, dose, enrolled, infant, missedDose, t0 } from '../children.ts';
import { wholeCourse } from '../whole-course.ts';

const newborn = { ENR: { enr_admdt: '2021-11-03 10:00' }, DM: { dm_birth: '2021-11' } };

/** A whole course that meets the definitions. */
const judged = (enr_defs: string, onset: Record<string, string> = {}) => ({
  ...wholeCourse,
  ENR: { ...wholeCourse.ENR, enr_defs },
  ONS: { ...wholeCourse.ONS, ...onset },
});

export const enrolmentCases: readonly Case[] = [
  fires('EC01', 'consent is refused', { ENR: { enr_noopp: '0' } }),
  fires('EC01', 'another form holds data and consent is blank', { VS: { vs_temp: '38.5' } }),
  fires('EC01', 'another form holds data and consent is not known', {
    ENR: { enr_noopp: 'NK' },
    DM: { dm_sex: 'F' },
  }),
  silent('EC01', 'consent is recorded', { ENR: { enr_noopp: '1' }, VS: { vs_temp: '38.5' } }),
  undecided('EC01', 'the enrolment is new and empty, and nothing else is entered', {}),
  undecided('EC01', 'only the enrolment is begun', { ENR: { enr_admdt: '2021-11-01 08:00' } }),

  fires('EC02', 'the child is 21', { ENR: enrolled, DM: { dm_birth: '2000-10' } }, 'outside 0–20 years'),
  fires('EC02', 'birth is after admission', { ENR: enrolled, DM: { dm_birth: '2021-12' } }),
  silent('EC02', 'the child is 10', boy),
  silent('EC02', 'a newborn admitted before day 15 of the month of birth seems younger than 0', newborn),
  undecided('EC02', 'the month of birth is not known', { ENR: enrolled, DM: { dm_birth: 'NK' } }),

  fires('EC03', 'the child is 18', { ENR: enrolled, DM: { dm_birth: '2003-10' } }),
  silent('EC03', 'the child is 17 years and 11 months', { ENR: enrolled, DM: { dm_birth: '2003-11' } }),
  undecided('EC03', 'admission is not known', { DM: { dm_birth: '2003-10' } }),

  fires(
    'EC04',
    'the infant is 7 months old at the first dose',
    { ENR: enrolled, DM: { dm_birth: '2021-04' }, ANX: dose('2021-11-10 10:00') },
    'at 6 completed months',
  ),
  silent('EC04', 'the infant is 10 months old', { ...infant, ANX: dose(t0) }),
  silent('EC04', 'the young infant’s only planned dose was not given', {
    ENR: enrolled,
    DM: { dm_birth: '2021-04' },
    ANX: [missedDose(t0), dose('2022-03-01 10:00')],
  }),
  undecided('EC04', 'the month of birth is not known', { ANX: dose(t0) }),

  fires(
    'EC05',
    'the infant weighs 9.8 kg at the first dose',
    { ...infant, VS: { vs_dt: '2021-11-01 09:00', vs_wt: '9.80' }, ANX: dose(t0) },
    '9.8 kg',
  ),
  silent('EC05', 'the infant weighs 12 kg', { ...infant, ANX: dose(t0) }),
  silent('EC05', 'the weight below 10 kg is of later than the first dose', {
    ...infant,
    'VS@M1': { vs_dt: '2021-12-05 09:00', vs_wt: '9.80' },
    ANX: dose(t0),
  }),
  undecided('EC05', 'no weight was recorded before the first dose', { ...boy, ANX: dose(t0) }),

  fires('EC08', 'admission is before March 2020', { ENR: { enr_admdt: '2020-02-29 23:59' } }),
  fires('EC08', 'admission is after September 2022', { ENR: { enr_admdt: '2022-10-01 00:00' } }),
  silent('EC08', 'admission is on the last evening of the period', {
    ENR: { enr_admdt: '2022-09-30 23:59' },
  }),
  undecided('EC08', 'admission is not known', { ENR: { enr_misc: '1' } }),

  fires(
    'EC14',
    'WHO 2020 is ticked beside an uncontrolled bacterial infection',
    { ...boy, ENR: { ...enrolled, enr_defs: 'WHO20', enr_ex_inf: '1' } },
    'not by the data: WHO 2020.',
  ),
  fires('EC14', 'CSTE/CDC 2023 is ticked beside a more likely diagnosis', {
    ...boy,
    ENR: { ...enrolled, enr_defs: 'CSTE23' },
    ONS: { ons_alt: '1' },
  }),
  fires(
    'EC14',
    'one of two definitions that are ticked does not hold',
    judged('WHO20;CDC20', { ons_bc: 'POS' }),
  ),
  silent('EC14', 'the data meet what is ticked', judged('CDC20')),
  silent('EC14', 'the data meet more than what is ticked', judged('WHO20')),
  undecided('EC14', 'the data are not entered yet', { ...boy, ENR: { ...enrolled, enr_defs: 'WHO20' } }),
  undecided('EC14', 'what was judged is not known', { ...boy, ENR: { ...enrolled, enr_defs: 'NK' } }),

  fires('enr_subj_site_prefix', 'the number belongs to another site', {
    ENR: { enr_site: '02', enr_subj: '01-001', enr_misc: '1' },
  }),
  silent('enr_subj_site_prefix', 'the number begins with the site', {
    ENR: { enr_site: '01', enr_subj: '01-001', enr_misc: '1' },
  }),
  undecided('enr_subj_site_prefix', 'the site is not filled in', {
    ENR: { enr_subj: '01-001', enr_misc: '1' },
  }),

  fires('enr_picudt_after_admission', 'intensive care began 25 h before admission', {
    ENR: { ...enrolled, enr_picu: '1', enr_picudt: '2021-10-31 07:00' },
  }),
  silent('enr_picudt_after_admission', 'a transfer: intensive care began 24 h before admission', {
    ENR: { ...enrolled, enr_picu: '1', enr_picudt: '2021-10-31 08:00' },
  }),
  undecided('enr_picudt_after_admission', 'the time of intensive care is not known', {
    ENR: { ...enrolled, enr_picu: '1', enr_picudt: 'NK' },
  }),
];
