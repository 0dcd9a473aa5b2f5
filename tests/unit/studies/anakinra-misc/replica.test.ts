/** The 18 synthetic children give the published results, line by line, and only those rows move that a changed value is in. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { SummaryValues } from '#shared/summary-table.ts';
import { generate } from '../../../../shared/studies/anakinra-misc/replica/generate.ts';
import { anakinra } from '../folders.ts';
import { cell, cellsOf, tableWith } from './document/tables.ts';
import { useReplica, type RowPlace, type Rows } from './replica.ts';

const replica = useReplica();

const published: ReadonlyMap<string, string> = new Map(
  (({ rows, ...table }) =>
    rows.map((row) => {
      const cells = cellsOf({ rows, ...table }, row);
      return [cell(cells, '#'), cell(cells, 'Value').replaceAll('**', '')] as const;
    }))(tableWith('9', '#', 'Item', 'Value')),
);

function valuesOf(rows: Rows, id: string): SummaryValues {
  const values = rows.get(id)?.values;
  if (values === undefined) throw new Error(`the table gives no values of ${id}`);
  return values;
}
function number(rows: Rows, id: string, key: string): number {
  const value = valuesOf(rows, id)[key];
  if (typeof value !== 'number') throw new Error(`${id} has no ${key}`);
  return value;
}
const count = (rows: Rows, id: string): string => String(number(rows, id, 'count'));
const share = (rows: Rows, id: string): string => `${count(rows, id)}/${String(number(rows, id, 'of'))}`;
const percent = (rows: Rows, id: string): string => `${number(rows, id, 'percent').toFixed(0)} %`;
const spread = (rows: Rows, id: string, decimals: number, ofSpread: number): string =>
  `mean ${number(rows, id, 'mean').toFixed(decimals)} ± ${number(rows, id, 'sd').toFixed(ofSpread)}`;
const all = (rows: Rows, id: string): string =>
  number(rows, id, 'count') === number(rows, id, 'of') ? 'all' : 'not all';

/** What the document says in the words of the document, from the numbers of the report. */
const lines: readonly (readonly [item: string, from: (rows: Rows) => string])[] = [
  ['5', (rows) => `${count(rows, 'treated')}, all French`],
  ['6', (rows) => percent(rows, 'girls')],
  ['7', (rows) => `${spread(rows, 'age', 2, 1)} years`],
  ['8', (rows) => `${spread(rows, 'follow_up', 3, 3)} months`],
  ['9', (rows) => count(rows, 'indication_mas')],
  ['10', (rows) => count(rows, 'indication_hf')],
  [
    '11',
    (rows) =>
      `median ${String(number(rows, 'lvef_before', 'median'))} % [${String(number(rows, 'lvef_before', 'q1'))}–${String(number(rows, 'lvef_before', 'q3'))}]`,
  ],
  ['12', (rows) => `${spread(rows, 'dose', 2, 1)} mg/kg/day`],
  ['13', (rows) => `median ${String(number(rows, 'duration', 'median'))} days`],
  ['14', (rows) => `${share(rows, 'cst_before')} (${percent(rows, 'cst_before')})`],
  ['15', (rows) => `${share(rows, 'ivig_before')} (${percent(rows, 'ivig_before')})`],
  ['16', (rows) => count(rows, 'ivig_only')],
  ['17', (rows) => count(rows, 'cst_only')],
  ['18', (rows) => count(rows, 'ivig_and_cst')],
  ['19', (rows) => count(rows, 'neither_before')],
  ['20', (rows) => `"${percent(rows, 'ivig_stopped')} of cases"`],
  [
    '21',
    (rows) =>
      `${count(rows, 'transaminases')} patients, ${count(rows, 'transaminases_mild') === count(rows, 'transaminases') ? 'transient, no treatment, no dose change' : 'not all mild'}`,
  ],
  ['22', (rows) => `>55 % in ${all(rows, 'lvef_48_normal')} patients`],
  [
    '23',
    (rows) =>
      ['troponin_i', 'troponin_t', 'nt_probnp', 'crp'].every(
        (id) => number(rows, id, 'p') < 0.05 && number(rows, id, 'differenceMedian') < 0,
      )
        ? 'significant decrease, p<0.05'
        : 'no significant decrease',
  ],
  ['24', (rows) => share(rows, 'deaths')],
  [
    '25',
    (rows) =>
      `${count(rows, 'sequelae') === '0' ? 'none' : 'some'}; ${all(rows, 'lvef_48_normal') === 'all' ? 'complete recovery of cardiac function' : 'no complete recovery'}`,
  ],
];

/** Items of the published table that entries of treated children can't give, and why. */
const notCounted: Readonly<Record<string, string>> = {
  1: 'The design.',
  2: 'The centres of the whole study; the replica is one site folder.',
  3: 'Asked of each admission below.',
  4: 'The replica has the treated children only, not the 452 others.',
  26: 'Quoted literature.',
  27: 'Asked of each child below.',
  28: 'The publication.',
};

