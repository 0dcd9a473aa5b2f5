/** The study's table over a handful of children, each there for one thing that it must count, or must not. */
import { describe, expect, it, test } from 'vitest';
import { summarize, type SummaryRowResult, type TabledSubject } from '#shared/summary-table.ts';
import type { RecordedValue } from '#shared/record.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { settleChild, type Given } from '../scenario.ts';
import { boy, course, dose, enrolled, infusion, measured, missedDose, now, t0 } from './children.ts';
import { model, study } from './study.ts';

function child(given: Given, position: number): TabledSubject {
  const index = settleChild(model, given, { now });
  return { index: { ...index, subject: `01-00${String(position + 1)}` }, contradicted: [] };
}

function tableOf(...children: readonly Given[]): (row: string) => SummaryRowResult {
  const rows = summarize(model, children.map(child)).flatMap((table) =>
    table.sections.flatMap((section) => section.rows),
  );
  return (id) => {
    const row = rows.find((known) => known.row === id);
    if (row === undefined) throw new Error(`the table has no row ${id}`);
    return row;
  };
}
const said = (row: SummaryRowResult): readonly [string, number] => [row.text.en, row.missing];

const treated: Given = { ...measured, AND: { and_ind: 'HF', and_wt: '32' }, ANX: dose(t0) };
const discharged = { dsc_dt: '2021-11-10 12:00', dsc_type: 'HOME', dsc_seq: 'NONE' };
const sample = (at: string, test: string, value: string) => ({ lb_dt: at, lb_test: test, lb_val: value });
const echo = (at: string, ef: string) => ({ ec_dt: at, ec_ef: ef });
const rise = {
  ae_term: 'ALT rise',
  ae_cat: 'TRANS',
  ae_sdt: '2021-11-04 08:00',
  ae_trt: '0',
  ae_act: 'NONE',
  ae_out: 'RECOVERED',
};

describe('who is counted', () => {
  test.each([
    ['a child with a subcutaneous dose', treated, '1/1 (100%)', 0],
    ['no dose', measured, '0/1 (0%)', 0],
    ['an intravenous dose only', { ...measured, ANX: { ...dose(t0), anx_route: 'IVB' } }, '0/1 (0%)', 0],
    ['a planned dose that was not given', { ...measured, ANX: missedDose(t0) }, '0/1 (0%)', 0],
    [
      'a dose whose route is not known',
      { ...measured, ANX: { anx_dt: t0, anx_mg: '100' } },
      'not evaluable',
      1,
    ],
    ['no recorded non-opposition', { ...treated, ENR: { ...enrolled, enr_noopp: '0' } }, 'not evaluable', 0],
    ['another diagnosis', { ...treated, ENR: { ...enrolled, enr_misc: '0' } }, 'not evaluable', 0],
  ] as const)('%s', (_, given, text, missing) => {
    expect(said(tableOf(given)('treated'))).toEqual([text, missing]);
  });

  it('a child who was not treated is in no row of the treated', () =>
    expect(said(tableOf(treated, boy)('girls'))).toEqual(['0/1 (0%)', 0]));
});

describe('treatment before anakinra', () => {
  const none = { IG: { ig_given: '0' }, CS: { cs_given: '0' } };
  const table = tableOf(
    { ...treated, IG: infusion, CS: course },
    { ...treated, ...none, IG: infusion },
    { ...treated, ...none, CS: course },
    { ...treated, ...none },
    { ...treated, ...none, IG: { ig_given: '1', ig_sdt: 'NK' } },
  );
  test.each([
    ['cst_before', '2/5 (40%)', 0],
    ['ivig_before', '2/4 (50%)', 1],
    ['ivig_only', '1/4 (25%)', 1],
    ['cst_only', '1/4 (25%)', 1],
    ['ivig_and_cst', '1/4 (25%)', 1],
    ['neither_before', '1/4 (25%)', 1],
  ] as const)('%s', (row, text, missing) => {
    expect(said(table(row))).toEqual([text, missing]);
  });

  it('IVIG stopped for cardiovascular intolerance is counted of those who had IVIG before', () => {
    const stopped = { ...treated, IG: { ...infusion, ig_tol: '2', ig_act: '3' } };
    const tolerated = { ...treated, IG: { ...infusion, ig_tol: '0' } };
    const row = tableOf(stopped, tolerated, { ...treated, ...none })('ivig_stopped');
    expect(said(row)).toEqual(['1/2 (50%)', 0]);
    expect(row).toMatchObject({ convention: true, population: { en: 'of them with IVIG before anakinra' } });
  });
});

