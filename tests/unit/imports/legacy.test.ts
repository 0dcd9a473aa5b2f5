import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportMapping } from '#shared/import-mapping.ts';
import { run, type Ran } from '../cli/run.ts';
import { importFolder, type Folder } from './files.ts';
import { legacyMapping, writeLegacySheet } from './legacy-sheet.ts';

let folder: Folder;
let dir: string;
let file: string;
let mapping: string;
const initial = { CAHIER_PASSWORD: 'correct horse battery' };

interface Printed {
  readonly read: number;
  readonly accepted: number;
  readonly same: number;
  readonly empty: number;
  readonly conflicts: readonly Record<string, unknown>[];
  readonly refused: readonly {
    subject: string;
    item: string | null;
    message: string;
    from: { column: string; row: number };
  }[];
  readonly findings: readonly { check: string; subject: string }[];
  readonly dryRun: boolean;
  readonly newSubjects: number;
}
const importing = (...more: readonly string[]): Promise<Ran> =>
  run(['import', file, '--dir', dir, '--json', ...more], { environment: initial });
const values = async (): Promise<readonly Record<string, unknown>[]> =>
  (await run(['values', '--dir', dir, '--json'], { environment: initial })).json() as Record<
    string,
    unknown
  >[];

beforeAll(async () => {
  folder = importFolder();
  dir = folder.file('site');
  file = folder.file('cohort.xlsx');
  mapping = folder.write('mapping.json', JSON.stringify(legacyMapping));
  await writeLegacySheet(file);
  await run(['init', '--dir', dir, '--site-code', '01', '--site-name', 'Ward 7', '--user', 'anne'], {
    environment: initial,
  });
}, 60_000);
afterAll(() => {
  folder.remove();
});

