/**
 * Every table, every column: altered, taken out, put in, exchanged, rolled back, by a SQLite client that has the key. Each attempt
 * has to be named by `cahier verify`; how many there were, and how many were found, is written down for the validation report.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryHash, firstPreviousHash } from '#shared/audit.ts';
import { storedProofs, tableProofs, tablesProvenElsewhere } from '../../../electron/services/proofs/index.ts';
import { createPoolProof } from '../../../electron/services/proofs/pool.ts';
import { createTrailReader, sha256 } from '../../../electron/services/trail.ts';
import type { ReadableDb } from '../../../electron/db/open.ts';
import { password } from '../services/workbench.ts';
import { root } from '../studies/folders.ts';
import { callEveryMethod, openAllRolesVictim } from './all-roles.ts';
import { playScenario } from './scenario.ts';
import {
  alter,
  columnsOf,
  copyFile,
  keyOf,
  look,
  openAsClient,
  rowsOf,
  victimOf,
  type Column,
  type Victim,
} from './tampering.ts';

/** Of one kind: how many rows of a table are tried. */
const rowsTried = 12;
const totals = new Map<string, { attempts: number; found: number }>();
const missed: string[] = [];
const played: string[] = [];

let victim: Victim;
let folder: string;
let tables: readonly string[];

beforeAll(async () => {
  const bench = await openAllRolesVictim();
  const first = copyFile(bench, 'first.copy');
  await callEveryMethod(bench);
  const second = copyFile(bench, 'second.copy');
  for await (const method of playScenario(bench)) played.push(method);
  bench.clock.pass(24 * 3_600_000);
  await bench.call('session.unlock', { password });
  await bench.services.dispatch('forms.save', {
    subject: '01-S01',
    event: 'N1',
    form: 'NIGHT',
    changes: [{ row: 1, item: 'night_wakes', value: '6', reason: 'OTH' }],
  });
  const last = copyFile(bench, 'last.copy');
  const made = victimOf(bench, [first, second, last]);
  // Benches are tidied after each test.
  folder = mkdtempSync(path.join(tmpdir(), 'cahier-tamper-'));
  const copies = made.copies.map((copy) => {
    const kept = path.join(folder, path.basename(copy));
    copyFileSync(copy, kept);
    return kept;
  });
  victim = { ...made, copies };
  const proven = [
    ...tablesProvenElsewhere,
    ...[...tableProofs({ ...made.context }), ...storedProofs()].flatMap((proof) => proof.tables),
  ];
  // A site has nothing in a pool's tables: tests/unit/pool/tampered.test.ts alters those.
  const ofPools = new Set(createPoolProof().tables);
  tables = [...new Set(proven)].filter((table) => !ofPools.has(table));
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  const kinds = Object.fromEntries(totals);
  const sum = (count: 'attempts' | 'found'): number =>
    [...totals.values()].reduce((total, kind) => total + kind[count], 0);
  const figures = { attempts: sum('attempts'), found: sum('found'), tables: tables.length, kinds };
  mkdirSync(path.join(root, 'test-results', 'figures'), { recursive: true });
  writeFileSync(
    path.join(root, 'test-results', 'figures', 'tampering.json'),
    `${JSON.stringify(figures, null, 2)}\n`,
  );
});

/** Alters a fresh copy and looks at it. What SQLite itself made impossible is no attempt. */
function attempt(kind: string, what: string, act: (db: Database.Database) => void): void {
  const file = path.join(folder, 'altered.copy');
  copyFileSync(newest(), file);
  let altered: boolean;
  try {
    altered = alter(file, victim.key, act);
  } catch {
    // A type or a unique index stood in its way.
    return;
  }
  if (!altered) return;
  count(kind, what, look(victim, file).problems.length > 0);
}

function count(kind: string, what: string, isFound: boolean): void {
  const total = totals.get(kind) ?? { attempts: 0, found: 0 };
  totals.set(kind, { attempts: total.attempts + 1, found: total.found + (isFound ? 1 : 0) });
  if (!isFound) missed.push(`${kind}: ${what}`);
}

function newest(): string {
  return victim.copies.at(-1) ?? '';
}

function reading<T>(file: string, act: (db: Database.Database) => T): T {
  const db = openAsClient(file, victim.key);
  try {
    return act(db);
  } finally {
    db.close();
  }
}

/** What an attacker might put in the place of a value: what another row holds there, nothing, something a little different. */
function otherValues(
  { name }: Column,
  row: Readonly<Record<string, unknown>>,
  rows: readonly Readonly<Record<string, unknown>>[],
): readonly unknown[] {
  const own = row[name];
  const others = rows.map((other) => other[name]).filter((value) => value !== null && !isSame(value, own));
  return [...others.slice(0, 1), null, ...different(own)].filter((value) => !isSame(value, own));
}

