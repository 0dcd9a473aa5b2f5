/**
 * Entries as they lie in the table: the text that the hash of each was made over, and what proofs read of them. The columns old,
 * new and detail hold canonical JSON already, so SQLite puts the text together as it reads, without anything being parsed;
 * a column that is no longer canonical gives another hash. Held equal to canonicalJson by a test.
 */
import { auditActions, type AuditAction, type AuditDetail, type ChainedEntry } from '#shared/audit.ts';
import type { ItemValue, Origin } from '#shared/record.ts';
import { toIsoUtc } from '../../clock.ts';

/** In the order of `selectHashed`. `rest` is the text from the end of the time on. */
export type HashedEntry = readonly [seq: number, at: number, action: string, hash: string, rest: string];

const names = `
  LEFT JOIN subject ON subject.id = audit.subject_id LEFT JOIN form ON form.id = audit.form_id LEFT JOIN item ON item.id = audit.item_id`;

export const selectHashed = `
  SELECT audit.seq, audit.at, json_quote(audit.action), lower(hex(audit.hash)), concat(
    '","detail":', coalesce(audit.detail, 'null'), ',"event":', json_quote(form.event), ',"form":', json_quote(form.form),
    ',"item":', json_quote(item.name), ',"new":', coalesce(audit.new, 'null'), ',"offsetMinutes":', audit.offset_minutes,
    ',"old":', coalesce(audit.old, 'null'), ',"origin":', json_quote(audit.origin), ',"reason":', json_quote(audit.reason),
    ',"role":', json_quote(audit.role), ',"row":', coalesce(audit.row, 'null'), ',"seq":', audit.seq,
    ',"site":', json_quote(audit.site), ',"subject":', json_quote(subject.number), ',"user":', json_quote(audit.user), '}')
  FROM audit ${names} ORDER BY audit.seq`;

/** Gives the text that was hashed: previous hash and canonical JSON. null when the time is none. */
export function createHashedText(): (entry: HashedEntry, previousHash: string) => string | null {
  // The entries of one save have one time.
  let last = { at: Number.NaN, text: '' };
  return ([, at, action, , rest], previousHash) => {
    if (at !== last.at) {
      if (Math.abs(at) > 8.64e15) return null;
      last = { at, text: toIsoUtc(at) };
    }
    return `${previousHash}{"action":${action},"at":"${last.text}${rest}`;
  };
}

/** In the order of `selectStored`: what proofs of the many small entries read. */
export type StoredEntry = readonly [
  seq: number,
  at: number,
  action: string,
  subjectId: number | null,
  formId: number | null,
  row: number | null,
  itemId: number | null,
  /** Canonical JSON of the answer. */
  after: string | null,
  detail: string | null,
];
export const selectStored =
  'SELECT seq, at, action, subject_id, form_id, row, item_id, new, detail FROM audit ORDER BY seq';

export interface DecodedRow {
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

export const selectEntries = `
  SELECT audit.seq, audit.at, audit.offset_minutes, audit.user, audit.role, audit.site, audit.action, audit.origin,
         subject.number AS subject, form.event, form.form, audit.row, item.name AS item,
         audit.old, audit.new, audit.reason, audit.detail, lower(hex(audit.hash)) AS hash
  FROM audit ${names}`;
/** Takes the actions as a JSON array. */
export const selectDecoded = `${selectEntries} WHERE audit.action IN (SELECT value FROM json_each(?)) ORDER BY audit.seq`;

/** Tolerant: columns that were altered are told by the hash, and may hold anything here. */
export function decode(row: DecodedRow): ChainedEntry {
  const { seq, user, role, site, origin, subject, event, form, item, reason, hash } = row;
  return {
    ...{ seq, user, role, site, origin, subject, event, form, row: row.row, item, reason, hash },
    at: Math.abs(row.at) <= 8.64e15 ? toIsoUtc(row.at) : '',
    offsetMinutes: row.offset_minutes,
    action: toAction(row.action),
    old: parse(row.old) as ItemValue | null, // of this shape, or the hash tells
    new: parse(row.new) as ItemValue | null,
    detail: parse(row.detail) as AuditDetail | null,
  };
}

/** An action that this version does not know can only come from outside; its hash will tell. */
export function toAction(action: string): AuditAction {
  return auditActions.find((known) => known === action) ?? (action as AuditAction);
}

function parse(json: string | null): unknown {
  if (json === null) return null;
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
