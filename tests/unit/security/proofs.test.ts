import { describe, expect, it } from 'vitest';
import Database from 'better-sqlite3';
import path from 'node:path';
import { readMigrations } from '../../../electron/db/migrate.ts';
import { storedProofs, tableProofs, tablesProvenElsewhere } from '../../../electron/services/proofs/index.ts';
import { openBench } from '../services/workbench.ts';
import { root } from '../studies/folders.ts';

/** Every table that the shipped steps make. */
function tables(): readonly string[] {
  const db = new Database(':memory:');
  for (const { sql } of readMigrations(path.join(root, 'migrations'))) db.exec(sql);
  return db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .pluck()
    .all();
}

/** A table can have several proofs; for forms there is one of their places and one of their states. */
async function proven(): Promise<ReadonlySet<string>> {
  const { site } = (await openBench()).services.session.authorise('signed-in');
  return new Set([
    ...tablesProvenElsewhere,
    ...[...tableProofs(site), ...storedProofs()].flatMap((proof) => proof.tables),
  ]);
}

describe('every table of the database', () => {
  it('has a proof that answers for it', async () => {
    const known = await proven();
    expect(tables().filter((table) => !known.has(table))).toEqual([]);
  });

  it('is a table: no proof answers for one that there is not', async () => {
    const there = [...tables(), 'migration'];
    expect([...(await proven())].filter((table) => !there.includes(table))).toEqual([]);
  });
});
