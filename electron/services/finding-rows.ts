/** The findings kept for each subject, its confirmations, and what the list of subjects shows of both. */
import { confirmationBasis, findingKey } from '#shared/edit-checks.ts';
import type { Finding, FindingStatus } from '#shared/record.ts';
import type { Severity } from '#shared/study.ts';
import type { ReadableDb, WritableDb } from '../db/open.ts';
import type { SubjectRowId } from './record-rows.ts';

export type SubjectStatus = 'enrolled' | 'in-progress' | 'complete';

export interface Confirmation {
  readonly reason: string;
  readonly user: string;
  readonly at: number;
}

export interface WorklistFilter {
  readonly severity?: Severity | undefined;
  readonly status?: FindingStatus | undefined;
  /** Numbers of subjects whose findings are left out. */
  readonly without?: readonly string[];
  readonly offset: number;
  readonly limit: number;
}

/** A finding as it lies in the table. */
export interface StoredFinding {
  readonly key: string;
  readonly severity: Severity;
  readonly status: FindingStatus;
  /** JSON of the Finding. */
  readonly body: string;
}

export interface FindingRows {
  of(subject: SubjectRowId): readonly Finding[];
  /** Writes only the rows that differ: most saves leave most findings as they were. `known` is what the rows hold, if it is known. */
  replace(subject: SubjectRowId, findings: readonly Finding[], known: readonly Finding[] | null): void;
  /** The same for findings that a thread has worked out and made ready. */
  replaceStored(subject: SubjectRowId, findings: readonly StoredFinding[]): void;
  /** findingKey → what the confirmation rests on. */
  confirmed(subject: SubjectRowId): ReadonlyMap<string, string>;
  confirm(subject: SubjectRowId, finding: Finding, confirmation: Confirmation): void;
  worklist(filter: WorklistFilter): {
    readonly rows: readonly (Finding & { readonly subject: string })[];
    readonly total: number;
  };
}

interface Row {
  readonly position: number;
  readonly key: string;
  readonly body: string;
}

const selectFindings = 'SELECT position, key, body FROM finding WHERE subject_id = ? ORDER BY position';
const upsertFinding = `
  INSERT INTO finding (subject_id, position, key, severity, status, body) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (subject_id, position) DO UPDATE SET key = excluded.key, severity = excluded.severity, status = excluded.status, body = excluded.body`;
const deleteFindings = 'DELETE FROM finding WHERE subject_id = ? AND position >= ?';
const updateCounts =
  'UPDATE subject SET open_hard = ?, open_soft = ? WHERE id = ? AND (open_hard <> ? OR open_soft <> ?)';
const selectConfirmations = 'SELECT key, basis FROM confirmation WHERE subject_id = ?';
const upsertConfirmation = `
  INSERT INTO confirmation (subject_id, key, basis, reason, user, confirmed_at) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (subject_id, key) DO UPDATE SET basis = excluded.basis, reason = excluded.reason, user = excluded.user, confirmed_at = excluded.confirmed_at`;
const matching = `FROM finding JOIN subject ON subject.id = finding.subject_id
  WHERE (@severity IS NULL OR finding.severity = @severity) AND (@status IS NULL OR finding.status = @status)
    AND subject.number NOT IN (SELECT value FROM json_each(@without))`;
const selectWorklist = `SELECT subject.number AS subject, finding.body ${matching} ORDER BY subject.number, finding.position LIMIT @limit OFFSET @offset`;
const countWorklist = `SELECT COUNT(*) FROM finding WHERE (@severity IS NULL OR severity = @severity) AND (@status IS NULL OR status = @status)
  AND (@without = '[]' OR subject_id NOT IN (SELECT id FROM subject WHERE number IN (SELECT value FROM json_each(@without))))`;

export function createFindingRows(db: WritableDb): FindingRows {
  const all = db.prepare<[number], Row>(selectFindings);
  const put = db.prepare<[number, number, string, Severity, FindingStatus, string]>(upsertFinding);
  const cut = db.prepare<[number, number]>(deleteFindings);
  const count = db.prepare<[number, number, number, number, number]>(updateCounts);
  const confirmations = db.prepare<[number], { key: string; basis: string }>(selectConfirmations);
  const putConfirmation = db.prepare<[number, string, string, string, string, number]>(upsertConfirmation);
  const list = db.prepare<[object], { subject: string; body: string }>(selectWorklist);
  const total = db.prepare<[object], number>(countWorklist).pluck();

  const putAt = (subject: number, position: number, { key, severity, status, body }: StoredFinding): void => {
    put.run(subject, position, key, severity, status, body);
  };
  const finish = (
    id: number,
    before: number,
    findings: readonly Pick<Finding, 'severity' | 'status'>[],
  ): void => {
    if (before > findings.length) cut.run(id, findings.length);
    const [hard, soft] = [countOpen(findings, 'hard'), countOpen(findings, 'soft')];
    count.run(hard, soft, id, hard, soft);
  };

  return {
    of: ({ id }) => all.all(id).map(({ body }) => parseFinding(body)),
    replace: ({ id }, findings, known) => {
      const before = known === null ? all.all(id) : null;
      findings.forEach((finding, position) => {
        const stands = known?.[position];
        if (stands === finding) return;
        const body = JSON.stringify(finding);
        if (body === (stands === undefined ? before?.[position]?.body : JSON.stringify(stands))) return;
        putAt(id, position, toStored(finding, body));
      });
      finish(id, (known ?? before ?? []).length, findings);
    },
    replaceStored: ({ id }, findings) => {
      const before = all.all(id);
      findings.forEach((finding, position) => {
        if (finding.body !== before[position]?.body) putAt(id, position, finding);
      });
      finish(id, before.length, findings);
    },
    confirmed: ({ id }) => new Map(confirmations.all(id).map(({ key, basis }) => [key, basis])),
    confirm: ({ id }, finding, { reason, user, at }) => {
      putConfirmation.run(id, findingKey(finding), confirmationBasis(finding), reason, user, at);
    },
    worklist: ({ severity = null, status = null, without = [], offset, limit }) => ({
      rows: list
        .all({ severity, status, without: JSON.stringify(without), offset, limit })
        .map(({ subject, body }) => ({ ...parseFinding(body), subject })),
      total: total.get({ severity, status, without: JSON.stringify(without) }) ?? 0,
    }),
  };
}

/** findingKey → what the confirmation rests on, for who only reads. */
export function readConfirmations(db: ReadableDb, { id }: SubjectRowId): ReadonlyMap<string, string> {
  const rows = db.prepare<[number], { key: string; basis: string }>(selectConfirmations).all(id);
  return new Map(rows.map(({ key, basis }) => [key, basis]));
}

export function toStored(finding: Finding, body = JSON.stringify(finding)): StoredFinding {
  return { key: findingKey(finding), severity: finding.severity, status: finding.status, body };
}

function countOpen(findings: readonly Pick<Finding, 'severity' | 'status'>[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity && finding.status === 'open').length;
}

function parseFinding(body: string): Finding {
  return JSON.parse(body) as Finding; // written by replace() above; the file is authenticated by its cipher
}
