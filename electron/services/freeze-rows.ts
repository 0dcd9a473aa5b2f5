/** The freezes that stand, and the guard that every path of writing passes. */
import type { Freeze } from '#shared/contract/workflow.ts';
import { refuse } from '../app-error.ts';
import { toIsoUtc } from '../clock.ts';
import type { ReadableDb } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import type { SubjectRowId } from './record-rows.ts';

interface FreezeRow {
  readonly id: number;
  readonly frozen_at: number;
  readonly user: string;
  readonly reason: string;
}
const selectStanding =
  'SELECT id, frozen_at, user, reason FROM freeze WHERE subject_id IS ? AND lifted_at IS NULL';

/** What stands over a subject: its own freeze, and that of its site. */
export function freezesOver(
  db: ReadableDb,
  subject: SubjectRowId,
): { readonly ofSubject: Freeze | null; readonly ofSite: Freeze | null } {
  return { ofSubject: toFreeze(standingFreeze(db, subject.id)), ofSite: toFreeze(standingFreeze(db, null)) };
}

/** For every path that writes about a subject, within its transaction; null where the subject is not there yet. */
export function requireNotFrozen({ db }: { readonly db: ReadableDb }, subject: SubjectRowId | null): void {
  if (standingFreeze(db, null) !== undefined) throw refuse('site-frozen');
  if (subject !== null && standingFreeze(db, subject.id) !== undefined)
    throw refuse('subject-frozen', { subject: subject.number });
}

/** Of a subject; of the site where it is null. */
export function standingFreeze(db: ReadableDb, subject: number | null): FreezeRow | undefined {
  return prepared<[number | null], FreezeRow>(db, selectStanding).get(subject);
}

function toFreeze(row: FreezeRow | undefined): Freeze | null {
  return row === undefined ? null : { at: toIsoUtc(row.frozen_at), user: row.user, reason: row.reason };
}
