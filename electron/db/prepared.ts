/**
 * Statements that every call asks, made once for each connection: SQLite takes longer to compile them than to answer.
 * They are shared by their text, so a text that is asked here is asked in one way everywhere (all rows, one column …),
 * and only constants are asked here, never a text put together from what somebody gave.
 */
import type { Statement } from 'better-sqlite3';
import type { ReadableDb } from './open.ts';

/** Go with their connection. */
const known = new WeakMap<ReadableDb, Map<string, Statement>>();

export function prepared<Parameters extends unknown[], Row>(
  db: ReadableDb,
  sql: string,
): Statement<Parameters, Row> {
  const ofDb = known.get(db) ?? new Map<string, Statement>();
  known.set(db, ofDb);
  const statement = ofDb.get(sql) ?? db.prepare(sql);
  ofDb.set(sql, statement);
  return statement as Statement<Parameters, Row>; // the text says what it takes and gives, as with prepare()
}
