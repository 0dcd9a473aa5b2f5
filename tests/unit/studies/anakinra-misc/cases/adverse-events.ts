import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, dose, result, t0 } from '../children.ts';

const treated = { ...boy, ANX: dose(t0) };
const event = (answers: Record<string, string>) => ({ ...treated, AE: answers });
const later = { lb_dt: '2021-11-05 09:00' };
const neutrophils = (value: string, more: Record<string, string> = later) => ({
  ...treated,
  LB: result('anc', `${value} 10*9/L`, more),
});
const neutropenia = { ae_cat: 'NEUT', ae_sdt: '2021-11-05 20:00' };
const reacted = (anx_isr: string) => ({ ...boy, ANX: { ...dose(t0), anx_isr } });
const limits = { lb_lln: '7', lb_uln: '40' };
/** ALT before the first dose and two days after it. */
const alat = (before: string, after: string) => ({
  ...treated,
  LB: [result('alt', `${before} U/L`, limits), result('alt', `${after} U/L`, { ...later, ...limits })],
});

export const adverseEventCases: readonly Case[] = [
  fires(
    'EC74',
    'ALT 38, then 120 with an upper limit of 40',
    alat('38', '120'),
    'ALT 120 U/L on 05 Nov 2021 is Grade 1',
  ),
  fires(
    'EC74',
    'ALT 120 at first, three times the limit, then 180: 1.5 times the baseline',
    alat('120', '180'),
  ),
  fires('EC74', 'the rise in the log ended the day before', {
    ...alat('38', '120'),
    AE: { ae_cat: 'TRANS', ae_sdt: '2021-11-03 20:00', ae_ong: '0', ae_edt: '2021-11-04 20:00' },
  }),
  silent('EC74', 'ALT 120 at first, then 150: 1.25 times the baseline is no grade', alat('120', '150')),
  silent('EC74', 'ALT 38, then 40', alat('38', '40')),
  silent('EC74', 'the rise is in the log', {
    ...alat('38', '120'),
    AE: { ae_cat: 'TRANS', ae_sdt: '2021-11-05 20:00' },
  }),
  silent('EC74', 'hepatitis is in the log', {
    ...alat('38', '120'),
    AE: { ae_cat: 'HEPAT', ae_sdt: '2021-11-05 08:00' },
  }),
  undecided('EC74', 'there is no result before the first dose', {
    ...treated,
    LB: result('alt', '120 U/L', { ...later, ...limits }),
  }),
  undecided(
    'EC74',
    'the upper limit is not known',
    {
      ...treated,
      LB: [result('alt', '38 U/L', limits), result('alt', '120 U/L', later)],
    },
    2,
  ),
  undecided(
    'EC74',
    'the rise in the log has no date',
    {
      ...alat('38', '120'),
      AE: { ae_cat: 'TRANS', ae_sdt: 'NK' },
    },
    2,
  ),

  fires('EC75', 'neutrophils 0.9 two days after the first dose', neutrophils('0.9'), '05 Nov 2021'),
  fires('EC75', 'neutrophils below 0.5', neutrophils('<0.5')),
  fires('EC75', 'the neutropenia in the log ended the day before', {
    ...neutrophils('0.9'),
    AE: { ae_cat: 'NEUT', ae_sdt: '2021-11-03 20:00', ae_ong: '0', ae_edt: '2021-11-04 20:00' },
  }),
  fires('EC75', 'the event of that day is an infection', {
    ...neutrophils('0.9'),
    AE: { ...neutropenia, ae_cat: 'INF' },
  }),
  silent('EC75', 'neutropenia is in the log, later on the same day', {
    ...neutrophils('0.9'),
    AE: neutropenia,
  }),
  silent('EC75', 'neutrophils 1.0', neutrophils('1.0')),
  silent('EC75', 'the sample is of before the first dose', neutrophils('0.9', {})),
  undecided('EC75', 'no dose has a time', { ...boy, LB: result('anc', '0.9 10*9/L', later) }),
  undecided('EC75', 'the neutropenia in the log has no date', {
    ...neutrophils('0.9'),
    AE: { ae_cat: 'NEUT', ae_sdt: 'NK' },
  }),

  fires('EC76', 'a reaction of grade 2 and an empty log', reacted('2')),
  fires('EC76', 'the reaction in the log ended before this injection', {
    ...reacted('1'),
    AE: { ae_cat: 'ISR', ae_sdt: '2021-11-01 10:00', ae_ong: '0', ae_edt: '2021-11-02 10:00' },
  }),
  silent('EC76', 'the reaction is in the log', {
    ...reacted('1'),
    AE: { ae_cat: 'ISR', ae_sdt: '2021-11-03 12:00', ae_ong: '1' },
  }),
  silent('EC76', 'no reaction', reacted('0')),
  undecided('EC76', 'whether there was a reaction is not entered', treated),

  fires('EC77', 'serious without a criterion', event({ ae_ser: '1' })),
  fires('EC77', 'serious with a reason in place of the criterion', event({ ae_ser: '1', ae_crit: 'NK' })),
  silent('EC77', 'serious with a criterion', event({ ae_ser: '1', ae_crit: 'HOSP' })),
  silent('EC77', 'not serious', event({ ae_ser: '0' })),
  undecided('EC77', 'whether it is serious is not entered', event({ ae_cat: 'INF' })),

  fires('EC78', 'grade 4, not serious', event({ ae_gr: '4', ae_ser: '0' }), 'Grade 4'),
  fires('EC78', 'grade 5, not serious', event({ ae_gr: '5', ae_ser: '0' })),
  silent('EC78', 'grade 3, not serious', event({ ae_gr: '3', ae_ser: '0' })),
  silent('EC78', 'grade 4, serious', event({ ae_gr: '4', ae_ser: '1' })),
  undecided('EC78', 'the grade is not known', event({ ae_gr: 'NK', ae_ser: '0' })),

  fires(
    'EC79',
    'possibly related and a day before the first dose',
    event({
      ae_relana: 'POSS',
      ae_sdt: '2021-11-02 10:00',
    }),
  ),
  silent('EC79', 'possibly related and at the first dose', event({ ae_relana: 'POSS', ae_sdt: t0 })),
  silent('EC79', 'unlikely', event({ ae_relana: 'UNL', ae_sdt: '2021-11-02 10:00' })),
  undecided('EC79', 'the start is not known', event({ ae_relana: 'CERT', ae_sdt: 'NK' })),

  fires('EC80', 'a fatal event and a child sent home', {
    ...event({ ae_out: 'FATAL' }),
    DSC: { dsc_type: 'HOME' },
  }),
  fires(
    'EC80',
    'a death without a fatal event',
    { ...treated, DSC: { dsc_type: 'DEATH' } },
    'no adverse event',
  ),
  silent('EC80', 'a death with a fatal event', { ...event({ ae_out: 'FATAL' }), DSC: { dsc_type: 'DEATH' } }),
  silent('EC80', 'a fatal event and a death at follow-up', {
    ...event({ ae_out: 'FATAL' }),
    DSC: { dsc_type: 'HOME' },
    'FU@M1': { fu_dt: '2021-12-08', fu_stat: 'DEAD' },
  }),
  silent('EC80', 'neither', { ...event({ ae_out: 'RECOVERED' }), DSC: { dsc_type: 'HOME' } }),
  undecided('EC80', 'the type of discharge is not entered', {
    ...event({ ae_out: 'FATAL' }),
    DSC: { dsc_dt: '2021-11-09 12:00' },
  }),
  undecided('EC80', 'the outcome of an event is not entered', {
    ...event({ ae_cat: 'INF' }),
    DSC: { dsc_type: 'DEATH' },
  }),
];
