/**
 * CTCAE v5 grades of laboratory results: every term is compared with the conditions of pharmaverse/admiral on each side of
 * each of its limits, with a normal and an abnormal baseline; then what the study deliberately decides otherwise.
 */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { derivedTexts, settleChild, type Given, type Row } from '../scenario.ts';
import { admiralGrade } from './admiral-grades.ts';
import { classifiedOf, said, says } from './classified.ts';
import { dose, now, t0 } from './children.ts';
import { model } from './study.ts';

interface Term {
  readonly id: string;
  readonly test: string;
  readonly unit: string;
  readonly admiral: string;
  readonly lower: number;
  readonly upper: number;
}
const terms: readonly Term[] = [
  {
    id: 'ctc_alt',
    test: 'alt',
    unit: 'U/L',
    admiral: 'Alanine aminotransferase increased',
    lower: 5,
    upper: 40,
  },
  {
    id: 'ctc_ast',
    test: 'ast',
    unit: 'U/L',
    admiral: 'Aspartate aminotransferase increased',
    lower: 5,
    upper: 40,
  },
  { id: 'ctc_ggt', test: 'ggt', unit: 'U/L', admiral: 'GGT increased', lower: 5, upper: 30 },
  { id: 'ctc_bili', test: 'bili', unit: 'umol/L', admiral: 'Blood bilirubin increased', lower: 2, upper: 20 },
  { id: 'ctc_creat', test: 'creat', unit: 'umol/L', admiral: 'Creatinine increased', lower: 20, upper: 60 },
  { id: 'ctc_anc', test: 'anc', unit: 'G/L', admiral: 'Neutrophil count decreased', lower: 1.8, upper: 8 },
  { id: 'ctc_plt', test: 'plt', unit: 'G/L', admiral: 'Platelet count decreased', lower: 150, upper: 400 },
  { id: 'ctc_alc', test: 'alc', unit: 'G/L', admiral: 'Lymphocyte count decreased', lower: 1.2, upper: 4 },
  {
    id: 'ctc_alc_high',
    test: 'alc',
    unit: 'G/L',
    admiral: 'Lymphocyte count increased',
    lower: 1.2,
    upper: 4,
  },
  { id: 'ctc_wbc', test: 'wbc', unit: 'G/L', admiral: 'White blood cell decreased', lower: 4, upper: 12 },
  { id: 'ctc_wbc_high', test: 'wbc', unit: 'G/L', admiral: 'Leukocytosis', lower: 4, upper: 12 },
  { id: 'ctc_hb', test: 'hb', unit: 'g/L', admiral: 'Anemia', lower: 115, upper: 155 },
  { id: 'ctc_hb_high', test: 'hb', unit: 'g/L', admiral: 'Hemoglobin increased', lower: 115, upper: 155 },
  { id: 'ctc_tg', test: 'tg', unit: 'mmol/L', admiral: 'Hypertriglyceridemia', lower: 0.4, upper: 1.7 },
  { id: 'ctc_alb', test: 'alb', unit: 'g/L', admiral: 'Hypoalbuminemia', lower: 35, upper: 50 },
  { id: 'ctc_na', test: 'na', unit: 'mmol/L', admiral: 'Hyponatremia', lower: 135, upper: 145 },
  { id: 'ctc_na_high', test: 'na', unit: 'mmol/L', admiral: 'Hypernatremia', lower: 135, upper: 145 },
  { id: 'ctc_k', test: 'k', unit: 'mmol/L', admiral: 'Hypokalemia', lower: 3.5, upper: 5 },
  { id: 'ctc_k_high', test: 'k', unit: 'mmol/L', admiral: 'Hyperkalemia', lower: 3.5, upper: 5 },
  { id: 'ctc_fib', test: 'fib', unit: 'g/L', admiral: 'Fibrinogen decreased', lower: 2, upper: 4 },
  { id: 'ctc_inr', test: 'inr', unit: '1', admiral: 'INR increased', lower: 0.9, upper: 1.2 },
  {
    id: 'ctc_aptt',
    test: 'aptt',
    unit: '{ratio}',
    admiral: 'Activated partial thromboplastin time prolonged',
    lower: 0.8,
    upper: 1.2,
  },
  {
    id: 'ctc_ldh',
    test: 'ldh',
    unit: 'U/L',
    admiral: 'Blood lactate dehydrogenase increased',
    lower: 120,
    upper: 300,
  },
];