function different(own: unknown): readonly unknown[] {
  if (typeof own === 'number') return [own + 1, 1 - own];
  if (typeof own === 'string')
    return [`${own} `, own.replace(/\d/u, (digit) => String((Number(digit) + 1) % 10))];
  if (Buffer.isBuffer(own)) return [Buffer.from(own.map((byte, index) => (index === 0 ? byte ^ 1 : byte)))];
  return [1, 'x', '{"a":1}'];
}

function isSame(one: unknown, other: unknown): boolean {
  return Buffer.isBuffer(one) && Buffer.isBuffer(other) ? one.equals(other) : one === other;
}

function some<T>(rows: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.ceil(rows.length / rowsTried));
  return rows.filter((_, index) => index % step === 0).slice(0, rowsTried);
}

const missedOf = (kind: string): readonly string[] => missed.filter((one) => one.startsWith(`${kind}:`));

describe('a file altered by a program that has the key', () => {
  it('holds something in every table', () => {
    expect(played).toContain('second.decide');
    const counts = tables.map(
      (table) => [table, reading(newest(), (db) => rowsOf(db, table).length)] as const,
    );
    expect(counts.filter(([, rows]) => rows === 0).map(([table]) => table)).toEqual([]);
  });

  it('is sound before', () => {
    for (const copy of victim.copies) expect(look(victim, copy).problems).toEqual([]);
  });

  it('is found out by every column of every table', { timeout: 600_000 }, () => {
    for (const table of tables) {
      const [columns, rows] = reading(newest(), (db) => [columnsOf(db, table), rowsOf(db, table)] as const);
      for (const column of columns) {
        for (const row of some(rows)) {
          const { sql, values } = keyOf(columns, row);
          for (const value of otherValues(column, row, rows))
            attempt(
              'column changed',
              `${table}.${column.name} of ${JSON.stringify(row)} to ${String(value)}`,
              (db) => {
                db.prepare(`UPDATE "${table}" SET "${column.name}" = ? WHERE ${sql}`).run(value, ...values);
              },
            );
        }
      }
    }
    expect(missedOf('column changed')).toEqual([]);
  });

  it('is found out by a row that is gone', { timeout: 120_000 }, () => {
    for (const table of tables) {
      const [columns, rows] = reading(newest(), (db) => [columnsOf(db, table), rowsOf(db, table)] as const);
      for (const row of some(rows)) {
        const { sql, values } = keyOf(columns, row);
        attempt('row deleted', `${table} ${JSON.stringify(row)}`, (db) => {
          db.prepare(`DELETE FROM "${table}" WHERE ${sql}`).run(...values);
        });
      }
    }
    expect(missedOf('row deleted')).toEqual([]);
  });

  it('is found out by a row that nobody wrote', { timeout: 120_000 }, () => {
    for (const table of tables) {
      const [columns, rows] = reading(newest(), (db) => [columnsOf(db, table), rowsOf(db, table)] as const);
      for (const row of some(rows)) {
        for (const made of likeIt(columns, row, rows))
          attempt('row inserted', `${table} ${JSON.stringify(made)}`, (db) => {
            const names = columns.map(({ name }) => `"${name}"`).join(', ');
            const marks = columns.map(() => '?').join(', ');
            db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${marks})`).run(
              columns.map(({ name }) => made[name]),
            );
          });
      }
    }
    expect(missedOf('row inserted')).toEqual([]);
  });

  it('is found out by two rows that changed places', { timeout: 120_000 }, () => {
    for (const table of tables) {
      const [columns, rows] = reading(newest(), (db) => [columnsOf(db, table), rowsOf(db, table)] as const);
      const contents = columns.filter(({ pk }) => pk === 0).map(({ name }) => name);
      if (contents.length === 0) continue;
      const chosen = some(rows);
      chosen.slice(1).forEach((row, index) => {
        const other = chosen[index];
        if (other === undefined || contents.every((name) => isSame(row[name], other[name]))) return;
        attempt('rows exchanged', `${table} ${JSON.stringify(row)}`, (db) => {
          const [one, two] = [keyOf(columns, row), keyOf(columns, other)];
          const set = contents.map((name) => `"${name}" = ?`).join(', ');
          db.prepare(`DELETE FROM "${table}" WHERE ${two.sql}`).run(...two.values);
          db.prepare(`UPDATE "${table}" SET ${set} WHERE ${one.sql}`).run(
            ...contents.map((name) => other[name]),
            ...one.values,
          );
          const names = columns.map(({ name }) => `"${name}"`).join(', ');
          const swapped = columns.map(({ name, pk }) => (pk > 0 ? other[name] : row[name]));
          db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`).run(
            swapped,
          );
        });
      });
    }
    expect(missedOf('rows exchanged')).toEqual([]);
  });

  it('is found out by a table from an older copy', { timeout: 120_000 }, () => {
    for (const table of tables) {
      const now = reading(newest(), (db) => JSON.stringify(rowsOf(db, table)));
      for (const older of victim.copies.slice(0, -1)) {
        const rows = reading(older, (db) => rowsOf(db, table));
        if (JSON.stringify(rows) === now) continue;
        attempt('table rolled back', `${table} to ${path.basename(older)}`, (db) => {
          const columns = columnsOf(db, table);
          const marks = columns.map(() => '?').join(', ');
          db.exec(`DELETE FROM "${table}"`);
          const put = db.prepare(
            `INSERT INTO "${table}" (${columns.map(({ name }) => `"${name}"`).join(', ')}) VALUES (${marks})`,
          );
          for (const row of rows) put.run(columns.map(({ name }) => row[name]));
        });
      }
    }
    expect(missedOf('table rolled back')).toEqual([]);
  });

  it.each([
    ['a guard dropped', 'DROP TRIGGER audit_is_never_changed'],
    [
      'a guard that guards nothing',
      'DROP TRIGGER audit_is_never_deleted; CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT 1; END',
    ],
    ['a table more', 'CREATE TABLE aside (a TEXT)'],
    ['a view more', 'CREATE VIEW aside AS SELECT 1'],
    ['a trigger more', 'CREATE TRIGGER aside AFTER INSERT ON value BEGIN DELETE FROM confirmation; END'],
    ['a column more', 'ALTER TABLE value ADD COLUMN aside TEXT'],
    ['an index less', 'DROP INDEX audit_of_item'],
    ['a unique index less', 'DROP INDEX person_role_current'],
    ['another version of the file', 'PRAGMA user_version = 1'],
  ])('is found out by %s', (what, sql) => {
    const file = path.join(folder, 'altered.copy');
    copyFileSync(newest(), file);
    reading(file, (db) => db.exec(sql));
    count('schema altered', what, !look(victim, file).ok);
    expect(missedOf('schema altered')).toEqual([]);
  });

  it('is found out by a known head when the whole file is an older one', () => {
    const [head] = [headOf(newest())];
    for (const older of victim.copies.slice(0, -1)) {
      const report = look(victim, older, [{ ...head, at: 0, why: 'export' }]);
      count('file replaced', path.basename(older), !report.ok);
      expect(report.problems.join(' ')).toContain('The file is older than the export of');
    }
  });

  it('is found out by a known head when an entry is altered and every hash after it made anew', () => {
    const known = { ...headOf(newest()), at: 0, why: 'backup' } as const;
    for (const seq of [2, 5, Math.floor(known.seq / 2), known.seq - 1]) {
      const file = path.join(folder, 'altered.copy');
      copyFileSync(newest(), file);
      alter(file, victim.key, (db) => {
        db.prepare(`UPDATE audit SET user = user || 'x' WHERE seq = ?`).run(seq);
        chainAnew(db);
      });
      const report = look(victim, file, [known]);
      count(
        'chain made anew',
        String(seq),
        report.problems.some((problem) => problem.includes('was written anew')),
      );
    }
    expect(missedOf('chain made anew')).toEqual([]);
  });
});

