/**
 * Opens the encrypted database of a site. Everything is looked at through a read-only connection first, so that a
 * damaged, truncated or foreign file is never written to.
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { refuse } from '../app-error.ts';
import { toRefusal } from './disk-faults.ts';

declare const readable: unique symbol;
declare const writable: unique symbol;
/** Both are the same driver object; the brand says what a function may do with it. */
export type ReadableDb = Database.Database & { readonly [readable]: true };
export type WritableDb = ReadableDb & { readonly [writable]: true };

/** "CAHI": marks the file as ours, once it is decrypted. */
const applicationId = 0x43414849;
/** Older ones can corrupt a WAL database with several connections (WAL-reset fault). */
const oldestSqlite = [3, 51, 3] as const;

export const databaseFileName = 'site.cahier';
export function databaseFileIn(folder: string): string {
  return path.join(folder, databaseFileName);
}

/** The one connection that writes. `inspect` may refuse what it reads; so far nothing was written. */
export function openForWriting(
  file: string,
  key: Buffer,
  inspect: (db: ReadableDb) => void = () => undefined,
): WritableDb {
  const looked = openForReading(file, key);
  try {
    requireSound(looked);
    asRefusals(() => {
      inspect(looked);
    });
  } finally {
    looked.close();
  }
  return asRefusals(() => connect(file, key, { readonly: false }));
}

/** For a thread beside the one that opened the site and has looked whether its file is sound. */
export function openBeside(file: string, key: Buffer): WritableDb {
  openForReading(file, key).close();
  return asRefusals(() => connect(file, key, { readonly: false }));
}

/** For worker threads and for looking before writing. */
export function openForReading(file: string, key: Buffer): ReadableDb {
  if (!existsSync(file)) throw refuse('database-missing');
  return asRefusals(() => {
    if (statSync(file).size === 0) throw refuse('database-damaged');
    const db = connect(file, key, { readonly: true });
    try {
      if (db.pragma('application_id', { simple: true }) !== applicationId) throw refuse('database-damaged');
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  });
}

/**
 * For checking the file: SQLite keeps the CHECKs of a table, and looks at them with integrity_check, only on a connection that
 * could write. This one is told not to. A file that can't be written to is read as any other.
 */
export function openForChecking(file: string, key: Buffer): ReadableDb {
  openForReading(file, key).close();
  try {
    const db = connect(file, key, { readonly: false });
    db.pragma('query_only = ON');
    return db;
  } catch {
    // Write-protected: the rest of what is checked needs no CHECK.
    return openForReading(file, key);
  }
}

/** A new, empty database file. */
export function createDatabase(file: string, key: Buffer): WritableDb {
  return asRefusals(() => {
    const db = connect(file, key, { readonly: false, create: true });
    db.pragma(`application_id = ${String(applicationId)}`);
    return db;
  });
}

/** Every page is authenticated by the cipher, so that a flipped bit is found as well as a torn page. */
function requireSound(db: ReadableDb): void {
  const answer = asRefusals(() => db.pragma('quick_check(1)', { simple: true }));
  if (answer !== 'ok') throw refuse('database-damaged');
}

function connect(file: string, key: Buffer, options: { readonly: boolean; create?: boolean }): WritableDb {
  const db = new Database(file, { readonly: options.readonly, fileMustExist: options.create !== true });
  try {
    db.pragma(`cipher = 'sqlcipher'`);
    db.pragma(`key = "x'${key.toString('hex')}'"`);
    requireSqlite(db);
    // The package's own default in WAL is NORMAL, which can lose an acknowledged commit in a power cut.
    if (!options.readonly) db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    // Temporary files are not encrypted.
    db.pragma('temp_store = MEMORY');
    if (options.readonly) db.pragma('query_only = ON');
  } catch (error) {
    db.close();
    throw error;
  }
  return db as WritableDb; // the brands exist in the types only
}

function requireSqlite(db: Database.Database): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get());
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const [a, b, c] = oldestSqlite;
  const isRecent = major > a || (major === a && (minor > b || (minor === b && patch >= c)));
  if (!isRecent) throw new Error(`SQLite ${version} is older than ${oldestSqlite.join('.')}`);
}

function asRefusals<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw toRefusal(error) ?? error;
  }
}
