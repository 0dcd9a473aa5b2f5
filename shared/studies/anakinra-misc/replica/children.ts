/**
 * The 18 synthetic children: what was chosen freely. All that is entered is worked out from this table and a seed.
 * None of them is a real child; the paper publishes no single case.
 *
 * The choices were made so that the study table, counted from the entries, gives what the paper publishes (CRF 9):
 *   - sex, indication, treatment before anakinra and rises of transaminases by counting;
 *   - months of birth, doses and the days of the last contact by trying values that a ward would write down until mean and
 *     standard deviation met the published rounding;
 *   - LVEF before anakinra of the 14 with heart failure so that the quartiles are the published bracket by each of the usual
 *     definitions of a quartile. Which one the paper used, or whether the bracket is a range, is not known.
 * The standard deviation of the dose meets the published one whether divided by n or n − 1, those of age and follow-up by
 * n − 1 only: no 18 numbers do both.
 */

export interface ReplicaChild {
  readonly subject: string;
  /** Birth as year and month, weight in kg and height in cm at admission. */
  readonly person: {
    readonly sex: 'F' | 'M';
    readonly birth: string;
    readonly weight: number;
    readonly height: number;
  };
  /** Local times. `day7`, `out` (discharge): days after the first dose; `picu`: days there, 0 for never. */
  readonly stay: {
    readonly admitted: string;
    readonly firstDose: string;
    readonly day7: 6 | 7;
    readonly out: number;
    readonly picu: number;
  };
  readonly disease: {
    readonly indication: 'HF' | 'MAS';
    readonly before: 'IVIG' | 'CST' | 'BOTH' | 'NONE';
    readonly shock: 'CARD' | 'MIX' | 'VASO' | null;
    /** Per kg and minute: milrinone, adrenaline, dobutamine, noradrenaline, in µg. */
    readonly drips: Readonly<Partial<Record<'mil' | 'epi' | 'dobu' | 'nor', number>>>;
  };
  readonly lvef: {
    readonly SCR: number;
    readonly PRE: number;
    readonly H48: number | '>55';
    readonly later: number;
  };
  /** Injections of anakinra in mg, one a day; null is a planned dose that was not given. */
  readonly doses: readonly (number | null)[];
  /** Where samples go from the pre-anakinra visit on; `referred`: the first went to the hospital that sent the child. */
  readonly laboratory: { readonly name: 'central' | 'paediatric'; readonly referred: boolean };
  /** ALT in U/L before the first dose, and its peak where it rose on anakinra. */
  readonly alt: { readonly before: number; readonly peak: number | null };
  /** Days after the first dose of each visit that took place. */
  readonly visits: Readonly<Partial<Record<FollowUpVisit, number>>>;
  readonly besides: readonly Besides[];
  /** The visit at which the child could not be reached any more. */
  readonly lost: { readonly visit: FollowUpVisit; readonly day: number } | null;
}

/**
 * What happened to one child or two only:
 *
 *   ventilated        from admission to the day of the first dose
 *   ivig-stopped      the infusion was not tolerated and stopped: one of the ten courses before anakinra
 *   ivig-after        immunoglobulins from the day after the first dose: not a treatment before it
 *   steroids-after    corticosteroids two hours after the first dose: by the day before it, by the hour not
 *   site-reaction     at the third injection
 *   transferred       discharged to another hospital
 */
export type Besides =
  'ventilated' | 'ivig-stopped' | 'ivig-after' | 'steroids-after' | 'site-reaction' | 'transferred';

export type FollowUpVisit = 'M1' | 'M3' | 'M6' | 'UNS1';