function headOf(file: string): { readonly seq: number; readonly hash: string } {
  return reading(file, (db) => createTrailReader(db as ReadableDb).head());
}

/** As somebody would who knows how the hashes are made. */
function chainAnew(db: Database.Database): void {
  const put = db.prepare('UPDATE audit SET hash = ? WHERE seq = ?');
  const entries = [...createTrailReader(db as ReadableDb).entries()];
  let previous = firstPreviousHash;
  for (const entry of entries) {
    previous = entryHash(entry, previous, sha256);
    put.run(Buffer.from(previous, 'hex'), entry.seq);
  }
  db.prepare('UPDATE audit_head SET hash = ?').run(Buffer.from(previous, 'hex'));
}

/** The row once more, with each of its numbers of the key, or its first text, another one. */
function likeIt(
  columns: readonly Column[],
  row: Readonly<Record<string, unknown>>,
  rows: readonly Readonly<Record<string, unknown>>[],
): readonly Readonly<Record<string, unknown>>[] {
  return columns.flatMap(({ name }) => {
    const own = row[name];
    if (typeof own === 'number') {
      const most = Math.max(...rows.map((other) => Number(other[name])));
      return [{ ...row, ...freshKey(columns, row, rows), [name]: most + 1 }];
    }
    return typeof own === 'string' ? [{ ...row, ...freshKey(columns, row, rows), [name]: `${own}2` }] : [];
  });
}

function freshKey(
  columns: readonly Column[],
  row: Readonly<Record<string, unknown>>,
  rows: readonly Readonly<Record<string, unknown>>[],
): Readonly<Record<string, unknown>> {
  const [only, ...more] = columns.filter(({ pk }) => pk > 0);
  if (only === undefined || more.length > 0 || typeof row[only.name] !== 'number') return {};
  return { [only.name]: Math.max(...rows.map((other) => Number(other[only.name]))) + 1 };
}
