import { fires, silent, undecided, type Case } from '../case.ts';
import { boy } from '../children.ts';

/** Admitted on 1 November 2021 at 08:00. */
const day = (answers: Record<string, string>, event = 'SCR') => ({
  ...boy,
  [`SUP@${event}`]: { sup_date: '2021-11-01', ...answers },
});
const withShock = (ons_shock: string, given: Record<string, Record<string, string>>) => ({
  ...given,
  ONS: { ons_shock },
});

export const supportCases: readonly Case[] = [
  fires('EC82', 'vasopressin of 0.012 IU/kg/min', day({ sup_vas: '0.012' }), 'adds 120 points'),
  fires('EC82', 'vasopressin in mIU: 0.3', day({ sup_vas: '0.3' })),
  fires(
    'EC82',
    'the score is 125 with vasopressin and 25 without',
    day({ sup_vas: '0.01', sup_nor: '0.25' }),
  ),
  silent(
    'EC82',
    'vasopressin of 0.0003 IU/kg/min in a score of 33',
    day({
      sup_dopa: '5',
      sup_epi: '0.1',
      sup_mil: '0.5',
      sup_vas: '0.0003',
      sup_nor: '0.1',
    }),
  ),
  silent('EC82', 'the score is above 100 without vasopressin too', day({ sup_vas: '0.001', sup_epi: '1.5' })),
  silent('EC82', 'vasopressin of 0.01 alone makes exactly 100', day({ sup_vas: '0.01' })),
  undecided('EC82', 'no vasopressin is running', day({ sup_epi: '1.5' })),
  undecided('EC82', 'the rate of vasopressin is not known', day({ sup_vas: 'NK' })),
  undecided(
    'EC82',
    'the rate of another drug, and so the score, is not known',
    day({ sup_vas: '0.005', sup_epi: 'NK' }),
  ),

  fires('EC83', 'adrenaline on the day of admission', withShock('0', day({ sup_epi: '0.05' })), 'VIS 5'),
  fires('EC83', 'levosimendan, which is not in the score', withShock('0', day({ sup_levo: '0.1' }))),
  silent('EC83', 'shock is recorded', withShock('1', day({ sup_epi: '0.05' }))),
  silent('EC83', 'no drug is running', withShock('0', day({}))),
  silent(
    'EC83',
    'the drug runs on the third day after admission',
    withShock('0', {
      ...boy,
      'SUP@D2': { sup_date: '2021-11-04', sup_epi: '0.05' },
    }),
  ),
  undecided('EC83', 'shock is answered with unknown reason', withShock('NK', day({ sup_epi: '0.05' }))),
  undecided('EC83', 'the rate is not known', withShock('0', day({ sup_epi: 'NK' }))),
];