const text = (number: number): string => String(Number(number.toPrecision(12)));
function row(
  term: Pick<Term, 'test' | 'unit' | 'lower' | 'upper'>,
  lb_dt: string,
  value: string,
  more: Row = {},
): Row {
  return {
    lb_dt,
    lb_test: term.test,
    lb_val: value,
    lb_unit: term.unit,
    lb_lln: text(term.lower),
    lb_uln: text(term.upper),
    ...more,
  };
}
const child = (term: Term, base: number | null, ...values: readonly number[]): Given => ({
  ANX: dose(t0),
  ...(base === null ? {} : { 'LB@PRE': [row(term, '2021-11-03 08:00', text(base))] }),
  'LB@H48': values.map((value) => row(term, '2021-11-05 09:00', text(value))),
});
/** Many results of one sample, graded together. */
const gradesOf = (term: Term, base: number, values: readonly number[]): readonly string[] =>
  classifiedOf(term.id, child(term, base, ...values)).map(said);
const gradeOf = (term: Term, base: number, value: number): string | undefined =>
  gradesOf(term, base, [value])[0];

function expected(term: Term, base: number, value: number): string {
  const measured = {
    AVAL: value,
    ANRLO: term.lower,
    ANRHI: term.upper,
    BASE: base,
    BNRIND: base > term.upper ? ('HIGH' as const) : ('NORMAL' as const),
    PCHG: Number((100 * (value / base - 1)).toPrecision(12)),
  };
  return admiralGrade(term.admiral, measured) ?? 'not-evaluable';
}

/** Every number of CTCAE's limits, times what it can be counted from, and the least step on both sides of it. */
const factors = [0.25, 0.5, 0.75, 1, 1.2, 1.5, 2, 2.5, 3, 5, 6, 10, 20];
const numbers = [
  0.2, 0.5, 0.8, 1, 1.2, 1.5, 1.71, 2, 2.5, 3, 3.42, 4, 5.5, 5.7, 6, 7, 11.4, 20, 25, 30, 50, 75, 80, 100,
  120, 129, 150, 155, 160,
];
const step = 0.001;

