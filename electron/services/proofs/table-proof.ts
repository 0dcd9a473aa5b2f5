/**
 * How a table is held against the trail: its rows have to follow from the entries, so that a row that was changed,
 * removed or inserted behind the application's back is found, with whatever tool.
 */
import type { AuditAction, ChainedEntry } from '#shared/audit.ts';
import type { ReadableDb } from '../../db/open.ts';

export interface TableProof {
  /** Tables that it answers for. */
  readonly tables: readonly string[];
  /** Only entries with these actions are handed to `read`, in the order of the trail. */
  readonly actions: readonly AuditAction[];
  read(entry: ChainedEntry): void;
  /** Once the whole trail is read: one sentence for each row that does not follow from it, without any value of a subject. */
  problems(db: ReadableDb): readonly string[];
}
