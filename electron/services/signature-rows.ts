/** The signatures of a subject, and whether each still fits what stands there. */
import {
  contentHash,
  toValidity,
  type BreakingChange,
  type Signature,
  type SignedScope,
} from '#shared/signature.ts';
import type { SubjectRecord } from '#shared/record.ts';
import { toIsoUtc } from '../clock.ts';
import type { ReadableDb, WritableDb } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import { createRecordReader, type SubjectRowId } from './record-rows.ts';
import { siteCodeIn } from './site-code.ts';
import { sha256 } from './trail.ts';

export interface NewSignature extends SignedScope {
  readonly user: string;
  readonly printedName: string;
  readonly role: string;
  readonly meaning: string;
  readonly at: number;
  readonly offsetMinutes: number;
  readonly studyFingerprint: string;
  readonly contentHash: string;
  /** The newest entry of the trail before the signature's own. */
  readonly trailSeq: number;
}

export interface SignatureRow {
  readonly id: number;
  readonly event: string | null;
  readonly form: string | null;
  readonly user: string;
  readonly printed_name: string;
  readonly role: string;
  readonly meaning: string;
  readonly at: number;
  readonly offset_minutes: number;
  readonly study_fingerprint: string;
  readonly content_hash: string;
  readonly trail_seq: number;
}

const selectOfSubject = `
  SELECT id, event, form, user, printed_name, role, meaning, at, offset_minutes, study_fingerprint, content_hash, trail_seq
  FROM signature WHERE subject_id = ? ORDER BY id`;
const selectChanges = `
  SELECT audit.seq, audit.at, audit.user, form.event, form.form, audit.row, item.name AS item
  FROM form JOIN audit ON audit.form_id = form.id JOIN item ON item.id = audit.item_id
  WHERE form.subject_id = @subject AND (@event IS NULL OR form.event = @event) AND (@form IS NULL OR form.form = @form)
    AND audit.item_id IS NOT NULL AND audit.seq > @since
    AND audit.action IN ('value.set', 'value.parked', 'value.unparked', 'row.removed')
  ORDER BY audit.seq`;
const selectSigned =
  'SELECT DISTINCT subject.number FROM signature JOIN subject ON subject.id = signature.subject_id ORDER BY subject.number';
const insertSignature = `
  INSERT INTO signature (subject_id, event, form, user, printed_name, role, meaning, at, offset_minutes, study_fingerprint, content_hash, trail_seq)
  VALUES (@subject, @event, @form, @user, @printedName, @role, @meaning, @at, @offsetMinutes, @studyFingerprint, @contentHash, @trailSeq)`;

/** As they were made. */
export function signatureRowsOf(db: ReadableDb, { id }: SubjectRowId): readonly SignatureRow[] {
  return prepared<[number], SignatureRow>(db, selectOfSubject).all(id);
}

/** Of every subject, by number; a record is read only where there is a signature to hold against it. */
export function* allSignatures(db: ReadableDb): Generator<Signature> {
  const reader = createRecordReader(db, siteCodeIn(db));
  for (const number of db.prepare<[], string>(selectSigned).pluck().all()) {
    const subject = reader.subject(number);
    if (subject !== null) yield* signaturesOf(db, subject, reader.record(subject));
  }
}

/** Oldest first. Validity is worked out from what stands now, never stored. */
export function signaturesOf(
  db: ReadableDb,
  subject: SubjectRowId,
  record: SubjectRecord,
): readonly Signature[] {
  return signatureRowsOf(db, subject).map((row) => {
    const scope: SignedScope = { subject: subject.number, event: row.event, form: row.form };
    const isSame = contentHash(record, scope, row.study_fingerprint, sha256) === row.content_hash;
    return {
      ...scope,
      id: row.id,
      user: row.user,
      printedName: row.printed_name,
      role: row.role,
      meaning: row.meaning,
      at: toIsoUtc(row.at),
      offsetMinutes: row.offset_minutes,
      contentHash: row.content_hash,
      validity: toValidity(isSame, changesSince(db, subject, scope, row.trail_seq)),
    };
  });
}

/** Changes of values within a scope after an entry of the trail, oldest first. */
export function changesSince(
  db: ReadableDb,
  { id }: SubjectRowId,
  { event, form }: SignedScope,
  since: number,
): readonly BreakingChange[] {
  return db
    .prepare<[object], Omit<BreakingChange, 'at'> & { readonly at: number }>(selectChanges)
    .all({ subject: id, event, form, since })
    .map((row) => ({ ...row, at: toIsoUtc(row.at) }));
}

/** Within the caller's transaction. */
export function addSignature(db: WritableDb, { id }: SubjectRowId, made: NewSignature): number {
  return Number(db.prepare<[object]>(insertSignature).run({ ...made, subject: id }).lastInsertRowid);
}
