/** Children that many facts start from, all answers as typed. */

/** When the facts are looked at: a year after the stay. */
export const now = '2022-12-01T12:00';

export const enrolled = { enr_noopp: '1', enr_misc: '1', enr_admdt: '2021-11-01 08:00' };

/** A boy of 10 years and 4 months, admitted on 1 November 2021 at 08:00. */
export const boy = { ENR: enrolled, DM: { dm_birth: '2011-06', dm_sex: 'M' } };

/** The same, weighed and measured an hour after admission: 32.0 kg, 138.0 cm. */
export const measured = { ...boy, VS: [{ vs_dt: '2021-11-01 09:00', vs_wt: '32.0', vs_ht: '138.0' }] };

/** 11 months old at admission, 12 kg. */
export const infant = {
  ENR: enrolled,
  DM: { dm_birth: '2020-12', dm_sex: 'M' },
  VS: [{ vs_dt: '2021-11-01 09:00', vs_wt: '12.0', vs_ht: '76.0' }],
};

/** The first dose of most facts. */
export const t0 = '2021-11-03 10:00';

/** A dose of 100 mg under the skin. */
export function dose(at: string, mg = '100'): Record<string, string> {
  return { anx_dt: at, anx_mg: mg, anx_route: 'SC' };
}

/** A planned dose that was not given. */
export function missedDose(at: string): Record<string, string> {
  return { anx_dt: at, anx_missed: 'MED' };
}

/** One result of a sample of 1 November 2021 at 09:00. */
export function result(
  test: string,
  value: string,
  more: Record<string, string> = {},
): Record<string, string> {
  return { lb_dt: '2021-11-01 09:00', lb_test: test, lb_val: value, ...more };
}

/** An infusion of 64 g over 12 hours, the day before the first dose. */
export const infusion = {
  ig_given: '1',
  ig_sdt: '2021-11-02 08:00',
  ig_edt: '2021-11-02 20:00',
  ig_dose: '64',
};

/** Prednisolone, the day before the first dose. */
export const course = { cs_given: '1', cs_drug: 'PL', cs_sdt: '2021-11-02 08:00', cs_mgd: '60' };
