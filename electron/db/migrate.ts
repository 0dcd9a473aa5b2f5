/**
 * Brings a database to the newest step of migrations/*.sql, each in one transaction. What was applied is remembered
 * with its SHA-256: a step is never edited after release, and a file from a newer version is refused untouched.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { refuse } from '../app-error.ts';
import type { ReadableDb, WritableDb } from './open.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

const MigrationName = /^(\d{4})-([a-z0-9-]+)\.sql$/u;

/** All steps of a folder in order. Throws when numbers are missing or doubled, which is a fault of the build. */
export function readMigrations(folder: string): readonly Migration[] {
  const steps = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const [, number, name] = MigrationName.exec(file) ?? [];
      if (number === undefined || name === undefined)
        throw new Error(`${file} is not named like 0001-name.sql`);
      // A checkout may have turned the line ends; the step is the same.
      const sql = readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n');
      return { number: Number(number), name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
  steps.forEach((step, index) => {
    if (step.number !== index + 1) throw new Error(`migration ${String(index + 1)} is missing or doubled`);
  });
  return steps;
}

const Applied = z.array(z.strictObject({ number: z.int(), sha256: z.string() }));

/** Refuses a file that a newer or another version wrote. Reads only. */
export function requireKnownSteps(db: ReadableDb, migrations: readonly Migration[]): void {
  for (const { number, sha256 } of appliedSteps(db)) {
    const own = migrations[number - 1];
    if (own === undefined) throw refuse('newer-file');
    if (own.sha256 !== sha256) throw refuse('changed-migration', { number });
  }
}

/** Whether a database that was made by an earlier version waits for steps. A new, empty one does not wait. Reads only. */
export function hasPendingSteps(db: ReadableDb, migrations: readonly Migration[]): boolean {
  const applied = appliedSteps(db).length;
  return applied > 0 && applied < migrations.length;
}

/** Where the applied steps are remembered: there before the first of them. */
export const createStepTable =
  'CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT';

/**
 * Applies what is missing. A step that fails leaves the file as it was before that step. `tell` is called in the step's own
 * transaction, so that none is applied to a site without an entry of its trail.
 */
export function migrate(
  db: WritableDb,
  migrations: readonly Migration[],
  now: number,
  tell: (applied: Migration) => void = () => undefined,
): void {
  requireKnownSteps(db, migrations);
  if (!hasStepTable(db)) db.exec(createStepTable);
  const done = appliedSteps(db).length;
  const remember = db.prepare('INSERT INTO migration (number, name, sha256, applied_at) VALUES (?, ?, ?, ?)');
  for (const step of migrations.slice(done)) {
    db.transaction(() => {
      db.exec(step.sql);
      remember.run(step.number, step.name, step.sha256, now);
      db.pragma(`user_version = ${String(step.number)}`);
      tell(step);
    }).immediate();
  }
}

function appliedSteps(db: ReadableDb): z.infer<typeof Applied> {
  return hasStepTable(db)
    ? Applied.parse(db.prepare('SELECT number, sha256 FROM migration ORDER BY number').all())
    : [];
}

function hasStepTable(db: ReadableDb): boolean {
  return (
    db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'`).get() !== undefined
  );
}
