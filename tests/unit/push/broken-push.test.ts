/** Pushes that end in the middle: killed, cut off, or crossing each other. What was there before stays whole. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBenchSite, person, type BenchSite } from '../../bench/site.ts';
import type { Change } from '#shared/record.ts';
import { hasPostgres, startPostgres, type PostgresServer } from './postgres-server.ts';
import { pushFrom, startPush, type PushProcess } from './push-site.ts';

const schema = 'anakinra_misc';
const patienceMs = 60_000;

describe.skipIf(!hasPostgres)('a push that is broken off', { timeout: 120_000 }, () => {
  let server: PostgresServer;
  let site: BenchSite;
  const home = mkdtempSync(path.join(tmpdir(), 'cahier-broken-'));
  const dir = path.join(home, 'site');
  const copy = path.join(home, 'copy');
  const parquet = path.join(home, 'parquet');

  beforeAll(async () => {
    server = await startPostgres();
    site = await openBenchSite();
    enterAll(site, '01-001', [{ event: 'SCR', form: 'DM', row: 1, item: 'dm_sex', value: 'F' }]);
    await pushFrom(site, { kind: 'postgres', url: server.url(), schema, mayOverwrite: false });
    await pushFrom(site, { kind: 'parquet', folder: parquet, mayOverwrite: false });
    enterMany(site);
    const { folder } = site.actor().site;
    site.actor().site.db.pragma('wal_checkpoint(TRUNCATE)');
    site.services.session.close();
    for (const to of [dir, copy]) cpSync(folder, to, { recursive: true });
  }, 300_000);
  afterAll(() => {
    site.remove();
    server.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const start = (from = dir) =>
    startPush(['--dir', from, '--postgres', server.url()], { CAHIER_PASSWORD: person.password });
  /** Until rows of the long table arrive: many others are loaded then, and many are not. */
  const untilCopying = async ({ ended }: PushProcess): Promise<void> => {
    const endings: string[] = [];
    void ended.then(({ said }) => endings.push(said));
    for (let waited = 0; waited < patienceMs; waited += 10) {
      const [row] = await server.texts(
        `SELECT pid FROM pg_stat_progress_copy WHERE relid = to_regclass('${schema}.item_values') AND tuples_processed > 1000`,
      );
      if (row !== undefined) return;
      if (endings.length > 0) throw new Error(`it ended before it copied: ${endings.join('')}`);
      await wait(10);
    }
    throw new Error('nothing was ever copied');
  };
  const untilAlone = async (): Promise<void> => {
    for (let waited = 0; waited < patienceMs; waited += 50) {
      const rows = await server.texts(`SELECT pid FROM pg_stat_activity WHERE application_name = 'cahier'`);
      if (rows.length === 0) return;
      await wait(50);
    }
    throw new Error('the server still works on it');
  };
  const content = async () => [
    ...(await server.texts(`SELECT export_id, is_current, value_count FROM ${schema}.exports`)),
    ...(await server.texts(`SELECT subjid, item, value FROM ${schema}.item_values`)),
    ...(await server.texts(`SELECT subjid, dm_sex FROM ${schema}.form_dm`)),
  ];
  let before: Awaited<ReturnType<typeof content>> = [];
  beforeEach(async () => {
    before = await content();
    expect(before.length).toBeGreaterThan(2);
    expect(before.length).toBeLessThan(20);
  });

  it('leaves the old content whole when its process is killed while it copies', async () => {
    const killed = start();
    await untilCopying(killed);
    killed.child.kill('SIGKILL');
    await killed.ended;
    await untilAlone();
    expect(await content()).toEqual(before);
  });

  it('leaves the old content whole when the server ends the connection, and says so', async () => {
    const cut = start();
    await untilCopying(cut);
    await server.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cahier'`,
    );
    const { code, said } = await cut.ended;
    expect(code).toBe(1);
    expect(said).toMatch(
      /^The connection to 127\.0\.0\.1:\d+ was lost before the new content took effect; push again\.\n$/u,
    );
    expect(await content()).toEqual(before);
  });

  it('is not crossed by a second one, and who reads meanwhile sees the old content', async () => {
    const first = start();
    await untilCopying(first);
    // Held where it is, so that it has not ended before the second one begins.
    first.child.kill('SIGSTOP');
    expect(await content()).toEqual(before);
    const second = await start(copy).ended;
    expect(second.code).toBe(1);
    expect(second.said).toMatch(
      /^The schema anakinra_misc is being loaded or locked by somebody else\. .*\n$/u,
    );
    first.child.kill('SIGKILL');
    await first.ended;
    await untilAlone();
  });

  it('leaves the old folder whole when its process is killed while it writes Parquet', async () => {
    const held = () => readdirSync(parquet, { recursive: true, encoding: 'utf8' }).sort();
    const files = held();
    const { child, ended } = startPush(['--dir', dir, '--parquet', parquet], {
      CAHIER_PASSWORD: person.password,
    });
    const partial = path.join(home, '.parquet.cahier-part');
    const isWriting = (): boolean => {
      try {
        return readdirSync(path.join(partial, 'values'), { recursive: true }).length > 1;
      } catch {
        return false; // not yet
      }
    };
    for (let waited = 0; !isWriting() && waited < patienceMs; waited += 5) await wait(5);
    child.kill('SIGKILL');
    await ended;
    expect(held()).toEqual(files);
    const again = await startPush(['--dir', dir, '--parquet', parquet], { CAHIER_PASSWORD: person.password })
      .ended;
    expect(again.code).toBe(0);
    expect(held().length).toBeGreaterThan(files.length);
    expect(readdirSync(home).filter((name) => name.includes('cahier-'))).toEqual(['.parquet.cahier-lock']);
  });

  it('succeeds the next time', async () => {
    const { code, said } = await start().ended;
    expect(said).toContain('values in the schema anakinra_misc');
    expect(code).toBe(0);
    const [row] = await server.texts(`SELECT count(*) AS n, sum(number) AS total FROM ${schema}.item_values`);
    expect(Number(row?.['n'])).toBeGreaterThan(200_000);
  }, 120_000);
});

function enterAll({ services, actor }: BenchSite, subject: string, changes: readonly Change[]): void {
  services.forms.enterAll(actor(), subject, changes);
}

/** A laboratory of thousands of rows, in the tables of values alone: writing it through the trail would take minutes. */
function enterMany(site: BenchSite): void {
  const place = { event: 'SCR', form: 'LB', row: 1 };
  for (let n = 1; n <= 9; n += 1)
    enterAll(site, `01-00${n}`, [
      { ...place, item: 'lb_test', value: 'CRP' },
      { ...place, item: 'lb_val', value: String(n) },
    ]);
  site.actor().site.db.exec(`
    WITH RECURSIVE next (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM next WHERE n < 9000)
    INSERT INTO value (form_id, row, item_id, text, relation, number, unit, precision, missing, version, derived, parked)
    SELECT form_id, n, item_id, text, relation, number, unit, precision, missing, version, derived, parked
    FROM value JOIN form ON form.id = form_id, next WHERE form.form = 'LB' AND row = 1 AND parked = 0`);
}
