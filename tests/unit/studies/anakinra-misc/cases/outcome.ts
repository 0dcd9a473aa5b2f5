import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, dose, enrolled, t0 } from '../children.ts';

const treated = { ...boy, ANX: dose(t0) };
const assessed = (answers: Record<string, string>) => ({
  ...treated,
  R48: { r48_dt: '2021-11-05 10:00', ...answers },
});
const temperature = (at: string, vs_temp: string, vs_fever = '0') => ({
  'VS@H48': { vs_dt: at, vs_temp, vs_fever },
});
/** A serious event, and what its supplement says unless something else is given. */
const supplement = (answers: Record<string, string> = {}) => ({
  AE: [{ ae_ser: '1', ae_sdt: '2021-11-04 08:00' }],
  SAE: [{ sae_ae: '1', sae_aware: '2021-11-04 10:00', sae_rep: '2021-11-05 09:00', ...answers }],
});
const discharged = (answers: Record<string, string>) => ({
  ENR: { ...enrolled, enr_picu: '1' },
  DSC: { dsc_dt: '2021-11-09 12:00', dsc_type: 'HOME', ...answers },
});
const died = (at: string) => ({
  DSC: { dsc_type: 'DEATH', dsc_dt: at },
  DTH: { dth_dt: at },
  AE: { ae_out: 'FATAL', ae_sdt: '2021-11-04 08:00' },
});

export const outcomeCases: readonly Case[] = [
  fires('EC09', 'discharge before admission', discharged({ dsc_dt: '2021-10-09 12:00' })),
  silent('EC09', 'discharge after 8 days', discharged({})),
  undecided('EC09', 'discharge is not known', discharged({ dsc_dt: 'NK' })),

  fires('EC10', 'a stay of one day', discharged({ dsc_dt: '2021-11-02 12:00' })),
  fires('EC10', 'a stay of two months', discharged({ dsc_dt: '2022-01-09 12:00' })),
  silent('EC10', 'a stay of 8 days', discharged({})),
  undecided(
    'EC10',
    'the child is still an inpatient',
    discharged({ dsc_dt: '2022-01-09 12:00', dsc_type: 'INPAT' }),
  ),

  fires('dsc_picud_within_stay', '20 days in PICU in a stay of 8', discharged({ dsc_picud: '20' })),
  silent('dsc_picud_within_stay', '9 days in PICU in a stay of 8.2', discharged({ dsc_picud: '9' })),
  undecided('dsc_picud_within_stay', 'PICU days are not known', discharged({ dsc_picud: 'NK' })),

  fires('dth_dt_after_fatal_event', 'death before the fatal event began', died('2021-11-03 08:00')),
  silent('dth_dt_after_fatal_event', 'death after it', died('2021-11-06 08:00')),
  undecided('dth_dt_after_fatal_event', 'the time of death is not known', {
    ...died('2021-11-06 08:00'),
    DTH: { dth_dt: 'NK' },
  }),

  fires('r48_dt_window', 'assessed at 61 h', assessed({ r48_dt: '2021-11-05 23:00' }), '61 h'),
  silent('r48_dt_window', 'assessed at 60 h', assessed({ r48_dt: '2021-11-05 22:00' })),
  undecided('r48_dt_window', 'no dose was given', { ...boy, R48: { r48_dt: '2021-11-05 10:00' } }),

  fires('r48_apy_agrees', 'afebrile with 38.4 the evening before', {
    ...assessed({ r48_apy: '1' }),
    ...temperature('2021-11-04 20:00', '38.4'),
  }),
  fires('r48_apy_agrees', 'febrile with 37.2', {
    ...assessed({ r48_apy: '0' }),
    ...temperature('2021-11-05 08:00', '37.2'),
  }),
  silent('r48_apy_agrees', 'afebrile with 37.2', {
    ...assessed({ r48_apy: '1' }),
    ...temperature('2021-11-05 08:00', '37.2'),
  }),
  silent('r48_apy_agrees', 'febrile in the last 24 h, 37.2 now', {
    ...assessed({ r48_apy: '0' }),
    ...temperature('2021-11-05 08:00', '37.2', '1'),
  }),
  undecided('r48_apy_agrees', 'no temperature of the last 24 h', {
    ...assessed({ r48_apy: '1' }),
    ...temperature('2021-11-03 08:00', '38.4'),
  }),

  fires('ae_edt_after_start', 'the event ends before it starts', {
    AE: { ae_sdt: '2021-11-04 08:00', ae_ong: '0', ae_edt: '2021-11-03 08:00' },
  }),
  silent('ae_edt_after_start', 'the event ends after it starts', {
    AE: { ae_sdt: '2021-11-04 08:00', ae_ong: '0', ae_edt: '2021-11-06 08:00' },
  }),
  undecided('ae_edt_after_start', 'the event is ongoing', {
    AE: { ae_sdt: '2021-11-04 08:00', ae_ong: '1' },
  }),

  fires('ae_sdt_baseline', 'the event starts a day before the first dose', {
    ...treated,
    AE: { ae_sdt: '2021-11-02 08:00' },
  }),
  silent('ae_sdt_baseline', 'the event starts after the first dose', {
    ...treated,
    AE: { ae_sdt: '2021-11-04 08:00' },
  }),
  undecided('ae_sdt_baseline', 'no dose was given', { AE: { ae_sdt: '2021-11-04 08:00' } }),

  fires(
    'sae_aware_after_start',
    'aware before the event started',
    supplement({ sae_aware: '2021-11-03 10:00' }),
  ),
  silent('sae_aware_after_start', 'aware 2 h after', supplement()),
  undecided('sae_aware_after_start', 'awareness has no time', supplement({ sae_aware: 'NK' })),

  fires('sae_rep_after_aware', 'reported before aware', supplement({ sae_rep: '2021-11-04 09:00' })),
  silent('sae_rep_after_aware', 'reported the next day', supplement()),
  undecided('sae_rep_after_aware', 'not reported yet', supplement({ sae_rep: 'ND' })),

  fires('EC81', 'reported after 26 h', supplement({ sae_rep: '2021-11-05 12:00' }), '26 h'),
  silent('EC81', 'reported after 23 h', supplement()),
  undecided('EC81', 'not reported yet', supplement({ sae_rep: 'ND' })),
];