describe('each term grades as admiral does, on each side of each limit', () => {
  test.each(terms)('$id', (term) => {
    const bases = [(term.lower + term.upper) / 2, term.upper, term.upper * 2];
    const differing = bases.flatMap((base) => {
      const limits = [
        ...factors.flatMap((factor) => [factor * term.upper, factor * term.lower, factor * base]),
        ...[20, 40].map((added) => term.upper + added),
        ...numbers,
      ];
      const values = [
        ...new Set(
          limits
            .flatMap((limit) => [limit - step, limit, limit + step])
            .map((value) => Number(value.toFixed(3))),
        ),
      ];
      const wanted = values.filter((value) => value > 0);
      const grades = gradesOf(term, base, wanted);
      return wanted.flatMap((value, position) => {
        const [ours, theirs] = [grades[position], expected(term, base, value)];
        return ours === theirs ? [] : [`${text(value)} after ${text(base)}: ${String(ours)}, not ${theirs}`];
      });
    });
    expect(differing).toEqual([]);
  });

  it('and everywhere between', () => {
    const milli = (max: number) => fc.integer({ min: 1, max: max * 1000 }).map((number) => number / 1000);
    fc.assert(
      fc.property(
        fc.constantFrom(...terms),
        milli(400),
        fc.array(milli(900), { minLength: 1, maxLength: 40 }),
        (term, base, values) => {
          expect(gradesOf(term, base, values)).toEqual(values.map((value) => expected(term, base, value)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('every grade but those of symptoms is reached by some value', () => {
    const reached = new Set(
      terms.flatMap((term) =>
        numbers.map((value) => `${term.id} ${String(gradeOf(term, term.upper, value))}`),
      ),
    );
    expect(reached).toContain('ctc_anc 4');
    expect(reached).toContain('ctc_k_high 3');
    expect(reached.size).toBeGreaterThan(60);
  });
});

const alt: Term = terms[0] ?? { id: '', test: '', unit: '', admiral: '', lower: 0, upper: 0 };
describe('transaminases by their baseline (vectors of the study document)', () => {
  test.each([
    ['baseline 30 and ULN 40, later 150', 30, 150, '2'],
    ['baseline 80, later 150: 1.875 × baseline', 80, 150, '1'],
    ['baseline 80, later 119: below 1.5 × baseline', 80, 119, '0'],
    ['baseline 80, later 120: 1.5 × baseline', 80, 120, '1'],
    ['baseline 40 is normal, later 41', 40, 41, '1'],
    ['baseline 30, later 120: 3 × ULN', 30, 120, '1'],
    ['baseline 30, later 120.1', 30, 120.1, '2'],
  ])('%s → %s', (_, base, value, grade) => {
    expect(gradeOf(alt, base, value)).toBe(grade);
  });
});

const after = (value: string, more: Row = {}): Row => row(alt, '2021-11-05 09:00', value, more);
says('ctc_alt', [
  ['without a baseline, above its limit', { ANX: dose(t0), 'LB@H48': [after('150')] }, 'not-evaluable'],
  [
    'without a baseline, below its limit and low enough for no branch',
    { ANX: dose(t0), 'LB@H48': [after('30')] },
    'not-evaluable',
  ],
  [
    'a baseline without its limit',
    {
      ANX: dose(t0),
      'LB@PRE': [row(alt, '2021-11-03 08:00', '30', { lb_uln: '' })],
      'LB@H48': [after('150')],
    },
    'not-evaluable',
  ],
  ['a result above the range of the assay', { ...child(alt, 30, 1), 'LB@H48': [after('>1000')] }, '4'],
  ['a result above 100', { ...child(alt, 30, 1), 'LB@H48': [after('>100')] }, 'not-evaluable'],
  [
    'a baseline in µkat/L',
    {
      ANX: dose(t0),
      'LB@PRE': [row(alt, '2021-11-03 08:00', '0.5', { lb_unit: 'ukat/L', lb_uln: '0.6' })],
      'LB@H48': [after('150')],
    },
    '2',
  ],
  [
    'a result before the first dose is none',
    { ANX: dose(t0), 'LB@PRE': [row(alt, '2021-11-03 08:00', '150')] },
    '',
  ],
  [
    'the last of two baselines counts',
    {
      ANX: dose(t0),
      LB: [row(alt, '2021-11-01 08:00', '30')],
      'LB@PRE': [row(alt, '2021-11-03 08:00', '80')],
      'LB@H48': [after('150')],
    },
    '1',
  ],
]);

const ef = (base: string, later: string): Given => ({
  ANX: dose(t0),
  'EC@PRE': [{ ec_dt: '2021-11-03 08:30', ec_ef: base }],
  'EC@H48': [{ ec_dt: '2021-11-05 09:00', ec_ef: later }],
});
says('ctc_ef', [
  ['60 to 50.5', ef('60', '50.5'), '0'],
  ['60 to 50', ef('60', '50'), '2'],
  ['65 to 55: a fall of 10', ef('65', '55'), '2'],
  ['75 to 55: a fall of 20', ef('75', '55'), '3'],
  ['39.5', ef('39.5', '39.5'), '3'],
  ['19.9', ef('39.5', '19.9'), '4'],
]);

describe('the grade beside a result', () => {
  test.each([
    ['ALT', row(alt, '2021-11-05 09:00', '150'), '2'],
    [
      'sodium 128',
      row({ test: 'na', unit: 'mmol/L', lower: 135, upper: 145 }, '2021-11-05 09:00', '128'),
      '3',
    ],
    ['CRP has none', row({ test: 'crp', unit: 'mg/L', lower: 0, upper: 5 }, '2021-11-05 09:00', '128'), null],
  ])('%s', (_, later, expected_) => {
    const given = { ANX: dose(t0), 'LB@PRE': [row(alt, '2021-11-03 08:00', '30')], 'LB@H48': [later] };
    expect(derivedTexts(model, settleChild(model, given, { now }), 'lb_ctc')).toEqual([null, expected_]);
  });
});
