import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, enrolled } from '../children.ts';

/** Admitted on 1 November 2021 at 08:00. */
const feverFrom = (ons_fevdat: string) => ({ ...boy, ONS: { ons_fevdat } });
const evidence = (...rows: Record<string, string>[]) => ({
  ...boy,
  ONS: { ons_fevdat: '2021-10-28' },
  COV: rows,
});
const pcr = (cov_dat: string, cov_res = 'POS') => ({ cov_typ: 'PCR', cov_dat, cov_res });

export const onsetCases: readonly Case[] = [
  fires('EC11', 'fever began 22 days before admission', feverFrom('2021-10-10'), '22 days before'),
  silent('EC11', 'fever began 21 days before admission', feverFrom('2021-10-11')),
  undecided('EC11', 'the first day of fever is not known', feverFrom('NK')),

  fires('EC12', 'infection 13 days before the fever', evidence(pcr('2021-10-15')), 'onset is 13 d'),
  fires('EC12', 'infection 61 days before the fever', evidence(pcr('2021-08-28'))),
  silent('EC12', 'infection 14 days before the fever', evidence(pcr('2021-10-14'))),
  silent('EC12', 'infection 60 days before the fever', evidence(pcr('2021-08-29'))),
  undecided('EC12', 'the date of the infection is not known', evidence(pcr('NK'))),
  undecided('EC12', 'the first day of fever is not known', { ...boy, COV: pcr('2021-10-01') }),

  fires('EC13', 'the only test is negative', evidence(pcr('2021-10-01', 'NEG'))),
  fires('EC13', 'nothing was entered by the end of the screening visit', boy, 'rows of evidence: 0'),
  silent('EC13', 'a positive test', evidence(pcr('2021-10-01', 'NEG'), pcr('2021-10-02'))),
  silent('EC13', 'a contact', evidence({ cov_typ: 'CONT', cov_dat: '2021-10-01' })),
  silent('EC13', 'a documented infection', evidence({ cov_typ: 'PAST', cov_dat: '2021-10-01' })),
  silent('EC13', 'MIS-C is not diagnosed', { ENR: { ...enrolled, enr_misc: '0' } }),
  silent('EC13', 'the screening visit is still going on', {
    ENR: { ...enrolled, enr_admdt: '2022-11-30 08:00' },
  }),
  undecided('EC13', 'a result is pending', evidence(pcr('2021-10-01', 'NEG'), pcr('2021-10-02', 'PEND'))),
  undecided('EC13', 'the diagnosis is not entered', {
    ENR: { enr_noopp: '1', enr_admdt: '2021-11-01 08:00' },
  }),
];
