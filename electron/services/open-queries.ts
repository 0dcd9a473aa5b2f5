/** Queries that are not closed: a form is neither verified, signed nor locked while it has one. */
import type { OpenQueries } from '#shared/contract/workflow.ts';
import type { ReadableDb } from '../db/open.ts';
import type { SubjectRowId } from './record-rows.ts';

const countQueries = `
  SELECT event, form, COUNT(*) AS count FROM query WHERE subject_id = ? AND state <> 'closed' GROUP BY event, form`;

export function openQueriesOf(db: ReadableDb, { id }: SubjectRowId): readonly OpenQueries[] {
  return db.prepare<[number], OpenQueries>(countQueries).all(id);
}
