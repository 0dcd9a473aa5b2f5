/**
 * Entries as they lie in the table: the text that the hash of each was made over, and what proofs read of them. The columns old,
 * new and detail hold canonical JSON already, so SQLite puts the text together as it reads, without anything being parsed;
 * a column that is no longer canonical gives another hash. Held equal to canonicalJson by a test.
 */
import { toIsoUtc } from '../../clock.ts';
import { joinNames, selectEntries } from '../entry-rows.ts';

/** In the order of `selectHashed`. `rest` is the text from the end of the time on. */
export type HashedEntry = readonly [seq: number, at: number, action: string, hash: string, rest: string];

export const selectHashed = `
  SELECT audit.seq, audit.at, json_quote(audit.action), lower(hex(audit.hash)), concat(
    '","detail":', coalesce(audit.detail, 'null'), ',"event":', json_quote(form.event), ',"form":', json_quote(form.form),
    ',"item":', json_quote(item.name), ',"new":', coalesce(audit.new, 'null'), ',"offsetMinutes":', audit.offset_minutes,
    ',"old":', coalesce(audit.old, 'null'), ',"origin":', json_quote(audit.origin), ',"reason":', json_quote(audit.reason),
    ',"role":', json_quote(audit.role), ',"row":', coalesce(audit.row, 'null'), ',"seq":', audit.seq,
    ',"site":', json_quote(audit.site), ',"subject":', json_quote(subject.number), ',"user":', json_quote(audit.user), '}')
  FROM audit ${joinNames} ORDER BY audit.seq`;

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

/** Takes the actions as a JSON array. */
export const selectDecoded = `${selectEntries} WHERE audit.action IN (SELECT value FROM json_each(?)) ORDER BY audit.seq`;
