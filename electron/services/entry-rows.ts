/** Rows of the trail as SQL gives them, with the names of what they are about, and the entries that they are. */
import { auditActions, type AuditAction, type AuditDetail, type ChainedEntry } from '#shared/audit.ts';
import type { ItemValue, Origin } from '#shared/record.ts';
import { toIsoUtc } from '../clock.ts';

export interface EntryRow {
  readonly seq: number;
  readonly at: number;
  readonly offset_minutes: number;
  readonly user: string;
  readonly role: string;
  readonly site: string;
  readonly action: string;
  readonly origin: Origin;
  readonly subject: string | null;
  readonly event: string | null;
  readonly form: string | null;
  readonly row: number | null;
  readonly item: string | null;
  readonly old: string | null;
  readonly new: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly hash: string;
}

/** What entries are about, by name. */
export const joinNames = `
  LEFT JOIN subject ON subject.id = audit.subject_id LEFT JOIN form ON form.id = audit.form_id LEFT JOIN item ON item.id = audit.item_id`;
export const selectEntries = `
  SELECT audit.seq, audit.at, audit.offset_minutes, audit.user, audit.role, audit.site, audit.action, audit.origin,
         subject.number AS subject, form.event, form.form, audit.row, item.name AS item,
         audit.old, audit.new, audit.reason, audit.detail, lower(hex(audit.hash)) AS hash
  FROM audit ${joinNames}`;

/** Of a trail that is taken as it was written: throws where a column is none that append() writes. */
export function toEntry(row: EntryRow): ChainedEntry {
  return entryOf(row, toIsoUtc, parse);
}

/** Tolerant: columns that were altered are told by the hash, and may hold anything here. */
export function toSuspectEntry(row: EntryRow): ChainedEntry {
  return entryOf(row, timeOrNone, parseOrNull);
}

/** An action that this version does not know can only come from outside; its hash will tell. */
export function toAction(action: string): AuditAction {
  return auditActions.find((known) => known === action) ?? (action as AuditAction);
}

function entryOf(
  row: EntryRow,
  toTime: (at: number) => string,
  read: (json: string | null) => unknown,
): ChainedEntry {
  const { seq, user, role, site, origin, subject, event, form, item, reason, hash } = row;
  return {
    ...{ seq, user, role, site, origin, subject, event, form, row: row.row, item, reason, hash },
    at: toTime(row.at),
    offsetMinutes: row.offset_minutes,
    action: toAction(row.action),
    old: read(row.old) as ItemValue | null, // of these shapes as append() writes them, or the hash tells
    new: read(row.new) as ItemValue | null,
    detail: read(row.detail) as AuditDetail | null,
  };
}

function timeOrNone(at: number): string {
  return Math.abs(at) <= 8.64e15 ? toIsoUtc(at) : '';
}

function parse(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}

function parseOrNull(json: string | null): unknown {
  try {
    return parse(json);
  } catch {
    // Its hash tells.
    return null;
  }
}
