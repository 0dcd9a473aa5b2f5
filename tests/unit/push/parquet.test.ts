/** What is written as Parquet, read by DuckDB. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { parquetMetadata } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planFormTables } from '#shared/push/plan.ts';
import type { Study } from '#shared/study.ts';
import { AppError } from '../../../electron/app-error.ts';
import { expectedRows, storedValues } from '../exports/expected-cells.ts';
import { openExportSite, type ExportSite } from '../exports/site.ts';
import { anakinra, sleepDiary } from '../studies/folders.ts';
import { openFilledSite, pushFrom } from './push-site.ts';
import { asExpected, asWritten, type EngineRow } from './written-cells.ts';

describe.each([
  { name: 'anakinra-misc', studyFolder: anakinra, subjects: ['01-002', '01-001'] },
  { name: 'sleep-diary', studyFolder: sleepDiary, subjects: ['01-S02', '01-S01'] },
])('Parquet files of the study $name', { timeout: 120_000 }, ({ studyFolder, subjects }) => {
  let site: ExportSite;
  let study: Study;
  let duck: DuckDBConnection;
  const home = mkdtempSync(path.join(tmpdir(), 'cahier-parquet-'));
  const folder = path.join(home, 'pooled');
  const push = (to = folder, more: { from?: ExportSite; mayOverwrite?: boolean } = {}) =>
    pushFrom(more.from ?? site, { kind: 'parquet', folder: to, mayOverwrite: more.mayOverwrite ?? false });
  const refusalOf = async (pushed: Promise<unknown>): Promise<string> => {
    const error = await pushed.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof AppError)) throw new Error(`it was not refused: ${String(error)}`);
    return error.refusal.key;
  };
  const rows = async (sql: string): Promise<readonly EngineRow[]> =>
    (await duck.runAndReadAll(sql)).getRowObjectsJson();
  const files = (of = folder): readonly string[] =>
    readdirSync(of, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(path.join(of, name)).isFile(),
    );

  beforeAll(async () => {
    site = await openFilledSite(studyFolder, subjects);
    ({ study } = await site.call('studies.current', {}));
    duck = await (await DuckDBInstance.create(':memory:')).connect();
    await push();
  }, 300_000);
  afterAll(() => {
    duck.closeSync();
    site.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('hold every recorded value, cell by cell, in the tables of the forms', async () => {
    const expected = expectedRows(study, storedValues(site));
    for (const { sheet } of planFormTables(study)) {
      const form = sheet.form.id;
      // A form that nobody filled has no file.
      if (Object.keys(asExpected(expected, form)).length === 0) continue;
      const found = await rows(
        `SELECT * FROM read_parquet('${folder}/forms/site=01/form=${form}/*.parquet')`,
      );
      expect(asWritten(study, form, found), form).toEqual(asExpected(expected, form));
    }
  });

  it('hold every recorded value once among all values, as many and with the same sums as the database', async () => {
    const found = await rows(
      `SELECT form, item, count(*)::INTEGER AS n, sum(number) AS total, siteid, site::VARCHAR AS site
       FROM read_parquet('${folder}/values/*/*/*.parquet') GROUP BY ALL`,
    );
    const recorded = site.rows<{ form: string; item: string; n: number; total: number | null }>(
      `SELECT form.form, item.name AS item, count(*) AS n, sum(number) AS total
       FROM value JOIN form ON form.id = form_id JOIN item ON item.id = item_id
       WHERE parked = 0 AND (text IS NOT NULL OR missing IS NOT NULL) GROUP BY 1, 2`,
    );
    const inOrder = (lines: readonly EngineRow[]): readonly string[] =>
      lines
        .map(({ form, item, n, total }) => `${String(form)} ${String(item)} ${String(n)} ${rounded(total)}`)
        .sort();
    expect(inOrder(found)).toEqual(inOrder(recorded.map((row) => ({ ...row }))));
    expect(new Set(found.map(({ siteid, site: named }) => `${String(siteid)} ${String(named)}`))).toEqual(
      new Set(['01 01']),
    );
  });

  it('know the types of their columns', async () => {
    const types = async (glob: string): Promise<Record<string, unknown>> =>
      Object.fromEntries(
        (await rows(`DESCRIBE SELECT * FROM read_parquet('${folder}/${glob}')`)).map((row) => [
          String(row['column_name']),
          row['column_type'],
        ]),
      );
    expect(await types('values/*/*/*.parquet')).toMatchObject({
      repeat: 'INTEGER',
      number: 'DOUBLE',
      value: 'VARCHAR',
    });
    expect(await types('audit/*.parquet')).toMatchObject({
      at_utc: 'TIMESTAMP WITH TIME ZONE',
      seq: 'BIGINT',
    });
    const wide = await types('forms/*/*/*.parquet');
    expect(wide).toMatchObject({ visitdate: 'DATE', siteid: 'VARCHAR' });
  });

  it('say of which state they are, and what their columns hold, each by itself', () => {
    const manifest = JSON.parse(readFileSync(path.join(folder, '_export.json'), 'utf8')) as {
      exportId: string;
      files: { path: string }[];
    };
    const written = files().filter((name) => name !== '_export.json');
    expect(manifest.files.map((file) => file.path).sort()).toEqual([...written].sort());
    for (const name of written) {
      const bytes = readFileSync(path.join(folder, name));
      const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
      const facts = new Map(
        parquetMetadata(buffer).key_value_metadata?.map(({ key, value }) => [key, value]),
      );
      expect(facts.get('cahier.export_id'), name).toBe(manifest.exportId);
      expect(facts.get('cahier.study'), name).toBe(study.id);
      expect(JSON.parse(facts.get('cahier.columns') ?? ''), name).toHaveProperty(firstColumn(name));
    }
  });

  it('are the same bytes wherever the same state is written', async () => {
    const twin = path.join(home, 'twin');
    await push(twin);
    expect([...files(twin)].sort()).toEqual([...files()].sort());
    for (const name of files())
      expect(readFileSync(path.join(twin, name)).equals(readFileSync(path.join(folder, name))), name).toBe(
        true,
      );
  });

  it('are left as they are when the same state is pushed again', async () => {
    const inode = statSync(folder).ino;
    expect((await push()).outcome).toEqual({ kind: 'unchanged' });
    expect(statSync(folder).ino).toBe(inode);
  });

  it('are written anew where one of them was damaged', async () => {
    const broken = path.join(home, 'broken');
    await push(broken);
    truncateSync(path.join(broken, 'subjects', 'part-0.parquet'), 10);
    expect((await push(broken)).outcome.kind).toBe('loaded');
    expect(readFileSync(path.join(broken, 'subjects', 'part-0.parquet'))).toEqual(
      readFileSync(path.join(folder, 'subjects', 'part-0.parquet')),
    );
  });

  it('are not written over anything that was not pushed there', async () => {
    const theirs = path.join(home, 'theirs');
    mkdirSync(theirs);
    writeFileSync(path.join(theirs, 'analysis.R'), '1');
    expect(await refusalOf(push(theirs, { mayOverwrite: true }))).toBe('push-folder-foreign');
    const beside = path.join(home, 'beside');
    await push(beside);
    writeFileSync(path.join(beside, 'analysis.R'), '1');
    expect(await refusalOf(push(beside, { mayOverwrite: true }))).toBe('push-folder-foreign');
    writeFileSync(path.join(home, 'a-file'), '1');
    expect(await refusalOf(push(path.join(home, 'a-file')))).toBe('push-folder-foreign');
    expect(await refusalOf(push(path.join(home, 'no', 'such', 'folder')))).toBe('push-folder-missing');
  });

  it('are not put in the place of another study', async () => {
    const other = await openExportSite(studyFolder === anakinra ? sleepDiary : anakinra);
    try {
      expect(await refusalOf(push(folder, { from: other, mayOverwrite: true }))).toBe('push-other-study');
    } finally {
      other.close();
    }
  });
});

function rounded(total: unknown): string {
  return total === null ? 'none' : Number(total).toPrecision(10);
}

/** Every table begins with a column of its own. */
function firstColumn(name: string): string {
  const table = name.split(/[\\/]/u)[0] ?? '';
  const first: Readonly<Record<string, string>> = {
    ...{ forms: 'studyid', values: 'siteid', subjects: 'studyid', dictionary: 'place', codes: 'list' },
    ...{
      missing_reasons: 'code',
      units: 'place',
      checks: 'place',
      queries: 'query',
      signatures: 'signature',
      deliveries: 'delivery',
      conflicts: 'conflict',
    },
    audit: 'seq',
  };
  return first[table] ?? '';
}
