import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { migrate, readMigrations, requireKnownSteps } from '../../../electron/db/migrate.ts';
import { createDatabase, type WritableDb } from '../../../electron/db/open.ts';
import { temporaryFolder } from '../services/workbench.ts';
import { root } from '../studies/folders.ts';
import { refusalOf } from './refusal-of.ts';

const shipped = readMigrations(path.join(root, 'migrations'));

function emptyDatabase(): WritableDb {
  return createDatabase(path.join(temporaryFolder(), 'site.cahier'), randomBytes(32));
}

function databaseAt(step: number): WritableDb {
  const db = emptyDatabase();
  migrate(db, shipped.slice(0, step), 1);
  return db;
}

const step = (number: number, sql: string) => ({ number, name: 'step', sql, sha256: String(number) + sql });
const tables = (db: WritableDb): unknown =>
  db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all();

/** Rows as the version before the last one left them: one subject with a value and findings, one without. */
const rowsAtOne = `
  INSERT INTO subject (id, number, enrolled_at) VALUES (1, '01-001', 10), (2, '01-002', 20);
  INSERT INTO form (id, subject_id, event, form, state) VALUES (1, 1, 'E', 'F', 'in-progress');
  INSERT INTO item (id, name) VALUES (1, 'weight');
  INSERT INTO value (form_id, row, item_id, text, version, derived, parked) VALUES (1, 1, 1, '32', 1, 0, 0);
  INSERT INTO finding (subject_id, position, key, severity, status, body) VALUES
    (1, 0, 'a', 'hard', 'open', '{}'), (1, 1, 'b', 'soft', 'open', '{}'), (1, 2, 'c', 'soft', 'confirmed', '{}'), (1, 3, 'd', 'information', 'open', '{}');
  INSERT INTO audit (seq, at, offset_minutes, user, role, site, action, origin, subject_id, form_id, row, item_id, hash) VALUES
    (1, 500, 60, 'anne', 'coordinator', '01', 'subject.enrolled', 'entry', 2, NULL, NULL, NULL, zeroblob(32)),
    (2, 700, 60, 'anne', 'coordinator', '01', 'value.set', 'entry', 1, 1, 1, 1, zeroblob(32));`;

describe('a step on rows of the version before', () => {
  it('1 → 2 counts open findings, and knows how far each subject is and when it changed', () => {
    const db = databaseAt(1);
    db.exec(rowsAtOne);
    migrate(db, shipped.slice(0, 2), 2);
    expect(
      db.prepare('SELECT number, status, open_hard, open_soft, changed_at FROM subject ORDER BY id').all(),
    ).toEqual([
      { number: '01-001', status: 'in-progress', open_hard: 1, open_soft: 1, changed_at: 700 },
      { number: '01-002', status: 'enrolled', open_hard: 0, open_soft: 0, changed_at: null },
    ]);
    expect(db.prepare('SELECT text FROM value').pluck().all()).toEqual(['32']);
    expect(db.pragma('foreign_key_check')).toEqual([]);
  });

  it('every step gives the same tables on an empty database as on rows', () => {
    const filled = databaseAt(1);
    filled.exec(rowsAtOne);
    migrate(filled, shipped, 2);
    const columns = (db: WritableDb): unknown =>
      db
        .prepare(
          `SELECT m.name, c.name AS column_name, c.type FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1, 2`,
        )
        .all();
    expect(columns(filled)).toEqual(columns(databaseAt(shipped.length)));
  });
});

describe('a table', () => {
  it.each([
    [
      `INSERT INTO value (form_id, row, item_id, version, derived, parked) VALUES (1, 'one', 1, 1, 0, 0)`,
      'a text in a number',
    ],
    [
      `INSERT INTO value (form_id, row, item_id, text, missing, version, derived, parked) VALUES (1, 2, 1, '3', 'ND', 1, 0, 0)`,
      'a value with a missing reason',
    ],
    [
      `INSERT INTO value (form_id, row, item_id, version, derived, parked) VALUES (9, 1, 1, 1, 0, 0)`,
      'a value of no form',
    ],
    [`INSERT INTO form (subject_id, event, form, state) VALUES (1, 'E', 'F', 'in-progress')`, 'a form twice'],
    [
      `INSERT INTO form (subject_id, event, form, state) VALUES (1, 'E', 'G', 'open')`,
      'a state that there is not',
    ],
    [`UPDATE audit SET user = 'bob' WHERE seq = 1`, 'a change of the trail'],
    [`DELETE FROM audit WHERE seq = 2`, 'a cut in the trail'],
    [
      `INSERT OR REPLACE INTO audit (seq, at, offset_minutes, user, role, site, action, origin, hash) VALUES (1, 1, 1, 'bob', '', '01', 'x', 'entry', zeroblob(32))`,
      'a replaced entry',
    ],
    [
      `INSERT INTO audit (seq, at, offset_minutes, user, role, site, action, origin, hash) VALUES (9, 1, 1, 'bob', '', '01', 'x', 'entry', zeroblob(32))`,
      'a gap in the trail',
    ],
  ])('refuses %s: %s', (sql) => {
    const db = databaseAt(1);
    db.exec(rowsAtOne);
    const before = db.prepare('SELECT * FROM audit').all();
    expect(() => db.exec(sql)).toThrow();
    expect(db.prepare('SELECT * FROM audit').all()).toEqual(before);
  });
});

describe('migrating', () => {
  it('remembers each step with its checksum and does it once', () => {
    const db = databaseAt(shipped.length);
    migrate(db, shipped, 5);
    expect(db.prepare('SELECT number, sha256, applied_at FROM migration').all()).toEqual(
      shipped.map(({ number, sha256 }) => ({ number, sha256, applied_at: 1 })),
    );
    expect(db.pragma('user_version', { simple: true })).toBe(shipped.length);
  });

  it('leaves the file as it was before a step that fails', () => {
    const db = emptyDatabase();
    const broken = [step(1, 'CREATE TABLE one (a) '), step(2, 'CREATE TABLE two (a); CREATE TABLE one (a);')];
    expect(() => {
      migrate(db, broken, 1);
    }).toThrow('already exists');
    expect(tables(db)).toEqual(['migration', 'one']);
    expect(db.pragma('user_version', { simple: true })).toBe(1);
  });

  it('refuses a file that a newer version wrote, and touches nothing', () => {
    const db = databaseAt(2);
    const older = shipped.slice(0, 1);
    expect(
      refusalOf(() => {
        requireKnownSteps(db, older);
      }),
    ).toBe('newer-file');
    expect(
      refusalOf(() => {
        migrate(db, older, 1);
      }),
    ).toBe('newer-file');
  });

  it('refuses when an applied step was edited since', () => {
    const db = databaseAt(2);
    const edited = shipped.map((known) => (known.number === 2 ? { ...known, sha256: 'other' } : known));
    expect(
      refusalOf(() => {
        requireKnownSteps(db, edited);
      }),
    ).toBe('changed-migration');
  });

  it('takes a step with Windows line ends for the same step', () => {
    const folder = temporaryFolder();
    cpSync(path.join(root, 'migrations'), folder, { recursive: true });
    const file = path.join(folder, '0001-record.sql');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    expect(readMigrations(folder)).toEqual(shipped);
  });

  it('refuses a folder with a step missing', () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, '0002-second.sql'), 'SELECT 1');
    expect(() => readMigrations(folder)).toThrow('migration 1 is missing');
  });
});
