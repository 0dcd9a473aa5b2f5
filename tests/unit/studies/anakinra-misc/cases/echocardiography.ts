import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, dose, enrolled, infusion, measured, t0 } from '../children.ts';

const echo = (answers: Record<string, string>) => ({ EC: answers });
const treated = { ...boy, ANX: dose(t0) };
const heartFailure = { ...treated, AND: { and_ind: 'HF' } };
const before = '2021-11-03 08:00';

export const echocardiographyCases: readonly Case[] = [
  fires('EC41', 'a fraction was typed', echo({ ec_ef: '0.4' }), 'Was a fraction entered'),
  fires('EC41', 'LVEF 95', echo({ ec_ef: '95' })),
  fires('EC41', 'LVEF above 90', echo({ ec_ef: '>90' })),
  silent('EC41', 'LVEF 39.5', echo({ ec_ef: '39.5' })),
  undecided('EC41', 'LVEF only known to be above 55', echo({ ec_ef: '>55' })),

  fires(
    'EC42',
    'the shortening fraction stands in the place of LVEF',
    echo({ ec_ef: '28', ec_fs: '62.7' }),
    'LVEF is 28% and shortening fraction 62.7%',
  ),
  silent('EC42', 'LVEF above the shortening fraction', echo({ ec_ef: '62.7', ec_fs: '28' })),
  silent('EC42', 'LVEF above 55 decides against 45', echo({ ec_ef: '>55', ec_fs: '45' })),
  undecided('EC42', 'the shortening fraction was not measured', echo({ ec_ef: '39.5' })),

  fires(
    'EC43',
    'LVEF 30 beside FS 28, which would be 62.7',
    echo({ ec_ef: '30', ec_fs: '28' }),
    'about 62.7 %',
  ),
  silent('EC43', 'LVEF 43 beside FS 28', echo({ ec_ef: '43', ec_fs: '28' })),
  undecided('EC43', 'LVEF only known to be above 55', echo({ ec_ef: '>55', ec_fs: '28' })),

  fires(
    'EC44',
    'LVEF rose by 30 points in 20 h',
    {
      'EC@PRE': { ec_dt: before, ec_ef: '30' },
      'EC@H24': { ec_dt: '2021-11-04 04:00', ec_ef: '60' },
    },
    'before it was 30 %',
  ),
  silent('EC44', 'LVEF rose by 30 points in 24 h', {
    'EC@PRE': { ec_dt: before, ec_ef: '30' },
    'EC@H24': { ec_dt: '2021-11-04 08:00', ec_ef: '60' },
  }),
  silent('EC44', 'LVEF rose by 29 points in 20 h', {
    'EC@PRE': { ec_dt: before, ec_ef: '30' },
    'EC@H24': { ec_dt: '2021-11-04 04:00', ec_ef: '59' },
  }),
  undecided('EC44', 'LVEF was not quantified', { 'EC@H48': { ec_dt: '2021-11-05 10:00', ec_efnq: '1' } }),

  fires(
    'EC44_METHOD',
    'Teichholz at baseline, Simpson at 48 h',
    {
      'EC@PRE': { ec_dt: before, ec_ef: '39.5', ec_efm: 'TZ' },
      'EC@H48': { ec_dt: '2021-11-05 10:00', ec_ef: '58', ec_efm: 'SB' },
    },
    'at baseline by M-mode Teichholz',
  ),
  silent('EC44_METHOD', 'the same method at 48 h', {
    'EC@PRE': { ec_dt: before, ec_ef: '39.5', ec_efm: 'SB' },
    'EC@H48': { ec_dt: '2021-11-05 10:00', ec_ef: '58', ec_efm: 'SB' },
  }),
  silent('EC44_METHOD', 'the method at baseline is answered as not known', {
    'EC@PRE': { ec_dt: before, ec_ef: '39.5', ec_efm: 'NK' },
    'EC@H48': { ec_dt: '2021-11-05 10:00', ec_ef: '58', ec_efm: 'SB' },
  }),
  undecided('EC44_METHOD', 'the method at baseline is not entered', {
    'EC@H48': { ec_dt: '2021-11-05 10:00', ec_ef: '58', ec_efm: 'SB' },
  }),

  fires('EC45', 'heart failure and no echocardiography', heartFailure),
  fires('EC45', 'the only LVEF is of 25 h before the first dose', {
    ...heartFailure,
    EC: { ec_dt: '2021-11-02 09:00', ec_ef: '39.5' },
  }),
  silent('EC45', 'an LVEF of 2 h before', { ...heartFailure, 'EC@PRE': { ec_dt: before, ec_ef: '39.5' } }),
  silent('EC45', 'the indication is MAS', { ...treated, AND: { and_ind: 'MAS' } }),
  undecided('EC45', 'no dose was given yet', { ...boy, AND: { and_ind: 'HF' } }),

  fires('EC46', 'no echocardiography at all', treated),
  fires('EC46', 'an echocardiography at 61 h', {
    ...treated,
    'EC@H48': { ec_dt: '2021-11-05 23:00', ec_ef: '58' },
  }),
  silent('EC46', 'an echocardiography at 60 h', {
    ...treated,
    'EC@H48': { ec_dt: '2021-11-05 22:00', ec_ef: '58' },
  }),
  silent('EC46', 'discharged before 48 h', {
    ...treated,
    DSC: { dsc_dt: '2021-11-05 09:00', dsc_type: 'HOME' },
  }),
  silent('EC46', 'the window is still open', { ...boy, ANX: dose('2022-11-30 08:00') }),
  undecided('EC46', 'no dose was given yet', boy),

  fires('EC47', 'heart failure with LVEF 60 and never an inotrope', {
    ...heartFailure,
    'EC@PRE': { ec_dt: before, ec_ef: '60' },
    R48: { r48_inot: 'NEVER' },
  }),
  fires('EC47', 'LVEF above 55 decides', {
    ...heartFailure,
    'EC@PRE': { ec_dt: before, ec_ef: '>55' },
    R48: { r48_inot: 'NEVER' },
  }),
  silent('EC47', 'LVEF 39.5', {
    ...heartFailure,
    'EC@PRE': { ec_dt: before, ec_ef: '39.5' },
    R48: { r48_inot: 'NEVER' },
  }),
  silent('EC47', 'inotropes were stopped by 48 h', {
    ...heartFailure,
    'EC@PRE': { ec_dt: before, ec_ef: '60' },
    R48: { r48_inot: 'STOP' },
  }),
  silent('EC47', 'milrinone was running one day', {
    ...heartFailure,
    'EC@PRE': { ec_dt: before, ec_ef: '60' },
    'SUP@PRE': { sup_date: '2021-11-03', sup_mil: '0.5' },
  }),
  fires('EC47', 'noradrenaline alone is no inotrope', {
    ...heartFailure,
    'EC@PRE': { ec_dt: before, ec_ef: '60' },
    'SUP@PRE': { sup_date: '2021-11-03', sup_nor: '0.1' },
  }),
  silent('EC47', 'an inotrope was started during IVIG', {
    ...heartFailure,
    'EC@PRE': { ec_dt: before, ec_ef: '60' },
    R48: { r48_inot: 'NEVER' },
    IG: { ...infusion, ig_act: '4;5' },
  }),
  undecided('EC47', 'whether inotropes were given is not known', {
    ...heartFailure,
    'EC@PRE': { ec_dt: before, ec_ef: '60' },
  }),
  undecided('EC47', 'no LVEF is recorded', { ...heartFailure, R48: { r48_inot: 'NEVER' } }),

  fires('ec_dt_in_study', 'an echocardiography of a week before admission', {
    ENR: enrolled,
    EC: { ec_dt: '2021-10-25 08:00' },
  }),
  silent('ec_dt_in_study', 'an echocardiography of 24 h before admission', {
    ENR: enrolled,
    EC: { ec_dt: '2021-10-31 08:00' },
  }),
  undecided('ec_dt_in_study', 'admission is not known', echo({ ec_dt: '2021-10-31 08:00' })),

  ...(['lad', 'rca', 'lmca'] as const).flatMap((artery): readonly Case[] => {
    const suffix = artery === 'lad' ? '' : `_${artery.toUpperCase()}`;
    const diameter = (millimetres: string) => echo({ [`ec_${artery}`]: millimetres });
    /** Weighed and measured; body surface area 1.103 m². */
    const scored = (millimetres: string, z: string, ec_zsys = 'MCC') => ({
      ...measured,
      EC: {
        ec_dt: '2021-11-02 08:00',
        [`ec_${artery}`]: millimetres,
        [`ec_${artery}z`]: z,
        ec_zsys,
      },
    });
    return [
      fires(`EC50${suffix}`, '3.5 mm typed in centimetres', diameter('0.35'), 'in centimetres'),
      fires(`EC50${suffix}`, '26 mm', diameter('26')),
      silent(`EC50${suffix}`, '3.5 mm', diameter('3.5')),
      silent(`EC50${suffix}`, '0.5 mm', diameter('0.5')),
      silent(`EC50${suffix}`, '25 mm', diameter('25')),
      undecided(`EC50${suffix}`, 'not measured', diameter('ND')),

      fires(`EC51${suffix}`, 'a reported z-score of 9', scored('3.0', '9'), 'as reported'),
      silent(`EC51${suffix}`, 'the same z-score by another reference', scored('3.0', '9', 'DAL')),
      undecided(`EC51${suffix}`, 'the diameter is not known', scored('ND', '9')),
      undecided(`EC51${suffix}`, 'body surface area is not known', {
        ...boy,
        EC: scored('3.0', '9').EC,
      }),
    ];
  }),
  silent('EC51', 'LAD 3.5 mm at 1.103 m² is z 3.0, reported as 2.6', {
    ...measured,
    EC: { ec_dt: '2021-11-02 08:00', ec_lad: '3.5', ec_ladz: '2.6', ec_zsys: 'MCC' },
  }),
  silent('EC51_RCA', 'RCA 3.0 mm at 1.103 m², reported as 1.5', {
    ...measured,
    EC: { ec_dt: '2021-11-02 08:00', ec_rca: '3.0', ec_rcaz: '1.5', ec_zsys: 'MCC' },
  }),

  fires(
    'EC52',
    'McCrindle at first, Dallaire later',
    {
      EC: { ec_dt: '2021-11-02 08:00', ec_zsys: 'MCC' },
      'EC@M1': { ec_dt: '2021-12-08 08:00', ec_zsys: 'DAL' },
    },
    'before by McCrindle',
  ),
  silent('EC52', 'McCrindle throughout', {
    EC: { ec_dt: '2021-11-02 08:00', ec_zsys: 'MCC' },
    'EC@M1': { ec_dt: '2021-12-08 08:00', ec_zsys: 'MCC' },
  }),
  silent('EC52', 'the reference is unknown at first', {
    EC: { ec_dt: '2021-11-02 08:00', ec_zsys: 'UNK' },
    'EC@M1': { ec_dt: '2021-12-08 08:00', ec_zsys: 'MCC' },
  }),
  undecided('EC52', 'there is one echocardiography', {
    EC: { ec_dt: '2021-11-02 08:00', ec_zsys: 'MCC' },
  }),
];
