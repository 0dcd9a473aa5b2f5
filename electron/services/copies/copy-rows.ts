/**
 * Everything that a copy shows, read through one connection in one read transaction: what is saved meanwhile is not in it,
 * and all of it belongs to one head of the trail.
 */
import type { ChainedEntry } from '#shared/audit.ts';
import type { SubjectSource } from '#shared/casebook.ts';
import type { ConfirmedFinding } from '#shared/casebook/sources.ts';
import { findingKey } from '#shared/edit-checks.ts';
import { standingFindings } from '#shared/plan-save.ts';
import type { LocalMinute } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { indexSubject } from '#shared/subject-index.ts';
import type { ReadableDb } from '../../db/open.ts';
import { readConfirmations } from '../finding-rows.ts';
import { createQueryReader } from '../query-rows.ts';
import { createRecordReader } from '../record-rows.ts';
import { signaturesOf } from '../signature-rows.ts';
import { createTrailReader } from '../trail.ts';

export interface CopyReader {
  /** Of the newest entry of the trail. */
  readonly head: { readonly seq: number; readonly hash: string };
  readonly subjects: readonly string[];
  /** By user name, where it differs from that. */
  readonly fullNames: ReadonlyMap<string, string>;
  /** null: there is no such subject. */
  source(subject: string, now: LocalMinute): SubjectSource | null;
}

const selectSubjects = 'SELECT number FROM subject ORDER BY number';
const selectNames = `SELECT user, full_name FROM person WHERE full_name <> '' AND full_name <> user`;

/** The caller holds a read transaction for as long as it reads. */
export function createCopyReader(db: ReadableDb, siteCode: string, model: StudyModel): CopyReader {
  const records = createRecordReader(db, siteCode);
  const trail = createTrailReader(db);
  const queries = createQueryReader(db);
  return {
    head: trail.head(),
    subjects: db.prepare<[], string>(selectSubjects).pluck().all(),
    fullNames: new Map(db.prepare<[], [string, string]>(selectNames).raw().all()),
    source: (number, now) => {
      const subject = records.subject(number);
      if (subject === null) return null;
      const record = records.record(subject);
      const entries = trail.ofSubject(number);
      const findings = standingFindings(model, indexSubject(model, record), record.forms, {
        ...{ now, confirmed: readConfirmations(db, subject), phase: 'entry' },
      });
      return {
        ...{ record, findings, trail: entries },
        confirmed: confirmationsIn(entries),
        queries: queries.ofSubject(subject),
        signatures: signaturesOf(db, subject, record),
      };
    },
  };
}

/** The newest of each finding: the trail knows the role and the local time as well. */
function confirmationsIn(trail: readonly ChainedEntry[]): ReadonlyMap<string, ConfirmedFinding> {
  const found = new Map<string, ConfirmedFinding>();
  for (const { action, event, form, row, item, detail, reason, user, role, at, offsetMinutes } of trail) {
    const check = detail?.['check'];
    if (action !== 'finding.confirmed' || typeof check !== 'string') continue;
    if (event === null || form === null || row === null || item === null) continue;
    const key = findingKey({ event, form, row, item, check });
    found.set(key, { user, role, at, offsetMinutes, reason: reason ?? '' });
  }
  return found;
}