describe('a sheet with patients as columns', () => {
  it('is tried without writing anything, and every cell is accounted for', async () => {
    const ran = await importing('--mapping', mapping, '--dry-run');
    const tried = ran.json() as Printed;
    expect(ran.code).toBe(1);
    expect(tried.dryRun).toBe(true);
    expect(tried.read).toBe(
      tried.accepted + tried.same + tried.conflicts.length + tried.refused.length + tried.empty,
    );
    expect(tried.findings.map(({ check }) => check)).toContain('lb_val.soft');
    expect(await values()).toEqual([]);
  });

  it('is imported but for the cells that cannot be read, each with its place and its why', async () => {
    const imported = (await importing('--mapping', mapping)).json() as Printed;
    expect(imported.newSubjects).toBe(4);
    expect(
      imported.refused.map(({ subject, item, from }) => [subject, item, `${from.column}${String(from.row)}`]),
    ).toEqual([
      ['01-004', null, 'E10'],
      ['01-004', 'dm_birth', 'E5'],
      ['01-004', 'ec_dt', 'E9'],
      ['01-004', 'ec_ef', 'E8'],
    ]);
    expect(imported.refused[0]?.message).toBe('The cell holds a formula: put the value in its place.');
  });

  it('has its comparators, units, dates and missing words understood', async () => {
    const found = new Map(
      (await values()).map((value) => [
        `${String(value['subject'])} ${String(value['item'])} ${String(value['row'])}`,
        value,
      ]),
    );
    const shown = (key: string): unknown => {
      const { relation, value, unit, missing } = found.get(key) ?? {};
      return missing ?? [relation, value, unit].filter((part) => typeof part === 'string').join(' ');
    };
    expect(
      [
        '01-001 dm_sex 1',
        '01-003 dm_sex 1',
        '01-004 dm_sex 1',
        '01-001 dm_birth 1',
        '01-002 dm_birth 1',
        '01-003 dm_birth 1',
        '01-002 dm_country 1',
        '01-001 ons_fevdur 1',
        '01-002 ons_fevdur 1',
        '01-003 ons_fevdur 1',
        '01-004 ons_fevdur 1',
        '01-001 ec_ef 1',
        '01-002 ec_ef 1',
        '01-003 ec_ef 1',
        '01-001 ec_dt 1',
        '01-002 ec_dt 1',
        '01-003 ec_dt 1',
        '01-001 lb_val 1',
        '01-001 lb_unit 1',
        '01-002 lb_val 1',
        '01-002 lb_unit 1',
        '01-002 lb_std 1',
        '01-003 lb_cmp 1',
        '01-002 lb_cmp 2',
        '01-001 lb_test 2',
        '01-002 lb_unit 2',
        '01-004 lb_val 2',
      ].map((key) => `${key} ${String(shown(key))}`),
    ).toEqual([
      '01-001 dm_sex 1 M',
      '01-003 dm_sex 1 M',
      '01-004 dm_sex 1 M',
      '01-001 dm_birth 1 2011-09',
      '01-002 dm_birth 1 2015-10',
      '01-003 dm_birth 1 NK',
      '01-002 dm_country 1 FR',
      '01-001 ons_fevdur 1 = 5 d',
      '01-002 ons_fevdur 1 >= 4 d',
      '01-003 ons_fevdur 1 >= 4 d',
      '01-004 ons_fevdur 1 ND',
      '01-001 ec_ef 1 = 62 %',
      '01-002 ec_ef 1 > 55 %',
      '01-003 ec_ef 1 = 35 %',
      '01-001 ec_dt 1 2021-11-03T14:20',
      '01-002 ec_dt 1 2021-11-03T10:00',
      '01-003 ec_dt 1 2021-11-03T09:30',
      '01-001 lb_val 1 = 140 mg/L',
      '01-001 lb_unit 1 mg/L',
      '01-002 lb_val 1 = 14 mg/dL',
      '01-002 lb_unit 1 mg/dL',
      '01-002 lb_std 1 140.000',
      '01-003 lb_cmp 1 <',
      '01-002 lb_cmp 2 >',
      '01-001 lb_test 2 ferr',
      '01-002 lb_unit 2 ng/mL',
      '01-004 lb_val 2 ND',
    ]);
  });

  it('is all the same the second time, and the corrected cells alone are taken the third', async () => {
    const again = (await importing('--mapping', mapping)).json() as Printed;
    expect([again.accepted, again.conflicts.length, again.refused.length]).toEqual([0, 0, 4]);
    const corrected = structuredClone(legacyMapping) as unknown as {
      tables: [{ columns: { values?: object }[] }];
    };
    Object.assign(corrected.tables[0].columns[4] ?? {}, { values: { normal: '60' } });
    const other = folder.write('corrected.json', JSON.stringify(corrected));
    expect(((await importing('--mapping', other)).json() as Printed).accepted).toBe(1);
  });

  it('leaves what stands and names both values, until somebody decides with a reason', async () => {
    const line = JSON.stringify({ subject: '01-001', event: 'SCR', form: 'DM', item: 'dm_sex', value: 'F' });
    await run(['enter', '-', '--dir', dir, '--json'], { stdin: `${line}\n`, environment: initial });
    const left = await importing('--mapping', mapping);
    expect(left.code).toBe(1);
    expect((left.json() as Printed).conflicts).toMatchObject([
      {
        subject: '01-001',
        item: 'dm_sex',
        standing: { text: 'F' },
        incoming: { text: 'M' },
        from: { column: 'B', row: 4 },
      },
    ]);
    expect((await importing('--mapping', mapping, '--overwrite')).json()).toMatchObject({
      error: { code: 'reason-needed' },
    });
    const decided = (
      await importing('--mapping', mapping, '--overwrite', '--reason', 'Checked in the chart')
    ).json() as Printed;
    expect([decided.accepted, decided.conflicts.length]).toEqual([1, 0]);
    const history = await run(
      [
        'history',
        '--dir',
        dir,
        '--json',
        '--subject',
        '01-001',
        '--event',
        'SCR',
        '--form',
        'DM',
        '--item',
        'dm_sex',
      ],
      { environment: initial },
    );
    expect((history.json() as object[]).at(-1)).toMatchObject({
      origin: 'import',
      reason: 'Checked in the chart',
      new: { text: 'M' },
    });
  });
});

