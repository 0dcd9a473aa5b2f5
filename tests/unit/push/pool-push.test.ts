/** pool push by the command line: a pool of two sites, and figures of the study's own table worked out by the other engine. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, type Ran } from '../cli/run.ts';
import { password } from '../services/workbench.ts';
import { hasPostgres, startPostgres, type PostgresServer } from './postgres-server.ts';

const home = mkdtempSync(path.join(tmpdir(), 'cahier-pool-push-'));
const pool = path.join(home, 'pool');
const parquet = path.join(home, 'parquet');
let server: PostgresServer | null = null;
const pushed = (words: readonly string[], dir = pool): Promise<Ran> =>
  run(['pool', 'push', '--dir', dir, ...words], {
    environment: { CAHIER_PASSWORD: dir === pool ? password : '' },
  });
const duck = async (sql: string): Promise<readonly Record<string, unknown>[]> => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
  }
};

/** A site with two children, exported; gives the workbook. */
async function siteWorkbook(code: string): Promise<string> {
  const dir = path.join(home, `site-${code}`);
  const site = ['--dir', dir];
  const file = path.join(home, `${code}.xlsx`);
  const made = await run([
    'init',
    ...site,
    '--site-code',
    code,
    '--site-name',
    `Ward ${code}`,
    '--user',
    'anne',
  ]);
  expect(made.code).toBe(0);
  const lines = [1, 2].map((n) =>
    JSON.stringify({
      subject: `${code}-00${n}`,
      event: 'SCR',
      form: 'DM',
      item: 'dm_sex',
      value: n === 1 ? 'F' : 'M',
    }),
  );
  expect((await run(['enter', ...site, '-'], { stdin: `${lines.join('\n')}\n` })).code).toBe(0);
  expect((await run(['export', ...site, '--out', file])).code).toBe(0);
  return file;
}

beforeAll(async () => {
  const files = [await siteWorkbook('07'), await siteWorkbook('02')];
  const pooled = await run(['pool', '--dir', pool, '--user', 'anne', ...files]);
  expect(pooled.err).not.toContain('refused');
  expect(pooled.code).toBe(0);
  if (hasPostgres) server = await startPostgres();
}, 300_000);
afterAll(() => {
  server?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('a pool as Parquet', { timeout: 120_000 }, () => {
  it('lies in one folder for each site and form, and says so to engines', async () => {
    const { code } = await pushed(['--parquet', parquet]);
    expect(code).toBe(0);
    expect(readdirSync(path.join(parquet, 'forms')).sort()).toEqual(['site=02', 'site=07']);
    const rows = await duck(
      `SELECT siteid, form, count(*)::INTEGER AS n FROM read_parquet('${parquet}/forms/*/form=DM/*.parquet') GROUP BY ALL ORDER BY 1`,
    );
    expect(rows).toEqual([
      { siteid: '02', form: 'DM', n: 2 },
      { siteid: '07', form: 'DM', n: 2 },
    ]);
    const deliveries = await duck(
      `SELECT siteid, state FROM read_parquet('${parquet}/deliveries/*.parquet') ORDER BY 1`,
    );
    expect(deliveries).toEqual([
      { siteid: '02', state: 'taken' },
      { siteid: '07', state: 'taken' },
    ]);
  });

  it('is left alone the second time, and that is said', async () => {
    const { code, out } = await pushed(['--parquet', parquet]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Nothing was changed: the folder .* holds this state already/u);
    expect((await pushed(['--parquet', parquet, '--json'])).json()).toMatchObject({
      unchanged: true,
      tables: [],
    });
  });
});

describe.skipIf(!hasPostgres)('a pool in PostgreSQL', { timeout: 120_000 }, () => {
  it('holds the sites together and tells them apart', async () => {
    const { code, out } = await pushed(['--postgres', server?.url() ?? '', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ place: 'schema anakinra_misc', unchanged: false });
    expect(out).not.toContain('ss:w');
    const rows = await server?.texts(
      'SELECT siteid, count(*) AS n FROM anakinra_misc.form_dm JOIN anakinra_misc.subjects USING (siteid, subjid) GROUP BY 1 ORDER BY 1',
    );
    expect(rows).toEqual([
      { siteid: '02', n: '2' },
      { siteid: '07', n: '2' },
    ]);
  });

  it('gives the figures of the study’s own table, and so do its Parquet files', async () => {
    const demo = path.join(home, 'demo');
    const files = path.join(home, 'demo-parquet');
    await run(['demo', '--dir', demo], { environment: {} });
    const asUser = ['--user', 'coordinator'];
    const loaded = await pushed([...asUser, '--postgres', server?.url() ?? '', '--schema', 'demo'], demo);
    expect([loaded.code, loaded.err]).toEqual([0, '']);
    expect((await pushed([...asUser, '--parquet', files], demo)).code).toBe(0);
    const table = await run(['report', 'study-table', '--dir', demo, ...asUser, '--json'], {
      environment: {},
    });
    const figures = table.json() as readonly { row: string; n: number; values: Record<string, number> }[];
    const of = (row: string) => figures.find((figure) => figure.row === row)?.values;
    // Of the children who had anakinra under the skin, as the table counts them.
    const sql = (dm: string, anx: string): string =>
      `SELECT count(*) FILTER (WHERE dm_sex = 'F') AS girls, count(*) AS children, round(avg(dm_age)::numeric(12, 8), 6)::text AS age
       FROM ${dm} WHERE subjid IN (SELECT subjid FROM ${anx} WHERE anx_route = 'SC')`;
    const [inPostgres] = (await server?.texts(sql('demo.form_dm', 'demo.form_anx'))) ?? [];
    const read = (form: string): string => `read_parquet('${files}/forms/*/form=${form}/*.parquet')`;
    const [inParquet] = await duck(sql(read('DM'), read('ANX')));
    for (const found of [inPostgres, inParquet]) {
      expect(Number(found?.['girls'])).toBe(of('girls')?.['count']);
      expect(Number(found?.['children'])).toBe(of('treated')?.['count']);
      expect(Number(found?.['age'])).toBeCloseTo(of('age')?.['mean'] ?? Number.NaN, 5);
    }
  }, 120_000);
});

describe('a push that cannot begin', { timeout: 120_000 }, () => {
  it.each([
    [[]],
    [['--postgres', 'postgresql://a@b/c', '--parquet', 'x']],
    [['--parquet', 'x', '--schema', 's']],
    [['--parquet', '']],
  ])('says that one place has to be named: %j', async (words) => {
    const { code, err } = await pushed(words);
    expect(code).toBe(1);
    expect(err).toBe('Name one place to load into: --postgres URL or --parquet FOLDER.\n');
  });

  it('says what the URL should look like, and repeats nothing of it', async () => {
    const { code, out, err } = await pushed(['--postgres', 'postgres://u:secret@[bad', '--json']);
    expect(code).toBe(1);
    expect(out).toContain('"code":"invalid-input"');
    expect(out + err).not.toContain('secret');
  });
});