describe('the published table', () => {
  it('is compared in every item', () =>
    expect(
      [...lines.map(([item]) => item), ...Object.keys(notCounted)].sort((a, b) => Number(a) - Number(b)),
    ).toEqual([...published.keys()]));

  it('comes out of the entries, line by line', async () => {
    const rows = await replica.rows();
    expect(Object.fromEntries(lines.map(([item, from]) => [item, from(rows)]))).toEqual(
      Object.fromEntries(lines.map(([item]) => [item, published.get(item)])),
    );
  });

  it('rests on all 18 children, the LVEF before anakinra on the 14 with heart failure', async () => {
    const rows = await replica.rows();
    const counted = [...rows.values()].filter(({ kind }) => kind !== 'paired-change');
    expect(counted.filter(({ missing }) => missing > 0).map(({ row, missing }) => [row, missing])).toEqual([
      // One report of the echocardiography at 48 h says ">55" and no more.
      ['lvef_48', 1],
    ]);
    expect(rows.get('lvef_before')?.n).toBe(14);
  });

  it('has a standard deviation of the dose that is the published one by n too', async () => {
    const rows = await replica.rows();
    expect((number(rows, 'dose', 'sd') * Math.sqrt(17 / 18)).toFixed(1)).toBe('1.3');
  });
});

describe('the entries', () => {
  it('are what the generator writes, byte for byte', () =>
    expect(generate()).toBe(readFileSync(path.join(anakinra, 'replica', 'children.jsonl'), 'utf8')));

  it('leave no hard finding, and no soft one unconfirmed', async () => {
    const bench = replica.bench();
    const { rows } = await bench.call('findings.list', { offset: 0, limit: 200 });
    expect(rows.filter(({ severity }) => severity === 'hard')).toEqual([]);
    const soft = rows.filter(({ severity }) => severity === 'soft');
    expect(soft.filter(({ status }) => status !== 'confirmed')).toEqual([]);
    expect(soft.length).toBeGreaterThan(5);
  });

  it('leave no form half done', async () => {
    const bench = replica.bench();
    const { rows } = await bench.call('subjects.list', { search: '', offset: 0, limit: 100 });
    expect(rows).toHaveLength(18);
    for (const { subject } of rows) {
      const { record } = await bench.call('subjects.open', { subject });
      expect(record.forms.filter(({ state }) => state !== 'complete')).toEqual([]);
    }
  });

  it('pass the verification of trail and values', async () => {
    const bench = replica.bench();
    expect(await bench.call('audit.verify', {})).toMatchObject({ ok: true, problems: [] });
  });
});

describe('every child', () => {
  /** What each of the 18 has in an item that is asked once. */
  async function answersOf(...items: readonly string[]): Promise<readonly (readonly (string | null)[])[]> {
    const values = await replica.values();
    return items.map((item) => values.filter((value) => value.item === item).map(({ text }) => text));
  }

  it('is cared for in France, eligible, and meets the definition that a later review attributes to the study', async () => {
    const [country, eligible, definition] = await answersOf('dm_country', 'enr_elig', 'case_cdc20');
    expect(country).toEqual(Array<string>(18).fill('FR'));
    expect(eligible).toEqual(Array<string>(18).fill('1'));
    expect(definition).toEqual(Array<string>(18).fill('1'));
  });

  it('was admitted from March 2020 to September 2022', async () => {
    const [admitted = []] = await answersOf('enr_admdt');
    expect(admitted).toHaveLength(18);
    expect(admitted.filter((at) => at === null || at < '2020-03' || at >= '2022-10')).toEqual([]);
  });

  it('with heart failure has an LVEF below 55 % before and above it at 48 h', async () => {
    const rows = await replica.rows();
    const before = rows.get('lvef_before')?.counted ?? [];
    const after = new Map(
      rows.get('lvef_48_normal')?.counted.map(({ subject, value }) => [subject, value] as const),
    );
    expect(before).toHaveLength(14);
    expect(before.filter(({ value }) => Number(value) >= 55)).toEqual([]);
    expect(before.filter(({ subject }) => after.get(subject) !== true)).toEqual([]);
  });

  it('in whom transaminases rose needed neither treatment nor another dose, and recovered', async () => {
    const values = await replica.values();
    const rises = values.filter(({ item, text }) => item === 'ae_cat' && text === 'TRANS');
    const answers = rises.map(({ subject, row }) =>
      ['ae_trt', 'ae_act', 'ae_out'].map(
        (item) =>
          values.find((value) => value.subject === subject && value.item === item && value.row === row)?.text,
      ),
    );
    expect(answers).toEqual(Array<string[]>(4).fill(['0', 'NONE', 'RECOVERED']));
  });

  it('but one tolerated the immunoglobulins', async () => {
    const values = await replica.values();
    const stopped = values.filter(
      ({ item, text }) =>
        text !== null &&
        ((item === 'ig_tol' && text.includes('"2"')) || (item === 'ig_act' && text.includes('"3"'))),
    );
    expect(stopped.map(({ subject, item }) => [subject, item])).toEqual([
      ['01-003', 'ig_tol'],
      ['01-003', 'ig_act'],
    ]);
  });
});

