/** A pool's own tables and its values, altered by a program that has the key: `cahier verify` names each attempt. */
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type Database from 'better-sqlite3';
import { createPoolProof } from '../../../electron/services/proofs/pool.ts';
import { databaseFileIn } from '../../../electron/db/open.ts';
import { readPattern, writeSiteWorkbook, type Telling } from '../../fixtures/pool/told-sites.ts';
import { alter, columnsOf, look, openAsClient, rowsOf, type Victim } from '../security/tampering.ts';
import { makePool, openPatternSite, type TestPool } from './pool-bench.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cahier-tampered-pool-'));
const copy = path.join(folder, 'pool.copy');
const tables = [...createPoolProof().tables, 'value', 'form', 'subject'];
let pool: TestPool;
let victim: Victim;

beforeAll(async () => {
  const site = await openPatternSite();
  const pattern = readPattern(site, 150);
  pool = await makePool(site);
  const [one, two, later] = ['one', 'two', 'later'].map((name) => path.join(folder, `${name}.xlsx`));
  if (one === undefined || two === undefined || later === undefined) throw new Error('three names');
  const same: Telling = (place, value) => {
    const traits: Readonly<Record<string, string>> = {
      dm_birth: '2011-05',
      dm_sex: 'F',
      ons_fevdat: '2021-02-03',
    };
    return traits[place.item] === undefined ? value : { ...value, text: traits[place.item] ?? '' };
  };
  const edited: Telling = (place, value) => (place.item === 'mh_any' ? { ...value, text: '1' } : value);
  await writeSiteWorkbook(one, pattern, { code: '01', subjects: 1, told: same });
  await writeSiteWorkbook(two, pattern, { code: '02', subjects: 1, told: same });
  await writeSiteWorkbook(later, pattern, { code: '02', subjects: 1, told: same, later: edited });
  await pool.take(one, two, later, path.join(folder, 'none.xlsx'));
  const reason = 'Asked the sites';
  await pool.call('pool.decide', { which: { kind: 'same-child' }, choice: 'pooled', reason });
  await pool.call('pool.decide', { which: { kind: 'changed' }, choice: 'pooled', reason });
  const { site: own } = pool.services.session.authorise('pool.receive');
  own.db.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(databaseFileIn(pool.folder), copy);
  const { key, model, fingerprint, siteCode, migrations } = own;
  victim = { copies: [copy], key, context: { model, fingerprint, siteCode, migrations }, heads: [] };
}, 300_000);

afterAll(async () => {
  await pool.call('session.signOut', {});
});

function isFound(act: (db: Database.Database) => void): boolean | null {
  const file = path.join(folder, 'altered.copy');
  copyFileSync(copy, file);
  try {
    if (!alter(file, victim.key, act)) return null;
  } catch {
    // A type or a unique index stood in its way.
    return null;
  }
  return look(victim, file).problems.length > 0;
}

function reading<T>(act: (db: Database.Database) => T): T {
  const db = openAsClient(copy, victim.key);
  try {
    return act(db);
  } finally {
    db.close();
  }
}

it('is sound before, and holds something in every table', () => {
  expect(look(victim, copy).problems).toEqual([]);
  expect(tables.filter((table) => reading((db) => rowsOf(db, table).length) === 0)).toEqual([]);
});

it('is found out by every column', { timeout: 600_000 }, () => {
  const missed: string[] = [];
  let tried = 0;
  for (const table of tables) {
    const columns = reading((db) => columnsOf(db, table));
    const key = columns
      .filter(({ pk }) => pk > 0)
      .map(({ name }) => `"${name}"`)
      .join(', ');
    for (const { name } of columns)
      for (const other of ['NULL', `"${name}" || '1'`, `"${name}" + 1`]) {
        const found = isFound((db) => {
          db.exec(
            `UPDATE "${table}" SET "${name}" = ${other} WHERE "${name}" IS NOT (${other}) AND (${key}) IN (SELECT ${key} FROM "${table}" LIMIT 1)`,
          );
        });
        if (found === null) continue;
        tried += 1;
        if (!found) missed.push(`${table}.${name} = ${other}`);
      }
  }
  expect(missed).toEqual([]);
  expect(tried).toBeGreaterThan(60);
});

it('is found out by a row that was taken out', { timeout: 600_000 }, () => {
  const missed = tables.filter(
    (table) =>
      isFound((db) => {
        const [row] = rowsOf(db, table);
        const columns = columnsOf(db, table).filter(({ pk }) => pk > 0);
        const where = columns.map(({ name }) => `"${name}" = @${name}`).join(' AND ');
        db.prepare(`DELETE FROM "${table}" WHERE ${where}`).run(row);
      }) === false,
  );
  expect(missed).toEqual([]);
});
