import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { toRefusal } from '../../../electron/db/disk-faults.ts';
import { createDatabase, openForReading, openForWriting } from '../../../electron/db/open.ts';
import { temporaryFolder } from '../services/workbench.ts';
import { refusalOf } from './refusal-of.ts';

const key = randomBytes(32);
const inspectNothing = (): void => undefined;

function filledFile(): string {
  const file = path.join(temporaryFolder(), 'site.cahier');
  const db = createDatabase(file, key);
  db.exec('CREATE TABLE note (text TEXT) STRICT');
  db.prepare(`INSERT INTO note SELECT 'the quick brown fox ' || value FROM json_each(?)`).run(count(2000));
  db.close();
  return file;
}

/** As an array of JSON. */
const count = (to: number): string => JSON.stringify(Array.from({ length: to }, (_, index) => index));

const pragma = (db: Database.Database, name: string): unknown => db.pragma(name, { simple: true });

describe('a connection', () => {
  it('of the writer waits for the disk, checks references and keeps temporary pages out of files', () => {
    const db = openForWriting(filledFile(), key, inspectNothing);
    const named = ['journal_mode', 'synchronous', 'foreign_keys', 'temp_store', 'trusted_schema'].map(
      (name) => pragma(db, name),
    );
    db.close();
    expect(named).toEqual(['wal', 2, 1, 2, 0]);
  });

  it('of a reader cannot write, and sees what is committed while the writer goes on', () => {
    const file = filledFile();
    const writer = openForWriting(file, key, inspectNothing);
    const reader = openForReading(file, key);
    writer.exec(`INSERT INTO note VALUES ('new')`);
    expect(reader.prepare(`SELECT count(*) FROM note WHERE text = 'new'`).pluck().get()).toBe(1);
    expect(() => reader.exec('DELETE FROM note')).toThrow();
    expect(pragma(reader, 'synchronous')).toBe(2);
    reader.close();
    writer.close();
  });

  it('is made with a SQLite that has no WAL-reset fault', () => {
    const version = String(new Database(':memory:').prepare('SELECT sqlite_version()').pluck().get());
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003);
  });
});

describe('the file', () => {
  it('shows nothing of what is in it, nor that it is SQLite', () => {
    const file = filledFile();
    const bytes = readFileSync(file).toString('latin1');
    expect(bytes).not.toContain('SQLite format');
    expect(bytes).not.toContain('quick brown');
    expect(bytes).not.toContain('CREATE TABLE');
  });

  it.each<[string, (file: string) => void]>([
    [
      'empty',
      (file) => {
        truncateSync(file, 0);
      },
    ],
    [
      'cut in the middle of a page',
      (file) => {
        truncateSync(file, statSync(file).size - 100);
      },
    ],
    [
      'cut to half',
      (file) => {
        truncateSync(file, 4096 * Math.floor(statSync(file).size / 8192));
      },
    ],
    [
      'shorter than a page',
      (file) => {
        truncateSync(file, 1000);
      },
    ],
    [
      'a text',
      (file) => {
        writeFileSync(file, 'hello '.repeat(5000));
      },
    ],
    [
      'a spreadsheet',
      (file) => {
        writeFileSync(file, Buffer.concat([Buffer.from('PK\u0003\u0004'), randomBytes(50_000)]));
      },
    ],
    [
      'a plain SQLite database',
      (file) => {
        truncateSync(file, 0);
        const plain = new Database(file);
        plain.exec('CREATE TABLE note (text TEXT)');
        plain.close();
      },
    ],
    [
      'changed in one bit of its first page',
      (file) => {
        flipBit(file, 50);
      },
    ],
    [
      'changed in one bit of a later page',
      (file) => {
        flipBit(file, statSync(file).size - 3000);
      },
    ],
    [
      'of another site',
      (file) => {
        truncateSync(file, 0);
        createDatabase(file, randomBytes(32)).close();
      },
    ],
  ])('that is %s is refused and left as it is', (_, damage) => {
    const file = filledFile();
    damage(file);
    const before = readFileSync(file);
    expect(refusalOf(() => openForWriting(file, key, inspectNothing).close())).toBe('database-damaged');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('that is missing is told so, and not made', () => {
    const file = path.join(temporaryFolder(), 'site.cahier');
    expect(refusalOf(() => openForWriting(file, key, inspectNothing))).toBe('database-missing');
    expect(refusalOf(() => openForReading(file, key))).toBe('database-missing');
    expect(() => statSync(file)).toThrow();
  });
});

describe('faults of the disk', () => {
  const faultOf = (act: () => unknown): string | undefined => {
    try {
      act();
    } catch (error) {
      return toRefusal(error)?.refusal.key;
    }
    return 'none';
  };

  it.runIf(process.platform === 'linux')('are named: no space left', () => {
    expect(
      faultOf(() => {
        const full = openSync('/dev/full', 'w');
        try {
          writeSync(full, 'x');
        } finally {
          closeSync(full);
        }
      }),
    ).toBe('disk-full');
  });

  it('are named: the database may not grow', () => {
    const db = openForWriting(filledFile(), key, inspectNothing);
    db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`);
    expect(
      faultOf(() => {
        db.prepare(`INSERT INTO note SELECT printf('%1000d', value) FROM json_each(?)`).run(count(5000));
      }),
    ).toBe('disk-full');
    db.close();
  });

  it.runIf(process.platform === 'linux')('are named: a folder that cannot be written to', () => {
    expect(faultOf(() => createDatabase('/sys/site.cahier', key))).toBe('read-only');
  });

  it('leave bugs alone', () => {
    expect(toRefusal(new TypeError('x is not a function'))).toBeNull();
    expect(
      toRefusal(new Database.SqliteError('UNIQUE constraint failed', 'SQLITE_CONSTRAINT_UNIQUE')),
    ).toBeNull();
    expect(toRefusal('text')).toBeNull();
  });
});

function flipBit(file: string, position: number): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
  writeFileSync(file, bytes);
}