/** Ids of the rows that say something else, or of other children. */
function changedRows(before: Rows, after: Rows): readonly string[] {
  const standing = (rows: Rows, id: string): string => {
    const { n, missing, values, text } = rows.get(id) ?? {};
    return JSON.stringify({ n, missing, values, text });
  };
  return [...before.keys()].filter((id) => standing(before, id) !== standing(after, id));
}

describe('one value more or less changes the rows that it is in, and no other', () => {
  const at = (subject: string, event: string, form: string, row = 1): RowPlace => ({
    ...{ subject, event, form, row },
  });
  test.each([
    ['the sex of a child', at('01-001', 'SCR', 'DM'), { dm_sex: 'F' }, ['girls']],
    ['a month of birth', at('01-007', 'SCR', 'DM'), { dm_birth: '03/2010' }, ['age']],
    [
      'an indication',
      at('01-012', 'PRE', 'AND'),
      { and_ind: 'FEV' },
      ['indication_hf', 'indication_other', 'lvef_before'],
    ],
    ['one dose', at('01-012', 'LOG', 'ANX'), { anx_mg: '50' }, ['dose']],
    ['the weight of a dose', at('01-016', 'PRE', 'AND'), { and_wt: '15,5' }, ['dose']],
    ['an LVEF before anakinra', at('01-002', 'PRE', 'EC'), { ec_ef: '43' }, ['lvef_before']],
    [
      'an LVEF before anakinra of a child without heart failure',
      at('01-004', 'PRE', 'EC'),
      { ec_ef: '62' },
      [],
    ],
    ['an LVEF that no heart has', at('01-002', 'PRE', 'EC'), { ec_ef: '0,41' }, ['lvef_before']],
    [
      'an LVEF at 48 h of exactly 55 %',
      at('01-002', 'H48', 'EC'),
      { ec_ef: '55' },
      ['lvef_48', 'lvef_48_normal'],
    ],
    ['a troponin T at 48 h', at('01-007', 'H48', 'LB', 5), { lb_val: '9 ng/L' }, ['troponin_t']],
    ['a CRP at 48 h', at('01-007', 'H48', 'LB', 1), { lb_val: '290 mg/L' }, ['crp']],
    ['a CRP of day 7', at('01-007', 'D7', 'LB', 1), { lb_val: '290 mg/L' }, []],
    [
      'immunoglobulins that began an hour after the first dose',
      at('01-013', 'LOG', 'IG'),
      { ig_sdt: '30/04/2021 15:00', ig_edt: '01/05/2021 03:00' },
      ['ivig_before', 'ivig_only', 'neither_before', 'ivig_stopped'],
    ],
    [
      'immunoglobulins that begin after they end: nothing is told of them any more',
      at('01-013', 'LOG', 'IG'),
      { ig_sdt: '30/04/2021 15:00' },
      ['ivig_before', 'ivig_only', 'cst_only', 'ivig_and_cst', 'neither_before', 'ivig_stopped'],
    ],
    [
      'corticosteroids that began an hour before the first dose',
      at('01-013', 'LOG', 'CS'),
      { cs_sdt: '30/04/2021 13:00' },
      ['cst_before', 'ivig_only', 'ivig_and_cst'],
    ],
    ['what was done about the infusion', at('01-003', 'LOG', 'IG'), { ig_act: '2, 4, 5' }, ['ivig_stopped']],
    ['a treated rise of transaminases', at('01-006', 'LOG', 'AE'), { ae_trt: '1' }, ['transaminases_mild']],
    ['a sequela at discharge', at('01-010', 'DIS', 'DSC'), { dsc_seq: 'COR' }, ['sequelae']],
    ['the last visit of a child', at('01-003', 'UNS1', 'FU'), { fu_dt: '28/07/2021' }, ['follow_up']],
    ['a visit before the last', at('01-003', 'M6', 'FU'), { fu_dt: '03/11/2020' }, []],
    ['a route', at('01-018', 'LOG', 'ANX', 2), { anx_route: 'IVB' }, []],
  ] as const)('%s', async (_, place, answers, expected) => {
    const before = await replica.rows();
    expect(changedRows(before, await replica.rowsWith(place, answers))).toEqual(expected);
    expect(changedRows(before, await replica.rows())).toEqual([]);
  });

  it('a missed echocardiography of one child leaves the others counted', async () => {
    await replica.bench().call('forms.removeRow', {
      ...{ subject: '01-010', event: 'H48', form: 'EC', group: 'EC', row: 1, reason: 'SOURCE' },
    });
    const row = (await replica.rows()).get('lvef_48_normal');
    expect([row?.text.en, row?.missing]).toEqual(['17/17 (100%)', 1]);
  });
});
