import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, dose, t0 } from '../children.ts';

const treatment = (answers: Record<string, string>) => ({
  CM: { cm_cat: 'ATB', cm_drug: 'Cefotaxime J01DD01', cm_sdt: '2021-11-02', ...answers },
});
/** Anakinra from 3 to 5 November. */
const infliximab = (answers: Record<string, string>) => ({
  ...boy,
  ANX: [dose(t0), dose('2021-11-04 10:00'), dose('2021-11-05 10:00')],
  ...treatment({ cm_cat: 'INFLIX', cm_drug: 'Infliximab L04AB02', cm_ong: '0', ...answers }),
});

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
];
