/** MAS and HLH (study document, section 6.5), with its vectors and the strict and loose inequalities of the sources. */
import { describe, expect, test } from 'vitest';
import { derivedTexts, settleChild, type Given, type Row } from '../scenario.ts';
import { classifiedOf, says } from './classified.ts';
import { boy, now } from './children.ts';
import { model } from './study.ts';

const evaluated = (
  labs: Readonly<Record<string, string>>,
  more: { MAS?: Row; ONS?: Row; lab?: Row } = {},
): Given => ({
  ...boy,
  ONS: { ons_tmax: '39.4', ...more.ONS },
  MAS: { mas_dt: '2021-11-03', mas_phys: '0', ...more.MAS },
  LB: Object.entries(labs).map(([lb_test, lb_val]) => ({
    lb_dt: '2021-11-03 08:00',
    lb_test,
    lb_val,
    ...more.lab,
  })),
});

says('mas16', [
  [
    'ferritin 685, platelets 181, AST 49',
    evaluated({ ferr: '685 ug/L', plt: '181 G/L', ast: '49 U/L' }),
    'met',
  ],
  ['ferritin 684', evaluated({ ferr: '684 ug/L', plt: '181 G/L', ast: '49 U/L' }), 'not-met'],
  [
    'platelets 182, AST 48, triglycerides 1.76, fibrinogen 3.61',
    evaluated({ ferr: '685 ug/L', plt: '182 G/L', ast: '48 U/L', tg: '1.76 mmol/L', fib: '3.61 g/L' }),
    'not-met',
  ],
  [
    'triglycerides 1.77 and fibrinogen 3.6',
    evaluated({ ferr: '685 ug/L', plt: '182 G/L', ast: '48 U/L', tg: '1.77 mmol/L', fib: '3.6 g/L' }),
    'met',
  ],
  ['fibrinogen 360 mg/dL', evaluated({ ferr: '685 ug/L', plt: '181 G/L', fib: '360 mg/dL' }), 'met'],
  [
    'one of two known criteria',
    evaluated({ ferr: '685 ug/L', plt: '181 G/L', ast: '48 U/L' }),
    'not-evaluable',
  ],
  [
    'three of four not met',
    evaluated({ ferr: '685 ug/L', plt: '182 G/L', ast: '48 U/L', tg: '1.7 mmol/L' }),
    'not-met',
  ],
  ['ferritin above 2000', evaluated({ ferr: '>2000 ug/L', plt: '181 G/L', ast: '49 U/L' }), 'met'],
  ['ferritin above 500', evaluated({ ferr: '>500 ug/L', plt: '181 G/L', ast: '49 U/L' }), 'not-evaluable'],
  ['no ferritin', evaluated({ plt: '181 G/L', ast: '49 U/L' }), 'not-evaluable'],
  [
    'ferritin of the day after',
    {
      ...evaluated({ plt: '181 G/L', ast: '49 U/L' }),
      'LB@H48': [{ lb_dt: '2021-11-04 08:00', lb_test: 'ferr', lb_val: '900 ug/L' }],
    },
    'not-evaluable',
  ],
  [
    'without fever',
    evaluated({ ferr: '685 ug/L', plt: '181 G/L', ast: '49 U/L' }, { ONS: { ons_tmax: '37.4' } }),
    'not-met',
  ],
  [
    'whether there was fever is not known',
    evaluated({ ferr: '685 ug/L', plt: '181 G/L', ast: '49 U/L' }, { ONS: { ons_tmax: 'ND' } }),
    'not-evaluable',
  ],
]);

const five = { ferr: '500 ug/L', fib: '1.5 g/L', hb: '89 g/L', plt: '99 G/L', scd25: '2400 U/mL' };
const spleen = { ONS: { ons_tmax: '38.5', ons_splm: '1' } };
says('hlh04', [
  ['fever, spleen, cytopenia, fibrinogen, ferritin and sCD25', evaluated(five, spleen), 'met'],
  [
    'fever 38.4, no spleen: four of eight, two not known',
    evaluated(five, { ONS: { ons_tmax: '38.4', ons_splm: '0' } }),
    'not-evaluable',
  ],
  [
    'the same with the two known',
    evaluated(five, {
      ONS: { ons_tmax: '38.4', ons_splm: '0' },
      MAS: { mas_bm: '1', mas_hemo: '0', mas_nk: 'NORM' },
    }),
    'not-met',
  ],
  [
    'the same with NK activity low',
    evaluated(five, {
      ONS: { ons_tmax: '38.4', ons_splm: '0' },
      MAS: { mas_bm: '1', mas_hemo: '0', mas_nk: 'LOW' },
    }),
    'met',
  ],
  [
    'four met and four not',
    evaluated(
      { ...five, scd25: '2399 U/mL' },
      { ...spleen, MAS: { mas_bm: '1', mas_hemo: '0', mas_nk: 'NORM' } },
    ),
    'met',
  ],
  ['nothing but an evaluation', evaluated({}), 'not-evaluable'],
]);

