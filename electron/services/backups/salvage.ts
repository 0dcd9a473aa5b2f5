/**
 * A new site folder from what can still be read of a damaged one. Works on a copy: not one byte of the original is
 * written, not even by SQLite's recovery of its log. Nothing is invented: what is missing is counted, and the trail of
 * the new site says that it was salvaged.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { SalvageReport, SalvagedTable } from '#shared/contract/survival.ts';
import { auditEvent } from '#shared/audit.ts';
import { refuse } from '../../app-error.ts';
import type { Moment } from '../../clock.ts';
import { syncFolder } from '../../db/durable-file.ts';
import { keyFileName } from '../../db/keyring.ts';
import { migrate } from '../../db/migrate.ts';
import {
  createDatabase,
  databaseFileIn,
  databaseFileName,
  openForReading,
  type ReadableDb,
  type WritableDb,
} from '../../db/open.ts';
import { createTrail, type Doer } from '../trail.ts';
import { columnsOf, quoted, salvageRows } from './salvage-rows.ts';
import type { ProofNeeds } from './prove-backup.ts';

export interface SalvageOrder {
  /** The damaged site. */
  readonly siteFolder: string;
  /** Folder whose key file opens it. */
  readonly keysFrom: string;
  /** Absent or empty. */
  readonly folder: string;
  readonly key: Buffer;
  readonly siteCode: string;
  readonly doer: Doer;
  readonly moment: Moment;
}

const workshopName = '.salvaging';
const blockBytes = 4096;

export function salvage(order: SalvageOrder, needs: ProofNeeds): SalvageReport {
  const { folder } = order;
  if (existsSync(folder) && readdirSync(folder).some((name) => name !== workshopName))
    throw refuse('restore-folder-taken', { folder });
  const workshop = path.join(folder, workshopName);
  rmSync(workshop, { recursive: true, force: true });
  mkdirSync(path.join(workshop, 'copy'), { recursive: true });
  try {
    const copy = path.join(workshop, 'copy', databaseFileName);
    for (const suffix of ['', '-wal']) copyReadable(databaseFileIn(order.siteFolder) + suffix, copy + suffix);
    const database = path.join(workshop, databaseFileName);
    const report = fill(copy, database, order, needs);
    copyFileSync(path.join(order.keysFrom, keyFileName), path.join(folder, keyFileName));
    renameSync(database, databaseFileIn(folder));
    rmSync(workshop, { recursive: true });
    syncFolder(folder);
    return report;
  } catch (error) {
    rmSync(workshop, { recursive: true, force: true });
    throw error;
  }
}

/** Block by block: a sector that the disk does not give becomes zeros, and the cipher tells that page as damaged. */
function copyReadable(from: string, to: string): void {
  if (!existsSync(from)) return;
  const [source, target] = [openSync(from, 'r'), openSync(to, 'wx', 0o600)];
  try {
    const { size } = statSync(from);
    for (let at = 0; at < size; at += blockBytes) {
      const block = Buffer.alloc(Math.min(blockBytes, size - at));
      try {
        readSync(source, block, 0, block.length, at);
      } catch {
        // An unreadable sector: what else there is, is worth more than giving up.
        block.fill(0);
      }
      writeSync(target, block, 0, block.length, at);
    }
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

function fill(
  copy: string,
  database: string,
  order: SalvageOrder,
  { migrations, readStudy }: ProofNeeds,
): SalvageReport {
  const source = openCopy(copy, order.key);
  const target = createDatabase(database, order.key);
  try {
    migrate(target, migrations, order.moment.at);
    const tables = withoutGuards(target, () =>
      tablesOf(target).map((table) => copyTable(source, target, table)),
    );
    const count = (sql: string): number => target.prepare<[], number>(sql).pluck().get() ?? 0;
    const entries = count('SELECT COUNT(*) FROM audit');
    const missingEntries = count('SELECT COALESCE(MAX(seq), 0) FROM audit') - entries;
    if (tables.every(({ rows }) => rows === 0)) throw refuse('salvage-nothing');
    tell(target, order, { entries, missingEntries });
    const error = reasonNotToOpen(target, readStudy);
    target.pragma('wal_checkpoint(TRUNCATE)');
    return {
      ...{ folder: order.folder, tables, entries, missingEntries, error },
      subjects: count('SELECT COUNT(*) FROM subject'),
      values: count('SELECT COUNT(*) FROM value'),
    };
  } finally {
    source.close();
    target.close();
  }
}

function openCopy(copy: string, key: Buffer): ReadableDb {
  try {
    return openForReading(copy, key);
  } catch (error) {
    // The first page tells how all others are read.
    throw refuse('salvage-nothing', {}, error);
  }
}

function tablesOf(db: ReadableDb): readonly string[] {
  return db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migration'`,
    )
    .pluck()
    .all();
}

/** The guards of the trail keep a site from writing with gaps; here gaps are what is left. They stand again afterwards. */
function withoutGuards<T>(db: WritableDb, act: () => T): T {
  const guards = db
    .prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
    .all();
  db.pragma('foreign_keys = OFF');
  for (const { name } of guards) db.exec(`DROP TRIGGER ${quoted(name)}`);
  try {
    return db.transaction(act).immediate();
  } finally {
    for (const { sql } of guards) db.exec(sql);
    db.pragma('foreign_keys = ON');
  }
}

function copyTable(source: ReadableDb, target: WritableDb, table: string): SalvagedTable {
  const known = new Set(columnsIn(source, table));
  const columns = columnsIn(target, table).filter((name) => known.has(name));
  if (columns.length === 0) return { table, rows: 0, unreadable: 0 };
  const { rows, unreadable } = salvageRows(source, table, columns);
  const insert = target.prepare(
    `INSERT OR IGNORE INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  let written = 0;
  for (const row of rows) written += insert.run(columns.map((name) => row[name])).changes;
  return { table, rows: written, unreadable };
}

function columnsIn(db: ReadableDb, table: string): readonly string[] {
  try {
    return columnsOf(db, table).map(({ name }) => name);
  } catch {
    // The page that describes the tables is damaged.
    return [];
  }
}

/** The trail goes on from the newest entry that was found, with an entry that says what it is. */
function tell(
  db: WritableDb,
  { siteCode, doer, moment }: SalvageOrder,
  counts: { readonly entries: number; readonly missingEntries: number },
): void {
  db.transaction(() => {
    db.exec('DELETE FROM audit_head');
    db.exec(
      'INSERT INTO audit_head (id, seq, hash) SELECT 1, seq, hash FROM audit ORDER BY seq DESC LIMIT 1',
    );
    const trail = createTrail(db, siteCode);
    trail.append([
      auditEvent(trail.stamp(doer, moment), 'site.salvaged', { origin: 'system', detail: { ...counts } }),
    ]);
  }).immediate();
}

function reasonNotToOpen(db: ReadableDb, readStudy: ProofNeeds['readStudy']): SalvageReport['error'] {
  try {
    readStudy(db);
    return null;
  } catch (error) {
    return refuse('salvage-without-study', {}, error).refusal;
  }
}