export const children: readonly ReplicaChild[] = [
  {
    subject: '01-001',
    person: { sex: 'M', birth: '2011-02', weight: 30.5, height: 134 },
    stay: { admitted: '2020-04-21 14:20', firstDose: '2020-04-24 18:00', day7: 7, out: 9, picu: 5 },
    disease: { indication: 'HF', before: 'BOTH', shock: 'CARD', drips: { mil: 0.5 } },
    lvef: { SCR: 33, PRE: 30, H48: 57, later: 63 },
    doses: [60, 60, 60],
    laboratory: { name: 'central', referred: false },
    alt: { before: 34, peak: null },
    visits: { M1: 34, M3: 91, M6: 171 },
    besides: [],
    lost: null,
  },
  {
    subject: '01-002',
    person: { sex: 'F', birth: '2007-03', weight: 47, height: 157 },
    stay: { admitted: '2020-04-28 22:35', firstDose: '2020-05-01 17:30', day7: 7, out: 9, picu: 4 },
    disease: { indication: 'HF', before: 'IVIG', shock: null, drips: {} },
    lvef: { SCR: 44, PRE: 41, H48: 58.5, later: 64 },
    doses: [90, 90, 90],
    laboratory: { name: 'central', referred: false },
    alt: { before: 22, peak: null },
    visits: { M1: 34, M3: 98 },
    besides: [],
    lost: { visit: 'M6', day: 206 },
  },
  {
    subject: '01-003',
    person: { sex: 'M', birth: '2014-01', weight: 21, height: 117 },
    stay: { admitted: '2020-05-06 10:10', firstDose: '2020-05-09 16:00', day7: 6, out: 16, picu: 10 },
    disease: { indication: 'HF', before: 'BOTH', shock: 'CARD', drips: { mil: 0.7, epi: 0.1 } },
    lvef: { SCR: 36, PRE: 24, H48: 56, later: 61 },
    doses: [85, 85, 85, 85, 85, 85, 85],
    laboratory: { name: 'paediatric', referred: true },
    alt: { before: 39, peak: null },
    visits: { M1: 34, M3: 93, M6: 177, UNS1: 444 },
    besides: ['ventilated', 'ivig-stopped'],
    lost: null,
  },
  {
    subject: '01-004',
    person: { sex: 'F', birth: '2009-12', weight: 34, height: 140 },
    stay: { admitted: '2020-05-14 17:45', firstDose: '2020-05-18 12:00', day7: 7, out: 12, picu: 0 },
    disease: { indication: 'MAS', before: 'BOTH', shock: null, drips: {} },
    lvef: { SCR: 61, PRE: 60, H48: 63, later: 65 },
    doses: [100, 100, 100, 100, 100],
    laboratory: { name: 'central', referred: false },
    alt: { before: 72, peak: null },
    visits: { M1: 35, M3: 92, M6: 168 },
    besides: [],
    lost: null,
  },
  {
    subject: '01-005',
    person: { sex: 'M', birth: '2005-04', weight: 58, height: 171 },
    stay: { admitted: '2020-10-30 08:30', firstDose: '2020-10-31 15:00', day7: 7, out: 13, picu: 5 },
    disease: { indication: 'HF', before: 'NONE', shock: 'CARD', drips: { dobu: 5 } },
    lvef: { SCR: 38, PRE: 35, H48: 59, later: 62 },
    doses: [100, 100, 100],
    laboratory: { name: 'central', referred: false },
    alt: { before: 31, peak: null },
    visits: {},
    besides: ['transferred'],
    lost: { visit: 'M1', day: 41 },
  },
  {
    subject: '01-006',
    person: { sex: 'F', birth: '2013-01', weight: 25.5, height: 127 },
    stay: { admitted: '2020-11-17 19:05', firstDose: '2020-11-20 16:00', day7: 7, out: 8, picu: 3 },
    disease: { indication: 'HF', before: 'BOTH', shock: null, drips: {} },
    lvef: { SCR: 47, PRE: 45, H48: '>55', later: 66 },
    doses: [50, 50, 50],
    laboratory: { name: 'central', referred: false },
    alt: { before: 28, peak: 86 },
    visits: { M1: 35 },
    besides: [],
    lost: { visit: 'M3', day: 101 },
  },
  {
    subject: '01-007',
    person: { sex: 'M', birth: '2009-03', weight: 41, height: 149 },
    stay: { admitted: '2020-12-09 11:50', firstDose: '2020-12-11 18:30', day7: 7, out: 8, picu: 4 },
    disease: { indication: 'HF', before: 'CST', shock: 'VASO', drips: { nor: 0.2 } },
    lvef: { SCR: 41, PRE: 38, H48: 60, later: 64 },
    doses: [80, 80],
    laboratory: { name: 'paediatric', referred: false },
    alt: { before: 26, peak: null },
    visits: { M1: 34, M3: 98 },
    besides: [],
    lost: { visit: 'M6', day: 206 },
  },
  {
    subject: '01-008',
    person: { sex: 'F', birth: '2016-07', weight: 16.2, height: 104 },
    stay: { admitted: '2020-12-23 16:15', firstDose: '2020-12-26 11:00', day7: 6, out: 11, picu: 0 },
    disease: { indication: 'MAS', before: 'CST', shock: null, drips: {} },
    lvef: { SCR: 63, PRE: 62, H48: 64, later: 67 },
    doses: [100, 100, 100, 100, 100, 100],
    laboratory: { name: 'central', referred: true },
    alt: { before: 52, peak: 118 },
    visits: { M1: 40 },
    besides: [],
    lost: { visit: 'M3', day: 101 },
  },
  {
    subject: '01-009',
    person: { sex: 'F', birth: '2008-10', weight: 44, height: 153 },
    stay: { admitted: '2021-01-27 23:40', firstDose: '2021-01-31 10:00', day7: 7, out: 13, picu: 7 },
    disease: { indication: 'HF', before: 'BOTH', shock: 'MIX', drips: { mil: 0.5, nor: 0.3 } },
    lvef: { SCR: 34, PRE: 28, H48: 56.5, later: 60 },
    doses: [90, 90, 90, 90],
    laboratory: { name: 'paediatric', referred: false },
    alt: { before: 37, peak: null },
    visits: { M1: 33, M3: 92, M6: 157 },
    besides: [],
    lost: null,
  },
  {
    subject: '01-010',
    person: { sex: 'M', birth: '2012-07', weight: 27.5, height: 131 },
    stay: { admitted: '2021-02-16 13:00', firstDose: '2021-02-18 17:00', day7: 7, out: 8, picu: 3 },
    disease: { indication: 'HF', before: 'CST', shock: null, drips: {} },
    lvef: { SCR: 48, PRE: 45, H48: 61, later: 65 },
    doses: [55, 55, 55],
    laboratory: { name: 'central', referred: false },
    alt: { before: 19, peak: null },
    visits: { M1: 35 },
    besides: [],
    lost: { visit: 'M3', day: 102 },
  },
  {
    subject: '01-011',
    person: { sex: 'M', birth: '2006-08', weight: 62, height: 168 },
    stay: { admitted: '2021-03-09 15:30', firstDose: '2021-03-12 18:00', day7: 6, out: 10, picu: 4 },
    disease: { indication: 'HF', before: 'BOTH', shock: null, drips: {} },
    lvef: { SCR: 46, PRE: 43, H48: 58, later: 63 },
    doses: [100, 100, 100],
    laboratory: { name: 'central', referred: true },
    alt: { before: 31, peak: 176 },
    visits: { M1: 34, M3: 91, M6: 185 },
    besides: [],
    lost: null,
  },
  {
    subject: '01-012',
    person: { sex: 'F', birth: '2011-05', weight: 31, height: 137 },
    stay: { admitted: '2021-04-13 09:20', firstDose: '2021-04-14 16:00', day7: 7, out: 8, picu: 2 },
    disease: { indication: 'HF', before: 'NONE', shock: null, drips: {} },
    lvef: { SCR: 50, PRE: 48, H48: 62, later: 66 },
    doses: [40, 40],
    laboratory: { name: 'central', referred: false },
    alt: { before: 24, peak: null },
    visits: { M1: 30 },
    besides: ['ivig-after'],
    lost: { visit: 'M3', day: 100 },
  },
  {
    subject: '01-013',
    person: { sex: 'F', birth: '2016-02', weight: 18.2, height: 110 },
    stay: { admitted: '2021-04-27 18:40', firstDose: '2021-04-30 14:00', day7: 7, out: 11, picu: 0 },
    disease: { indication: 'MAS', before: 'IVIG', shock: null, drips: {} },
    lvef: { SCR: 60, PRE: 59, H48: 62, later: 64 },
    doses: [95, 95, 95, 95, 95],
    laboratory: { name: 'paediatric', referred: false },
    alt: { before: 36, peak: 151 },
    visits: { M1: 38 },
    besides: ['steroids-after'],
    lost: { visit: 'M3', day: 101 },
  },
  {
    subject: '01-014',
    person: { sex: 'M', birth: '2005-01', weight: 66, height: 175 },
    stay: { admitted: '2021-10-05 12:25', firstDose: '2021-10-07 19:00', day7: 7, out: 11, picu: 5 },
    disease: { indication: 'HF', before: 'CST', shock: 'CARD', drips: { dobu: 7.5 } },
    lvef: { SCR: 36, PRE: 30, H48: 57.5, later: 61 },
    doses: [100, 100, 100],
    laboratory: { name: 'central', referred: false },
    alt: { before: 44, peak: null },
    visits: {},
    besides: ['transferred'],
    lost: { visit: 'M1', day: 41 },
  },
  {
    subject: '01-015',
    person: { sex: 'F', birth: '2010-11', weight: 52, height: 146 },
    stay: { admitted: '2022-01-19 20:10', firstDose: '2022-01-22 17:00', day7: 7, out: 9, picu: 3 },
    disease: { indication: 'HF', before: 'BOTH', shock: null, drips: {} },
    lvef: { SCR: 49, PRE: 45, H48: 60, later: 64 },
    doses: [100, null, 100, 100],
    laboratory: { name: 'central', referred: true },
    alt: { before: 33, peak: null },
    visits: { M1: 34, M3: 101 },
    besides: [],
    lost: { visit: 'M6', day: 205 },
  },
  {
    subject: '01-016',
    person: { sex: 'M', birth: '2018-11', weight: 14.5, height: 96 },
    stay: { admitted: '2022-02-08 07:55', firstDose: '2022-02-10 11:30', day7: 6, out: 12, picu: 2 },
    disease: { indication: 'HF', before: 'CST', shock: null, drips: {} },
    lvef: { SCR: 54, PRE: 52, H48: 63, later: 68 },
    doses: [30, 30, 30],
    laboratory: { name: 'paediatric', referred: false },
    alt: { before: 21, peak: null },
    visits: {},
    besides: [],
    lost: { visit: 'M1', day: 41 },
  },
  {
    subject: '01-017',
    person: { sex: 'F', birth: '2008-05', weight: 49.5, height: 159 },
    stay: { admitted: '2022-02-24 21:15', firstDose: '2022-02-27 12:00', day7: 7, out: 14, picu: 0 },
    disease: { indication: 'MAS', before: 'CST', shock: null, drips: {} },
    lvef: { SCR: 58, PRE: 59, H48: 61, later: 63 },
    doses: [95, 95, 95, 95, 95, 95, 95, 95, 95, 95],
    laboratory: { name: 'paediatric', referred: false },
    alt: { before: 81, peak: null },
    visits: { M1: 37 },
    besides: ['site-reaction'],
    lost: { visit: 'M3', day: 101 },
  },
  {
    subject: '01-018',
    person: { sex: 'M', birth: '2015-07', weight: 23, height: 122 },
    stay: { admitted: '2022-08-30 16:00', firstDose: '2022-09-02 17:00', day7: 7, out: 10, picu: 5 },
    disease: { indication: 'HF', before: 'BOTH', shock: 'CARD', drips: { mil: 0.4 } },
    lvef: { SCR: 35, PRE: 30, H48: 57, later: 62 },
    doses: [75, 75, 75],
    laboratory: { name: 'paediatric', referred: true },
    alt: { before: 29, peak: null },
    visits: {},
    besides: [],
    lost: null,
  },
];
