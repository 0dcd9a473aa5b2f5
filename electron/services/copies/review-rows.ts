/** Queries and signatures of a subject as they stand in their tables, for a copy: reads and decides nothing. */
import type { ChainedEntry } from '#shared/audit.ts';
import type { Query, QueryMessage } from '#shared/query.ts';
import type { BreakingChange, Signature, SignedScope } from '#shared/signature.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { toIsoUtc } from '../../clock.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { SubjectRowId } from '../record-rows.ts';

export interface ReviewReader {
  queries(subject: SubjectRowId): readonly Query[];
  /** `trail`: the subject's entries, from which it is told whether what was signed was changed since. */
  signatures(subject: SubjectRowId, trail: readonly ChainedEntry[]): readonly Signature[];
}

const selectQueries = `
  SELECT id, event, form, row, item, check_id, check_version, severity, state, closed_by, opened_at, changed_at
  FROM query WHERE subject_id = ? ORDER BY id`;
const selectMessages = `
  SELECT query_id, kind, text, user, role, at, offset_minutes FROM query_message
  WHERE query_id IN (SELECT id FROM query WHERE subject_id = ?) ORDER BY query_id, position`;
const selectSignatures = `
  SELECT id, event, form, user, printed_name, role, meaning, at, offset_minutes, content_hash, trail_seq
  FROM signature WHERE subject_id = ? ORDER BY id`;

interface QueryRow extends Pick<Query, 'id' | 'event' | 'form' | 'row' | 'item' | 'severity' | 'state'> {
  readonly check_id: string | null;
  readonly check_version: number | null;
  readonly closed_by: Query['closedBy'];
  readonly opened_at: number;
  readonly changed_at: number;
}
interface MessageRow extends Pick<QueryMessage, 'kind' | 'text' | 'user' | 'role'> {
  readonly query_id: number;
  readonly at: number;
  readonly offset_minutes: number;
}
interface SignatureRow extends Pick<Signature, 'id' | 'event' | 'form' | 'user' | 'role' | 'meaning'> {
  readonly printed_name: string;
  readonly at: number;
  readonly offset_minutes: number;
  readonly content_hash: string;
  readonly trail_seq: number;
}

export function createReviewReader(db: ReadableDb, model: StudyModel): ReviewReader {
  const queries = db.prepare<[number], QueryRow>(selectQueries);
  const messages = db.prepare<[number], MessageRow>(selectMessages);
  const signatures = db.prepare<[number], SignatureRow>(selectSignatures);
  return {
    queries: ({ id, number }) => {
      const said = Map.groupBy(messages.all(id), ({ query_id }) => query_id);
      return queries.all(id).map((row) => {
        const { check_id, check_version, closed_by, opened_at, changed_at, ...query } = row;
        return {
          ...{ ...query, subject: number, check: check_id, checkVersion: check_version, closedBy: closed_by },
          openedAt: toIsoUtc(opened_at),
          changedAt: toIsoUtc(changed_at),
          messages: (said.get(row.id) ?? []).map(({ kind, text, user, role, at, offset_minutes }) => ({
            ...{ kind, text, user, role },
            at: toIsoUtc(at),
            offsetMinutes: offset_minutes,
          })),
        };
      });
    },
    signatures: ({ id, number }, trail) =>
      signatures.all(id).map((row) => {
        const { printed_name, at, offset_minutes, content_hash, trail_seq, ...signature } = row;
        const scope = { subject: number, event: row.event, form: row.form };
        const by = changesSince(trail, trail_seq, scope, model);
        return {
          ...{ ...signature, subject: number, printedName: printed_name, contentHash: content_hash },
          ...{ at: toIsoUtc(at), offsetMinutes: offset_minutes },
          validity: by.length === 0 ? { state: 'valid' } : { state: 'broken', by },
        };
      }),
  };
}

/** What a signature itself fills in is no change of what was signed. */
function changesSince(
  trail: readonly ChainedEntry[],
  seq: number,
  scope: SignedScope,
  model: StudyModel,
): readonly BreakingChange[] {
  return trail.flatMap((entry): readonly BreakingChange[] => {
    const { event, form, row, item, at, user } = entry;
    if (entry.seq <= seq || event === null || form === null || row === null || item === null) return [];
    if (!/^(?:value|row)\./u.test(entry.action) || model.item(item)?.item.system !== undefined) return [];
    const isSigned = (scope.event ?? event) === event && (scope.form ?? form) === form;
    return isSigned ? [{ seq: entry.seq, at, user, event, form, row, item }] : [];
  });
}
