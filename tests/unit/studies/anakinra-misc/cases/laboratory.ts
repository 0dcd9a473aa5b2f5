import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, dose, enrolled, result, t0 } from '../children.ts';

const lab = (...results: Record<string, string>[]) => ({ LB: results });
const withUnit = (test: string, value: string, unit: string) =>
  lab({ lb_test: test, lb_val: value, lb_unit: unit });
const differential = (wbc: string, anc: string, alc: string) =>
  lab(
    result('wbc', wbc, { lb_unit: '10*9/L' }),
    result('anc', anc, { lb_unit: '10*9/L' }),
    result('alc', alc, { lb_unit: '10*9/L' }),
  );
/** BNP, then NT-proBNP of one sample. */
const natriuretic = (bnp: string, ntbnp: string) =>
  lab(
    result('bnp', bnp.includes(' ') ? bnp : `${bnp} ng/L`),
    result('ntbnp', /\d$/u.test(ntbnp) ? `${ntbnp} ng/L` : ntbnp),
  );

export const laboratoryCases: readonly Case[] = [
  fires('EC24', 'sCD25 in pg/mL depends on the assay', withUnit('scd25', '2400', 'pg/mL')),
  fires('EC24', 'CRP in mmol/L', withUnit('crp', '2', 'mmol/L')),
  silent('EC24', 'CRP in mg/dL', withUnit('crp', '24.6', 'mg/dL')),
  silent('EC24', 'leukocytes in the French G/L', withUnit('wbc', '12,9', 'G/L')),
  undecided('EC24', 'the unit is not known', lab({ lb_test: 'crp', lb_val: '246' })),

  fires('EC25', 'D-dimer without its unit type', withUnit('ddim', '3.8', 'mg/L'), '3.8'),
  silent('EC25', 'D-dimer in DDU', lab({ lb_test: 'ddim', lb_val: '1.9', lb_unit: 'mg/L', lb_dd: 'DDU' })),
  silent('EC25', 'another analyte has no unit type', withUnit('crp', '246', 'mg/L')),
  undecided('EC25', 'the analyte is not known', lab({ lb_val: '3.8' })),

  fires('EC26', 'troponin 140 ng/mL beside 140 ng/L', withUnit('tni', '140', 'ng/mL')),
  fires('EC26', 'troponin 0.14 ng/L beside 0.14 ng/mL', withUnit('tnt', '0.14', 'ng/L')),
  fires('EC26', 'µg/L is ng/mL under another name', withUnit('tni', '140', 'µg/L')),
  silent('EC26', 'troponin 0.14 ng/mL', withUnit('tni', '0.14', 'ng/mL')),
  silent('EC26', 'troponin 0 ng/L', withUnit('tni', '0', 'ng/L')),
  undecided('EC26', 'the unit is not known', lab({ lb_test: 'tni', lb_val: '140' })),

  fires('EC27', 'CRP 246 typed as mg/dL', withUnit('crp', '246', 'mg/dL'), '246'),
  silent('EC27', 'CRP 246 mg/L', withUnit('crp', '246', 'mg/L')),
  undecided('EC27', 'the value is pending', withUnit('crp', 'PD', 'mg/dL')),

  fires('EC28', 'CRP 12 mg/L at screening with MIS-C diagnosed', {
    ...boy,
    ...withUnit('crp', '12', 'mg/L'),
  }),
  fires('EC28', 'CRP 2.9 mg/dL is 29 mg/L', { ...boy, ...withUnit('crp', '2.9', 'mg/dL') }),
  fires('EC28', 'CRP below the detection limit of 5 mg/L', { ...boy, ...withUnit('crp', '<5', 'mg/L') }),
  silent('EC28', 'CRP 30 mg/L', { ...boy, ...withUnit('crp', '30', 'mg/L') }),
  silent('EC28', 'MIS-C is not diagnosed', { ENR: { enr_misc: '0' }, ...withUnit('crp', '12', 'mg/L') }),
  undecided('EC28', 'the diagnosis is not entered', {
    ENR: { enr_noopp: '1' },
    ...withUnit('crp', '12', 'mg/L'),
  }),
  undecided('EC28', 'CRP is only known to be below 50', { ...boy, ...withUnit('crp', '<50', 'mg/L') }),

  fires('EC29', 'creatinine 0.6 in µmol/L', withUnit('creat', '0.6', 'umol/L')),
  fires('EC29', 'creatinine 60 in mg/dL', withUnit('creat', '60', 'mg/dL')),
  silent('EC29', 'creatinine 60 µmol/L', withUnit('creat', '60', 'umol/L')),
  undecided('EC29', 'the value is missing', withUnit('creat', 'HE', 'umol/L')),

  fires('EC30', 'haemoglobin 11 in g/L', withUnit('hb', '11', 'g/L')),
  fires('EC30', 'haemoglobin 110 in g/dL', withUnit('hb', '110', 'g/dL')),
  silent('EC30', 'haemoglobin 11.0 g/dL', withUnit('hb', '11.0', 'g/dL')),
  undecided('EC30', 'the unit is not known', lab({ lb_test: 'hb', lb_val: '11' })),

  fires('EC31', 'fibrinogen 640 in g/L', withUnit('fib', '640', 'g/L')),
  silent('EC31', 'fibrinogen 640 mg/dL', withUnit('fib', '640', 'mg/dL')),
  undecided('EC31', 'the value is missing', withUnit('fib', 'ND', 'g/L')),

  fires('EC32', 'leukocytes 333.6: a decimal slip', withUnit('wbc', '333.6', '10*9/L')),
  fires('EC32', 'platelets 175,000 per mm³ entered as 10⁹/L', withUnit('plt', '175000', '10*9/L')),
  fires('EC32', 'platelets 4', withUnit('plt', '4', '10*9/L')),
  silent('EC32', 'leukocytes 12,900 per mm³', withUnit('wbc', '12900', '/mm3')),
  silent('EC32', 'platelets 175', withUnit('plt', '175', '10*9/L')),
  undecided('EC32', 'leukocytes only known to be above 90', withUnit('wbc', '>90', '10*9/L')),

  fires(
    'EC33',
    'neutrophils and lymphocytes exceed the leukocytes',
    differential('10', '9.0', '2.0'),
    'make 11 × 10⁹/L',
  ),
  fires(
    'EC33',
    'neutrophils alone exceed the leukocytes',
    lab(result('wbc', '10', { lb_unit: '10*9/L' }), result('anc', '12', { lb_unit: '10*9/L' })),
  ),
  silent('EC33', 'the sum is exactly 1.05 times the leukocytes', differential('10', '9.0', '1.5')),
  silent(
    'EC33',
    'the parts are of another sample',
    lab(result('wbc', '5', { lb_unit: '10*9/L' }), result('anc', '2', { lb_unit: '10*9/L' }), {
      ...result('alc', '9', { lb_unit: '10*9/L' }),
      lb_dt: '2021-11-02 09:00',
    }),
  ),
  undecided('EC33', 'there is no differential', lab(result('wbc', '10', { lb_unit: '10*9/L' }))),

  fires('EC34', 'BNP 3000 and NT-proBNP 900 of one sample', natriuretic('3000', '900'), 'NT-proBNP 900 ng/L'),
  fires(
    'EC34',
    'units are converted first: 900 pmol/L of BNP is 3114 ng/L',
    natriuretic('900 pmol/L', '3000'),
  ),
  silent('EC34', 'BNP 600 and NT-proBNP 3600', natriuretic('600', '3600')),
  silent('EC34', 'both are 900', natriuretic('900', '900')),
  silent('EC34', 'NT-proBNP is above its assay', natriuretic('6000', '>35000')),
  undecided('EC34', 'NT-proBNP is only known to be below 1000', natriuretic('600', '<1000'), 1),
  undecided('EC34', 'NT-proBNP is missing', natriuretic('600', 'HE'), 1),
  undecided(
    'EC34',
    'NT-proBNP is of another sample',
    lab(result('bnp', '3000 ng/L'), { ...result('ntbnp', '900 ng/L'), lb_dt: '2021-11-02 09:00' }),
    1,
  ),

  fires('EC35', 'NT-proBNP 35000 without a sign', withUnit('ntbnp', '35000', 'ng/L'), 'type > or <'),
  silent('EC35', 'NT-proBNP 34999', withUnit('ntbnp', '34999', 'ng/L')),
  silent('EC35', 'NT-proBNP >35000 carries its sign', withUnit('ntbnp', '>35000', 'ng/L')),
  undecided('EC35', 'the unit is not known', lab({ lb_test: 'ntbnp', lb_val: '35000' })),

  fires('EC36', 'a screening sample four days after admission', {
    ENR: enrolled,
    LB: { lb_dt: '2021-11-05 08:00' },
  }),
  fires('EC36', 'a baseline sample 49 h before the first dose', {
    ...boy,
    ANX: dose(t0),
    'LB@PRE': { lb_dt: '2021-11-01 09:00' },
  }),
  fires('EC36', 'an in-hospital sample after discharge', {
    ...boy,
    ANX: dose(t0),
    'LB@D2': { lb_dt: '2021-11-04 18:00' },
    DSC: { dsc_dt: '2021-11-04 12:00', dsc_type: 'HOME' },
  }),
  silent('EC36', 'a screening sample at admission', {
    ENR: enrolled,
    LB: { lb_dt: '2021-11-01 09:00' },
    DSC: { dsc_dt: '2021-11-09 12:00', dsc_type: 'HOME' },
  }),
  silent('EC36', 'day 7 may come after discharge', {
    ...boy,
    ANX: dose(t0),
    'LB@D7': { lb_dt: '2021-11-10 09:00' },
    DSC: { dsc_dt: '2021-11-06 12:00', dsc_type: 'HOME' },
  }),
  undecided('EC36', 'without a first dose the baseline has no window', {
    ENR: enrolled,
    'LB@PRE': { lb_dt: '2021-11-01 09:00' },
  }),

  fires('EC37', 'ALT without limits', withUnit('alt', '49', 'U/L')),
  fires(
    'EC37',
    'ALT with an upper limit only',
    lab({ lb_test: 'alt', lb_val: '49', lb_unit: 'U/L', lb_uln: '40' }),
  ),
  silent(
    'EC37',
    'ALT with both limits',
    lab({ lb_test: 'alt', lb_val: '49', lb_unit: 'U/L', lb_lln: '5', lb_uln: '40' }),
  ),
  silent(
    'EC37',
    'troponin whose laboratory gives no lower limit',
    lab({ lb_test: 'tni', lb_val: '140', lb_unit: 'ng/L', lb_lln: 'NA', lb_uln: '34' }),
  ),
  silent('EC37', 'CRP needs no limits', withUnit('crp', '246', 'mg/L')),
  undecided('EC37', 'the analyte is not known', lab({ lb_val: '49' })),

  fires('EC38', 'limits swapped', lab({ lb_lln: '40', lb_uln: '5' })),
  fires('EC38', 'limits equal', lab({ lb_lln: '40', lb_uln: '40' })),
  silent('EC38', 'limits in order', lab({ lb_lln: '5', lb_uln: '40' })),
  undecided('EC38', 'no lower limit', lab({ lb_lln: 'NA', lb_uln: '40' })),

  fires('EC39', 'sodium 117', withUnit('na', '117', 'mmol/L'), '117'),
  fires('EC39', 'sodium 156', withUnit('na', '156', 'mmol/L')),
  silent('EC39', 'sodium 118', withUnit('na', '118', 'mmol/L')),
  silent('EC39', 'sodium 155', withUnit('na', '155', 'mmol/L')),
  silent('EC39', 'potassium is not sodium', withUnit('k', '4', 'mmol/L')),
  undecided('EC39', 'the sample was haemolysed', withUnit('na', 'HE', 'mmol/L')),

  fires(
    'EC88',
    'CRP of the same minute in two visits, 246 and 264',
    { LB: result('crp', '246 mg/L'), 'LB@PRE': result('crp', '264 mg/L') },
    'is entered 2 times',
  ),
  silent('EC88', 'the same value twice', lab(result('crp', '246 mg/L'), result('crp', '246 mg/L'))),
  silent('EC88', 'the same value in two units', lab(result('crp', '246 mg/L'), result('crp', '24.6 mg/dL'))),
  silent(
    'EC88',
    'another minute',
    lab(result('crp', '246 mg/L'), { ...result('crp', '264 mg/L'), lb_dt: '2021-11-01 09:01' }),
  ),
  silent('EC88', 'another test', lab(result('alt', '246 U/L'), result('ast', '264 U/L'))),
  undecided('EC88', 'one of the two is missing', lab(result('crp', '246 mg/L'), result('crp', 'PD'))),
  undecided('EC88', 'the sampling time is not known', lab({ ...result('crp', '246 mg/L'), lb_dt: 'NK' })),
];
