/** What is loaded into PostgreSQL, by a server of the test's own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planFormTables } from '#shared/push/plan.ts';
import type { Study } from '#shared/study.ts';
import { AppError } from '../../../electron/app-error.ts';
import { openExportSite, type ExportSite } from '../exports/site.ts';
import { expectedRows, storedValues } from '../exports/expected-cells.ts';
import { anakinra, sleepDiary } from '../studies/folders.ts';
import { hasPostgres, startPostgres, type PostgresServer } from './postgres-server.ts';
import { openFilledSite, pushFrom } from './push-site.ts';
import { asExpected, asWritten } from './written-cells.ts';

describe.skipIf(!hasPostgres)('a push into PostgreSQL', { timeout: 120_000 }, () => {
  let server: PostgresServer;
  let site: ExportSite;
  let study: Study;
  const push = (
    schema: string | null,
    more: { from?: ExportSite; url?: string; mayOverwrite?: boolean } = {},
  ) =>
    pushFrom(more.from ?? site, {
      ...{ kind: 'postgres', url: more.url ?? server.url(), schema },
      mayOverwrite: more.mayOverwrite ?? false,
    });
  const refusalOf = async (pushed: Promise<unknown>): Promise<{ key: string; message: string }> => {
    const error = await pushed.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof AppError)) throw new Error(`it was not refused: ${String(error)}`);
    return error.refusal;
  };
  const count = async (table: string): Promise<number> =>
    Number((await server.rows<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n);

  beforeAll(async () => {
    server = await startPostgres();
    site = await openFilledSite(anakinra, ['01-002', '01-001']);
    ({ study } = await site.call('studies.current', {}));
    const { outcome } = await push(null);
    expect(outcome.kind).toBe('loaded');
  }, 300_000);
  afterAll(() => {
    site.close();
    server.stop();
  });

  it('holds every recorded value, cell by cell, in the tables of the forms', async () => {
    const expected = expectedRows(study, storedValues(site));
    for (const { sheet, table } of planFormTables(study)) {
      const rows = await server.texts(`SELECT * FROM anakinra_misc.${table.name}`);
      expect(asWritten(study, sheet.form.id, rows), table.name).toEqual(asExpected(expected, sheet.form.id));
    }
  });

  it('holds every recorded value once in the long table, with what belongs to it', async () => {
    const kept = storedValues(site).filter(
      ({ parked, text, missing }) => parked === 0 && (text !== null || missing !== null),
    );
    const rows = await server.texts('SELECT * FROM anakinra_misc.item_values');
    const written = rows.map((row) => [
      ...[row['subjid'], row['visit'], row['form'], Number(row['repeat']), row['item'], row['value']],
      ...[row['number'] === null ? null : Number(row['number']), row['date_precision'], row['missing']],
    ]);
    const recorded = kept.map((value) => [
      ...[value.subject, value.event, value.form, value.row, value.item, value.text],
      ...[value.number, value.precision, value.missing],
    ]);
    const inOrder = (lines: readonly unknown[]): readonly string[] =>
      lines.map((line) => JSON.stringify(line)).sort();
    expect(inOrder(written)).toEqual(inOrder(recorded));
  });

  it('keeps numbers exact, dates as dates, moments as moments and choices as 0 and 1', async () => {
    const types = await server.texts(
      `SELECT column_name AS name, data_type AS type FROM information_schema.columns
       WHERE table_schema = 'anakinra_misc' AND table_name IN ('form_vs', 'form_mh', 'audit')`,
    );
    const of = Object.fromEntries(types.map(({ name, type }) => [String(name), type]));
    expect(of).toMatchObject({ vs_wt: 'numeric', vs_hr: 'bigint', visitdate: 'date', repeat: 'smallint' });
    expect(of).toMatchObject({ vs_dt: 'timestamp without time zone', at_utc: 'timestamp with time zone' });
  });

  it('says of every column of a form what it holds, in both languages', async () => {
    const [row] = await server.texts(
      `SELECT col_description('anakinra_misc.form_vs'::regclass, attnum) AS words FROM pg_attribute
       WHERE attrelid = 'anakinra_misc.form_vs'::regclass AND attname = 'vs_wt'`,
    );
    const item = study.forms
      .flatMap(({ groups }) => groups.flatMap(({ items }) => items))
      .find(({ id }) => id === 'vs_wt');
    expect(row?.['words']).toBe(`${item?.label.en ?? ''} (kg)\n${item?.label.fr ?? ''} (kg)`);
  });

  it('explains every column of a form in the dictionary', async () => {
    const [row] = await server.texts(
      `SELECT count(*) AS n FROM information_schema.columns AS c
       WHERE table_schema = 'anakinra_misc' AND table_name LIKE 'form\\_%' AND ordinal_position > 8 AND NOT EXISTS (
         SELECT 1 FROM anakinra_misc.dictionary AS d WHERE d.table_name = c.table_name AND d.column_name = c.column_name)`,
    );
    expect(row?.['n']).toBe('0');
  });

  it('needs no quotes for any name', async () => {
    const [row] = await server.texts(
      `SELECT string_agg(attname, ' ') AS quoted FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
       WHERE relnamespace = 'anakinra_misc'::regnamespace AND attnum > 0 AND relkind = 'r'
         AND quote_ident(attname) <> attname`,
    );
    expect(row?.['quoted']).toBeNull();
  });

  it.each([
    `UPDATE anakinra_misc.form_dm SET dm_sex = 'X'`,
    `UPDATE anakinra_misc.form_vs SET subjid = '01-999'`,
    `UPDATE anakinra_misc.item_values SET relation = '~'`,
    `INSERT INTO anakinra_misc.subjects SELECT * FROM anakinra_misc.subjects LIMIT 1`,
  ])('is guarded by the server a second time: %s', async (sql) => {
    await expect(server.rows(sql)).rejects.toThrow(/violates/u);
  });

  it('changes nothing when the same state is pushed again, and says so', async () => {
    const before = await server.texts('SELECT xmin, * FROM anakinra_misc.exports');
    const entries = site.rows(`SELECT seq FROM audit WHERE action = 'export.pushed'`).length;
    const { outcome } = await push(null);
    expect(outcome).toEqual({ kind: 'unchanged' });
    expect(await server.texts('SELECT xmin, * FROM anakinra_misc.exports')).toEqual(before);
    expect(site.rows(`SELECT seq FROM audit WHERE action = 'export.pushed'`)).toHaveLength(entries);
  });

  it('is entered in the trail, without a password', () => {
    const [entry] = site.rows<{ user: string; detail: string }>(
      `SELECT user, detail FROM audit WHERE action = 'export.pushed' ORDER BY seq DESC`,
    );
    expect(entry?.detail).toContain('"place":"anakinra_misc"');
    expect(entry?.detail).not.toContain('ss:w');
  });

  it('gives a newer state the place of the older one, and keeps grants and views', async () => {
    await push('replaced');
    await server.rows('CREATE ROLE reader LOGIN');
    await server.rows('GRANT SELECT ON replaced.form_vs TO reader');
    await server.rows('CREATE VIEW replaced.weights AS SELECT subjid, vs_wt FROM replaced.form_vs');
    site.enter('01-001', [
      { event: 'SCR', form: 'VS', row: 1, item: 'vs_wt', value: '21.5', reason: 'misread' },
    ]);
    const { outcome } = await push('replaced');
    expect(outcome.kind).toBe('loaded');
    const weights = await server.texts(`SELECT vs_wt FROM replaced.weights WHERE subjid = '01-001'`);
    expect(weights.map(({ vs_wt }) => vs_wt)).toContain('21.5');
    const [grant] = await server.texts(
      `SELECT has_table_privilege('reader', 'replaced.form_vs', 'SELECT') AS may`,
    );
    expect(grant?.['may']).toBe('t');
    expect(await count('replaced.exports')).toBe(2);
    expect(await count('replaced.exports WHERE is_current')).toBe(1);
  });

  it('makes a table anew when its definition became another, and leaves the rest', async () => {
    await push('amended');
    await server.rows(`ALTER TABLE amended.form_vs DROP COLUMN vs_wt`);
    await server.rows(
      `UPDATE amended.table_definitions SET sha256 = 'older' WHERE table_name IN ('form_vs', 'subjects')`,
    );
    await server.rows(`UPDATE amended.exports SET export_id = 'of an older definition'`);
    expect((await push('amended')).outcome.kind).toBe('loaded');
    expect(await count('amended.form_vs WHERE vs_wt IS NOT NULL')).toBeGreaterThan(0);
    expect(await count('amended.item_values')).toBe(await count('anakinra_misc.item_values'));
  });

  it('says that views are in the way of a table that must be made anew', async () => {
    await push('viewed');
    await server.rows('CREATE VIEW viewed.weights AS SELECT vs_wt FROM viewed.form_vs');
    await server.rows(`UPDATE viewed.table_definitions SET sha256 = 'older'`);
    await server.rows(`UPDATE viewed.exports SET export_id = 'of an older definition'`);
    expect((await refusalOf(push('viewed'))).key).toBe('push-depended-on');
    expect(await count('viewed.weights')).toBeGreaterThan(0);
  });

  it('takes any name for a schema as one name', async () => {
    const hostile = `we"ird'; DROP SCHEMA anakinra_misc CASCADE; --`;
    await push(hostile);
    expect(await count(`"${hostile.replaceAll('"', '""')}".subjects`)).toBe(2);
    expect(await count('anakinra_misc.subjects')).toBe(2);
  });

  it.each(['', 'pg_catalog', 'information_schema', 'x'.repeat(64), 'a\0b'])(
    'refuses the schema name %j',
    async (name) => {
      expect((await refusalOf(push(name))).key).toBe('push-schema-unfit');
    },
  );

  it('keeps every text as it is', async () => {
    const odd = String.raw`\N \. ’ "q" \x41 it's ≥ 🙂 E'`;
    site.enter('01-002', [{ event: 'LOG', form: 'CM', row: 7, item: 'cm_drug', value: odd }]);
    await push('odd');
    const [row] = await server.texts(
      `SELECT value FROM odd.item_values WHERE item = 'cm_drug' AND repeat = 7`,
    );
    const [recorded] = site.rows<{ text: string }>(
      `SELECT text FROM value JOIN item ON item.id = item_id WHERE item.name = 'cm_drug' AND row = 7`,
    );
    expect(row?.['value']).toBe(recorded?.text);
  });

  it('refuses a schema that holds something else', async () => {
    await server.rows('CREATE SCHEMA theirs');
    await server.rows('CREATE TABLE theirs.subjects (id integer)');
    expect((await refusalOf(push('theirs', { mayOverwrite: true }))).key).toBe('push-schema-foreign');
    await server.rows('CREATE SCHEMA alike');
    await server.rows('CREATE TABLE alike.exports (id integer)');
    await server.rows('CREATE TABLE alike.table_definitions (id integer)');
    expect((await refusalOf(push('alike', { mayOverwrite: true }))).key).toBe('push-schema-foreign');
  });

  it('refuses the place of another study, and of another folder unless asked to', async () => {
    const diary = await openExportSite(sleepDiary);
    try {
      expect((await refusalOf(push('anakinra_misc', { from: diary, mayOverwrite: true }))).key).toBe(
        'push-other-study',
      );
      await push('shared');
      await server.rows(`UPDATE shared.exports SET origin = 'elsewhere', export_id = 'of another folder'`);
      expect((await refusalOf(push('shared'))).key).toBe('push-other-origin');
      expect((await push('shared', { mayOverwrite: true })).outcome.kind).toBe('loaded');
    } finally {
      diary.close();
    }
  });

  it('does not put an older state in the place of a newer one unless asked to', async () => {
    await push('newer');
    await server.rows(`UPDATE newer.exports SET export_id = 'later', cut_seq = cut_seq + 1`);
    expect((await refusalOf(push('newer'))).key).toBe('push-older');
    expect((await push('newer', { mayOverwrite: true })).outcome.kind).toBe('loaded');
  });

  it('says in one sentence what is wrong with the server, and never the password', async () => {
    await server.rows(`CREATE ROLE guest LOGIN PASSWORD 'guest-secret'`);
    await server.rows('REVOKE CREATE ON DATABASE postgres FROM PUBLIC');
    const at = (url: string) => refusalOf(push('refused', { url }));
    const said = [
      await at('postgresql://owner:top-secret@127.0.0.1:1/postgres'),
      await at('postgresql://owner:top-secret@no-such-host.invalid/postgres'),
      await at(server.url('postgres', 'owner', 'top-secret')),
      await at(`postgresql://owner@127.0.0.1:${server.port}/postgres`),
      await at(server.url('no-such-database')),
      await at(server.url('postgres', 'guest', 'guest-secret')),
      await at(`${server.url()}?sslmode=require`),
      await at('postgresql://owner:top-secret@[::bad/postgres'),
      await at('mysql://owner:top-secret@127.0.0.1/x'),
      await at('postgresql://owner:top-secret@127.0.0.1/x?sslmode=verify-full&sslrootcert=/no/such/file'),
    ];
    expect(said.map(({ key }) => key)).toEqual([
      ...[
        'push-no-server',
        'push-no-server',
        'push-wrong-password',
        'push-wrong-password',
        'push-no-database',
      ],
      ...['push-no-right', 'push-no-ssl', 'push-url-unfit', 'push-url-unfit', 'push-url-unfit'],
    ]);
    expect(JSON.stringify(said) + site.logged.join()).not.toMatch(/secret|p@ss/u);
  });

  it('goes over SSL to a server whose certificate can be trusted, and to no other', async () => {
    const certificate = await server.turnOnSsl();
    const { key } = await refusalOf(push('trusted', { url: `${server.url()}?sslmode=require` }));
    expect(key).toBe('push-certificate');
    const url = `${server.url()}?sslmode=verify-full&sslrootcert=${encodeURIComponent(certificate)}`;
    expect((await push('trusted', { url })).outcome.kind).toBe('loaded');
  });

  it('leaves the old content when the data break a rule of the tables', async () => {
    await push('ruled');
    await server.rows(`ALTER TABLE ruled.subjects ADD CONSTRAINT only_new CHECK (subjid > '01-9') NOT VALID`);
    await server.rows(`UPDATE ruled.exports SET export_id = 'older'`);
    const { key, message } = await refusalOf(push('ruled'));
    expect(key).toBe('push-check-failed');
    expect(message).toContain('only_new of the table subjects');
    expect(await count('ruled.subjects')).toBe(2);
  });
});
