/**
 * How a table is held against the trail: its rows have to follow from the entries, so that a row that was changed,
 * removed or inserted behind the application's back is found, with whatever tool.
 */
import type { AuditAction, ChainedEntry } from '#shared/audit.ts';
import type { StudyModel } from '#shared/study-model.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { StoredEntry } from '../verify/stored-entry.ts';

export interface TableProof {
  /** Tables that it answers for. */
  readonly tables: readonly string[];
  /** Only entries with these actions are handed to `read`, in the order of the trail. */
  readonly actions: readonly AuditAction[];
  /** No statement may run meanwhile: the trail is being read on this connection. */
  read(entry: ChainedEntry): void;
  /** Once the whole trail is read: one sentence for each row that does not follow from it, without any value of a subject. */
  problems(db: ReadableDb): readonly string[];
}

/** For what most entries are about: rows as they lie in the table, not decoded. */
export interface StoredProof extends Pick<TableProof, 'tables' | 'problems'> {
  readonly actions: readonly AuditAction[] | 'all';
  take(row: StoredEntry): void;
}

/** What proofs may need beside trail and table. */
export interface ProofContext {
  readonly model: StudyModel;
  /** Of the study that the site works with. */
  readonly fingerprint: string;
  readonly siteCode: string;
  readonly migrations: readonly KnownStep[];
}

export interface KnownStep {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}