describe('cardiac function', () => {
  const before = (ef: string): Given => ({ ...treated, 'EC@PRE': [echo('2021-11-03 08:00', ef)] });
  const after = (at: string, ef: string): Given => ({ ...treated, 'EC@H48': [echo(at, ef)] });

  it('LVEF before anakinra is that of the children with heart failure', () => {
    const mas = { ...before('70'), AND: { and_ind: 'MAS' } };
    expect(tableOf(before('30'), before('39,5'), before('45'), mas)('lvef_before').text.en).toBe(
      '39.5 [34.8–42.3]',
    );
  });

  test.each([
    ['within 36 to 60 h', after('2021-11-05 10:00', '58'), '1/1 (100%)', 0],
    ['exactly 55', after('2021-11-05 10:00', '55'), '0/1 (0%)', 0],
    ['known as more than 55', after('2021-11-05 10:00', '>55'), '1/1 (100%)', 0],
    ['known as more than 50', after('2021-11-05 10:00', '>50'), 'not evaluable', 1],
    ['61 h after the first dose', after('2021-11-05 23:00', '58'), 'not evaluable', 1],
    ['not done', treated, 'not evaluable', 1],
  ] as const)('LVEF at 48 h %s', (_, given, text, missing) => {
    expect(said(tableOf(given)('lvef_48_normal'))).toEqual([text, missing]);
  });
});

describe('biomarkers', () => {
  const pair = (test: string, before: string, after: string): Given => ({
    ...treated,
    'LB@PRE': [sample('2021-11-03 08:00', test, before)],
    'LB@H48': [sample('2021-11-05 10:00', test, after)],
  });

  it('are tested in pairs, troponin I with I', () => {
    const falls = [[410, 90], [250, 61], [1200, 300], [88, 40], [640, 77], [95, 31]] as const; // prettier-ignore
    const row = tableOf(
      ...falls.map(([before, after]) => pair('tni', `${String(before)} ng/L`, `${String(after)} ng/L`)),
    )('troponin_i');
    expect(row.values).toMatchObject({
      pairs: 6,
      firstMedian: 330,
      secondMedian: 69,
      statistic: 21,
      p: 0.03125,
    });
    expect(row.text.en).toBe('330 → 69 (−75%), p = 0.031');
  });

  it('are in the storage unit, whatever unit was reported', () =>
    expect(tableOf(pair('tni', '0.41 ng/mL', '90 ng/L'))('troponin_i').counted).toEqual([
      { subject: '01-001', value: [410, 90] },
    ]));

  it('a censored one is no number', () => {
    const row = tableOf(pair('ntbnp', '>35000 ng/L', '2100 ng/L'))('nt_probnp');
    expect(row).toMatchObject({ n: 0, missing: 1, missed: [{ cause: 'censored', item: 'ntbnp_pre' }] });
  });

  it('a sample after the first dose is none of before', () => {
    const late = {
      ...pair('crp', '200 mg/L', '60 mg/L'),
      'LB@PRE': [sample('2021-11-03 11:00', 'crp', '200 mg/L')],
    };
    expect(said(tableOf(late)('crp'))).toEqual(['not evaluable', 1]);
  });
});

describe('safety and outcome', () => {
  const home: Given = { ...treated, DSC: discharged };

  test.each([
    ['a rise on anakinra', { ...home, AE: rise }, '1/1 (100%)', '1/1 (100%)', '1 in 1'],
    [
      'a rise before the first dose',
      { ...home, AE: { ...rise, ae_sdt: '2021-11-02 08:00' } },
      '0/1 (0%)',
      '0/1 (0%)',
      '0 in 0',
    ],
    [
      'a rise that was treated',
      { ...home, AE: { ...rise, ae_trt: '1' } },
      '1/1 (100%)',
      '0/1 (0%)',
      '1 in 1',
    ],
    ['none until discharge', home, '0/1 (0%)', '0/1 (0%)', '0 in 0'],
    ['an empty log before discharge is no “no”', treated, 'not evaluable', 'not evaluable', 'not evaluable'],
    [
      'a start that is not known',
      { ...home, AE: { ...rise, ae_sdt: 'NK' } },
      'not evaluable',
      'not evaluable',
      'not evaluable',
    ],
  ] as const)('%s', (_, given, any, mild, events) => {
    const table = tableOf(given);
    expect(
      ['transaminases', 'transaminases_mild', 'transaminase_events'].map((row) => table(row).text.en),
    ).toEqual([any, mild, events]);
  });

  it('a death is counted, and asked for no sequelae', () => {
    const table = tableOf(home, { ...treated, DSC: { dsc_dt: '2021-11-08 12:00', dsc_type: 'DEATH' } });
    expect(said(table('deaths'))).toEqual(['1/2 (50%)', 0]);
    expect(said(table('sequelae'))).toEqual(['0/1 (0%)', 0]);
  });

  it('a sequela at a visit counts as one at discharge', () => {
    const visit = { fu_dt: '2021-12-08', fu_stat: 'ALIVE', fu_seq: 'LV' };
    expect(said(tableOf({ ...home, 'FU@M1': visit })('sequelae'))).toEqual(['1/1 (100%)', 0]);
  });
});