const partOf = (given: Given, label: string): string | undefined => {
  const [one] = classifiedOf('hlh04', given);
  return one?.result.kind === 'criteria'
    ? one.result.criterion.parts.find(({ words }) => words.label.en === label)?.state
    : undefined;
};
describe('criteria of HLH-2004 at their limits', () => {
  test.each<readonly [string, string, Given, string]>([
    [
      'haemoglobin 90 and platelets 99',
      'Cytopenia',
      evaluated({ hb: '90 g/L', plt: '99 G/L', anc: '1.0 G/L' }),
      'not-met',
    ],
    ['haemoglobin 89.9 and platelets 99', 'Cytopenia', evaluated({ hb: '89.9 g/L', plt: '99 G/L' }), 'met'],
    ['platelets 99 and the others not known', 'Cytopenia', evaluated({ plt: '99 G/L' }), 'not-evaluable'],
    [
      'haemoglobin 99 of a newborn',
      'Cytopenia',
      { ...evaluated({ hb: '99 g/L', plt: '99 G/L' }), DM: { dm_birth: '2021-10' } },
      'met',
    ],
    [
      'fasting triglycerides 3.0',
      'Triglycerides or fibrinogen',
      evaluated({ tg: '3.0 mmol/L', fib: '4 g/L' }, { lab: {} }),
      'not-evaluable',
    ],
    [
      'triglycerides 2.9',
      'Triglycerides or fibrinogen',
      evaluated({ tg: '2.9 mmol/L', fib: '4 g/L' }),
      'not-met',
    ],
    [
      'fibrinogen 1.51',
      'Triglycerides or fibrinogen',
      evaluated({ tg: '2.9 mmol/L', fib: '1.51 g/L' }),
      'not-met',
    ],
    ['ferritin 499', 'Ferritin 500 µg/L or more', evaluated({ ferr: '499 ug/L' }), 'not-met'],
    [
      'NK activity not done',
      'NK activity low or absent',
      evaluated({}, { MAS: { mas_nk: 'NOT' } }),
      'not-evaluable',
    ],
    ['marrow not examined', 'Haemophagocytosis', evaluated({}, { MAS: { mas_bm: '0' } }), 'not-evaluable'],
  ])('%s: %s', (_, label, given, expected) => {
    expect(partOf(given, label)).toBe(expected);
  });

  test('fasting triglycerides 3.0: stated as fasting', () => {
    const given = {
      ...evaluated({ fib: '4 g/L' }),
      'LB@PRE': [{ lb_dt: '2021-11-03 08:00', lb_test: 'tg', lb_val: '3.0 mmol/L', lb_fast: '1' }],
    };
    expect(partOf(given, 'Triglycerides or fibrinogen')).toBe('met');
  });
});

describe('the calculated items count the same criteria', () => {
  test.each([
    ['mas_16', '1'],
    ['mas_hlhn', '6'],
    ['mas_hlhe', '6'],
    ['mas_hlh', '1'],
  ])('%s', (item, expected) => {
    const given = evaluated({ ...five, ast: '49 U/L', ferr: '900 ug/L' }, spleen);
    expect(derivedTexts(model, settleChild(model, given, { now }), item)).toEqual([expected]);
  });
});

/** 2.44 − 0.3 + 0.5 − 0.64 + 0.09 = 2.09 */
const sjia = { MAS: { mas_sjia: '1', mas_cns: '1' }, ONS: { ons_hem: '0', ons_arth: '0' } };
const score = { plt: '100 G/L', ldh: '500 U/L', fib: '1.6 g/L', ferr: '900 ug/L' };
says('ms_score', [
  ['involvement of the central nervous system', evaluated(score, sjia), '2.09'],
  [
    'with haemorrhage and arthritis',
    evaluated(score, { ...sjia, ONS: { ons_hem: '1', ons_arth: '1' } }),
    '2.33',
  ],
  [
    'haemorrhage unknown',
    evaluated(score, { ...sjia, ONS: { ons_hem: '99', ons_arth: '0' } }),
    'not-evaluable',
  ],
  ['no systemic JIA', evaluated(score, { ...sjia, MAS: { mas_sjia: '0' } }), ''],
]);
says('ms_positive', [
  ['2.09', evaluated(score, sjia), 'met'],
  [
    'fibrinogen 6.4 and platelets 400 without signs',
    evaluated(
      { ...score, plt: '400 G/L', fib: '6.4 g/L' },
      { ...sjia, MAS: { mas_sjia: '1', mas_cns: '0' } },
    ),
    'not-met',
  ],
  ['no systemic JIA', evaluated(score, { ...sjia, MAS: { mas_sjia: '0' } }), 'not-met'],
]);