describe('a mapping', () => {
  it('is proposed from the headers, in either language', async () => {
    const ran = await run(['import', file, '--dir', dir, '--guess'], { environment: initial });
    const guess = ImportMapping.parse(ran.json());
    const [table] = guess.tables;
    expect(table?.orientation).toBe('columns');
    expect(table?.subject).toEqual({ column: 'Patient', prefix: '01-', digits: 3 });
    expect(
      table?.columns.map(({ column, item, with: others }) => [column, item, others?.['lb_test'] ?? null]),
    ).toEqual([
      ['Sex at birth', 'dm_sex', null],
      ['Birth (year and month only)', 'dm_birth', null],
      ['Country of care', 'dm_country', null],
      ['Fever duration at admission (days)', 'ons_fevdur', null],
      ['LVEF %', 'ec_ef', null],
      ['CRP (mg/L)', 'lb_val', 'crp'],
      ['Ferritin', 'lb_val', 'ferr'],
    ]);
    expect(table?.missing).toEqual({ '-999': 'NK' });
    expect(table?.columns[0]?.values).toEqual({ boy: null });
    expect(table?.ignored).toContain('Comment');
  });

  it.each([
    ['no JSON', '{', 'invalid-input', /not JSON/u],
    ['another format', '{"cahierMapping":2}', 'invalid-input', /cahierMapping/u],
    ['another study', JSON.stringify({ ...legacyMapping, study: 'other' }), 'invalid-input', /study other/u],
    [
      'a column that is not there',
      JSON.stringify(withColumn({ column: 'Nothing' })),
      'not-found',
      /column Nothing/u,
    ],
    [
      'an item that the study does not have',
      JSON.stringify(withColumn({ item: 'nothing' })),
      'not-found',
      /item nothing/u,
    ],
  ])('is refused when it is %s', async (_, content, code, words) => {
    const other = folder.file('other.json');
    writeFileSync(other, content);
    const ran = await importing('--mapping', other);
    expect(ran.code).toBe(1);
    const { error } = ran.json() as { error: { code: string; message: string } };
    expect(error.code).toBe(code);
    expect(error.message).toMatch(words);
  });

  it('is kept with the study once it was used, and the trail tells of it', async () => {
    const verified = (await run(['verify', '--dir', dir, '--json'], { environment: initial })).json();
    expect(verified).toMatchObject({ ok: true });
  });
});

describe('a text table with a line for each visit', () => {
  it('is imported by event and counted rows, month first where the mapping says so', async () => {
    const table = folder.write(
      'doses.csv',
      'Child;When;Weight;Unit\n5;12/25/2021 08:00;12,5;kg\n5;12/26/2021 08:00;12,7;kg\n;1/2/2022 9:00;13;kg\n6;13/26/2021 08:00;x;kg\n',
    );
    const byLine = folder.write(
      'lines.json',
      JSON.stringify({
        cahierMapping: 1,
        name: 'Weights',
        study: 'anakinra-misc',
        tables: [
          {
            subject: { column: 'Child', prefix: '01-', digits: 3 },
            event: 'SCR',
            row: 'counted',
            dateOrder: 'mdy',
            columns: [
              { column: 'When', item: 'vs_dt' },
              { column: 'Weight', item: 'vs_wt', unitColumn: 'Unit' },
            ],
          },
        ],
      }),
    );
    const ran = await run(['import', table, '--mapping', byLine, '--dir', dir, '--json'], {
      environment: initial,
    });
    const done = ran.json() as Printed;
    expect([done.read, done.accepted, done.refused.length, done.newSubjects]).toEqual([8, 4, 4, 1]);
    const weights = (await values()).filter(({ item }) => item === 'vs_wt' || item === 'vs_dt');
    expect(weights.map(({ subject, row, value }) => [subject, row, value])).toEqual([
      ['01-005', 1, '2021-12-25T08:00'],
      ['01-005', 1, '12.5'],
      ['01-005', 2, '2021-12-26T08:00'],
      ['01-005', 2, '12.7'],
    ]);
  });
});

function withColumn(change: object): object {
  const [table] = legacyMapping.tables;
  return { ...legacyMapping, tables: [{ ...table, columns: [{ ...table.columns[0], ...change }] }] };
}