describe('the items that the table says it reads', () => {
  /** The child with nothing known of it but the values of these items. */
  function narrowed({ index, contradicted }: TabledSubject, items: ReadonlySet<string>): TabledSubject {
    const values = index.instances.flatMap((instance) =>
      instance.rows.flat().flatMap((row) =>
        row.group.items.flatMap((placed, position): readonly RecordedValue[] => {
          const cell = row.cells[position] ?? null;
          if (cell === null || !items.has(placed.item.id)) return [];
          const place = { event: row.event.id, form: placed.form.id, row: row.row, item: placed.item.id };
          return [{ ...place, ...cell.value, version: 1, derived: cell.derived, parked: false }];
        }),
      ),
    );
    const record = { subject: index.subject, site: index.site, forms: [], values };
    return { index: indexSubject(model, record), contradicted };
  }
  const everything: Given = {
    ...treated,
    'EC@PRE': [echo('2021-11-03 08:00', '39,5')],
    'EC@H48': [echo('2021-11-05 10:00', '58')],
    'LB@PRE': [sample('2021-11-03 08:00', 'tni', '410 ng/L')],
    'LB@H48': [sample('2021-11-05 10:00', 'tni', '90 ng/L')],
    ANX: [dose(t0), missedDose('2021-11-04 10:00'), dose('2021-11-05 10:00')],
    IG: { ...infusion, ig_tol: '2', ig_act: '3' },
    CS: course,
    AE: rise,
    DSC: discharged,
    'FU@M1': { fu_dt: '2021-12-08', fu_stat: 'ALIVE', fu_seq: 'NONE' },
  };
  const children = [everything, treated, measured, boy, { ...treated, AE: { ...rise, ae_sdt: 'NK' } }].map(
    child,
  );
  const reads = new Set(model.tables.flatMap((table) => [...table.reads]));

  it('give the same table as everything does', () => {
    expect(
      summarize(
        model,
        children.map((one) => narrowed(one, reads)),
      ),
    ).toEqual(summarize(model, children));
  });

  it('are a fraction of what is recorded', () => expect(reads.size).toBeLessThan(model.items.length / 3));

  it('and what these rest on leads back to a value under an open hard finding', () => {
    const place = { event: 'SCR', form: 'DM', row: 1, item: 'dm_birth' };
    const restsOn = new Set(model.tables.flatMap((table) => [...table.restsOn]));
    const doubtful = children.map((one) => ({ ...one, contradicted: [place] }));
    const table = summarize(
      model,
      doubtful.map((one) => narrowed(one, restsOn)),
    );
    expect(table).toEqual(summarize(model, doubtful));
    const age = table
      .flatMap(({ sections }) => sections.flatMap(({ rows }) => rows))
      .find(({ row }) => row === 'age');
    expect(age).toMatchObject({ n: 0, missing: 3 });
    expect(new Set(age?.missed.map(({ cause }) => cause))).toEqual(new Set(['contradicted']));
  });
});

test('every row of section 9 that data can give is there', () => {
  const rows = study.tables.flatMap((table) => table.sections.flatMap((section) => section.rows));
  const items = rows.flatMap(({ source }) =>
    source.startsWith('CRF 9') ? [...source.matchAll(/\d+/gu)].slice(1).map(([item]) => Number(item)) : [],
  );
  expect(Array.from({ length: 22 }, (_, step) => step + 4).filter((item) => !items.includes(item))).toEqual(
    [],
  );
});

test('what the register leaves open is marked as a convention, with what is open', () => {
  const rows = study.tables.flatMap((table) => table.sections.flatMap((section) => section.rows));
  const open = [
    'age',
    'follow_up',
    'indication_mas',
    'lvef_before',
    'ivig_stopped',
    'lvef_48_normal',
    'troponin_i',
  ];
  expect(
    rows.filter(
      ({ id, convention, note }) => open.includes(id) && (convention !== true || note === undefined),
    ),
  ).toEqual([]);
});
