/** A site's file as somebody with the key and a SQLite client has it: altered at will, then looked at as `cahier verify` does. */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { VerifyReport } from '#shared/bridge.ts';
import { databaseFileIn, openForReading } from '../../../electron/db/open.ts';
import { readHeads } from '../../../electron/services/known-heads.ts';
import type { Site } from '../../../electron/services/site.ts';
import type { KnownHead } from '../../../electron/services/verify/missed-heads.ts';
import { verifyDatabase } from '../../../electron/services/verify/verify-database.ts';
import type { Bench } from '../services/workbench.ts';

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

export interface Victim {
  /** Copies of the file, oldest first; the last is what the application wrote last. */
  readonly copies: readonly string[];
  readonly key: Buffer;
  readonly context: Pick<Site, 'model' | 'fingerprint' | 'siteCode' | 'migrations'>;
  readonly heads: readonly KnownHead[];
}

/** Call it while the bench is signed in, between the things that it does. */
export function copyFile(bench: Bench, name: string): string {
  const { db } = bench.services.session.authorise('signed-in').site;
  db.pragma('wal_checkpoint(TRUNCATE)');
  const copy = path.join(bench.folder, name);
  copyFileSync(databaseFileIn(bench.folder), copy);
  return copy;
}

export function victimOf(bench: Bench, copies: readonly string[]): Victim {
  const { site } = bench.services.session.authorise('signed-in');
  const { key, model, fingerprint, siteCode, migrations } = site;
  return { copies, key, context: { model, fingerprint, siteCode, migrations }, heads: readHeads(site).heads };
}

/** Nothing that SQLite could refuse stands in the way. */
export function openAsClient(file: string, key: Buffer): Database.Database {
  const db = new Database(file);
  db.pragma(`cipher = 'sqlcipher'`);
  db.pragma(`key = "x'${key.toString('hex')}'"`);
  db.pragma('foreign_keys = OFF');
  db.pragma('ignore_check_constraints = ON');
  db.pragma('synchronous = OFF');
  return db;
}

/** Alters a copy with the guards out of the way, and puts them back as they were. False: SQLite itself had no such row to alter. */
export function alter(file: string, key: Buffer, act: (db: Database.Database) => void): boolean {
  const db = openAsClient(file, key);
  try {
    const guards = db
      .prepare<[], { name: string; sql: string }>(
        `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`,
      )
      .all();
    for (const { name } of guards) db.exec(`DROP TRIGGER "${name}"`);
    const before = db.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0;
    act(db);
    const after = db.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0;
    for (const { sql } of guards) db.exec(sql);
    return after > before;
  } finally {
    db.close();
  }
}

export function look(victim: Victim, file: string, heads: readonly KnownHead[] = []): VerifyReport {
  const db = openForReading(file, victim.key);
  try {
    return verifyDatabase(db, { ...victim.context, heads, headsProblems: [] });
  } finally {
    db.close();
  }
}

export function columnsOf(db: Database.Database, table: string): readonly Column[] {
  return db.prepare<[], Column>(`PRAGMA table_info("${table}")`).all();
}

export function rowsOf(db: Database.Database, table: string): readonly Readonly<Record<string, unknown>>[] {
  return db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all();
}

/** "id = ? AND …" with its values: the row by its key as it stands. */
export function keyOf(
  columns: readonly Column[],
  row: Readonly<Record<string, unknown>>,
): { readonly sql: string; readonly values: readonly unknown[] } {
  const keys = columns.filter(({ pk }) => pk > 0);
  return {
    sql: keys.map(({ name }) => `"${name}" IS ?`).join(' AND '),
    values: keys.map(({ name }) => row[name]),
  };
}
