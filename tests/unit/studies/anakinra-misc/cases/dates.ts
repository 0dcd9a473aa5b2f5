import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, enrolled } from '../children.ts';

/** Now is 1 December 2022 at 12:00. */
export const dateCases: readonly Case[] = [
  fires(
    'EC06',
    'a date-time is an hour ahead',
    { 'VS@M6': { vs_dt: '2022-12-01 13:00' } },
    '01 Dec 2022 13:00',
  ),
  fires('EC06', 'a date is tomorrow', { ENR: { enr_infodat: '2022-12-02' } }),
  fires('EC06', 'a month of birth is next month', { DM: { dm_birth: '2023-01' } }),
  silent('EC06', 'a date is today', { ENR: { enr_infodat: '2022-12-01' } }),
  silent('EC06', 'a month of birth is this month, which has passed in part', { DM: { dm_birth: '2022-12' } }),
  silent('EC06', 'a date-time is this minute', { 'VS@M6': { vs_dt: '2022-12-01 12:00' } }),
  undecided('EC06', 'the date is not known', { ENR: { enr_infodat: 'NK' } }),

  fires(
    'EC07',
    'an echocardiography is of the month before birth',
    { ...boy, EC: { ec_dt: '2011-05-31 23:59' } },
    '31 May 2011 23:59',
  ),
  silent('EC07', 'an echocardiography is on the first day of the month of birth', {
    ...boy,
    EC: { ec_dt: '2011-06-01 00:00' },
  }),
  silent('EC07', 'the month of birth itself is not compared with itself', boy),
  undecided('EC07', 'the month of birth is not known', { ENR: enrolled }),
];
