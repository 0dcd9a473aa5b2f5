/** What a pooled folder knows of its sites' deliveries and of its conflict book; both are empty in a site's own folder. */
import { integer, text, type FilledColumn } from '#shared/export-plan/sheet.ts';
import type { ReadableDb } from '../../db/open.ts';

export interface Delivery {
  readonly id: number;
  readonly site: string | null;
  readonly siteName: string | null;
  readonly file: string;
  readonly sha256: string;
  readonly kind: string;
  readonly state: string;
  readonly why: string | null;
  readonly studyVersion: string | null;
  readonly fingerprint: string | null;
  readonly cutAt: number | null;
  readonly cutSeq: number | null;
  readonly cutHead: string | null;
  readonly subjects: number;
  readonly values: number;
  readonly added: number;
  readonly changed: number;
  readonly withdrawn: number;
  readonly receivedAt: number;
  readonly user: string;
}

export interface ConflictLine {
  readonly id: number;
  readonly kind: string;
  readonly site: string;
  readonly subject: string | null;
  readonly event: string | null;
  readonly form: string | null;
  readonly row: number | null;
  readonly item: string | null;
  readonly other: string | null;
  readonly pooled: string | null;
  readonly incoming: string | null;
  readonly state: string;
  readonly decision: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly reason: string | null;
}

export interface PoolReader {
  deliveries(): Iterable<Delivery>;
  conflicts(): Iterable<ConflictLine>;
}

const selectDeliveries = `
  SELECT id, site, site_name AS siteName, file, sha256, kind, state, why, study_version AS studyVersion, fingerprint,
         cut_at AS cutAt, cut_seq AS cutSeq, cut_head AS cutHead, subjects, value_count AS "values", added, changed,
         withdrawn, received_at AS receivedAt, user
  FROM delivery ORDER BY id`;
const selectConflicts = `
  SELECT id, kind, site, subject, event, form, row, item, other, pooled, incoming, state, decision,
         decided_by AS decidedBy, decided_at AS decidedAt, reason
  FROM conflict ORDER BY id`;

/** The caller holds a read transaction for as long as it reads. */
export function createPoolReader(db: ReadableDb): PoolReader {
  return {
    deliveries: () => db.prepare<[], Delivery>(selectDeliveries).iterate(),
    conflicts: () => db.prepare<[], ConflictLine>(selectConflicts).iterate(),
  };
}

const isoOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export const deliveryColumns: readonly FilledColumn<Delivery>[] = [
  integer('DELIVERY', 9, ({ id }) => id),
  text('SITEID', 8, ({ site }) => site),
  text('SITE_NAME', 24, ({ siteName }) => siteName),
  text('FILE', 30, ({ file }) => file),
  text('SHA256', 66, ({ sha256 }) => sha256),
  text('KIND', 10, ({ kind }) => kind),
  text('STATE', 10, ({ state }) => state),
  text('WHY', 40, ({ why }) => why),
  text('STUDY_VERSION', 14, ({ studyVersion }) => studyVersion),
  text('FINGERPRINT', 66, ({ fingerprint }) => fingerprint),
  text('CUT_UTC', 26, ({ cutAt }) => isoOf(cutAt)),
  integer('CUT_SEQ', 9, ({ cutSeq }) => cutSeq),
  text('CUT_HEAD', 66, ({ cutHead }) => cutHead),
  integer('SUBJECTS', 9, ({ subjects }) => subjects),
  integer('VALUE_COUNT', 9, ({ values }) => values),
  integer('ADDED', 9, ({ added }) => added),
  integer('CHANGED', 9, ({ changed }) => changed),
  integer('WITHDRAWN', 9, ({ withdrawn }) => withdrawn),
  text('RECEIVED_UTC', 26, ({ receivedAt }) => isoOf(receivedAt)),
  text('RECEIVED_BY', 16, ({ user }) => user),
];

export const conflictColumns: readonly FilledColumn<ConflictLine>[] = [
  integer('CONFLICT', 9, ({ id }) => id),
  text('KIND', 12, ({ kind }) => kind),
  text('SITEID', 8, ({ site }) => site),
  text('SUBJID', 12, ({ subject }) => subject),
  text('VISIT', 8, ({ event }) => event),
  text('FORM', 8, ({ form }) => form),
  integer('REPEAT', 9, ({ row }) => row),
  text('ITEM', 16, ({ item }) => item),
  text('OTHER', 16, ({ other }) => other),
  text('POOLED', 30, ({ pooled }) => pooled),
  text('INCOMING', 30, ({ incoming }) => incoming),
  text('STATE', 10, ({ state }) => state),
  text('DECISION', 10, ({ decision }) => decision),
  text('DECIDED_BY', 16, ({ decidedBy }) => decidedBy),
  text('DECIDED_UTC', 26, ({ decidedAt }) => isoOf(decidedAt)),
  text('REASON', 30, ({ reason }) => reason),
];
