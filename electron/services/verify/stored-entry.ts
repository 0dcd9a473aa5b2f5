/**
 * An entry as it lies in the table, and the text that its hash was made over. The columns old, new and detail hold canonical
 * JSON already, so the text is put together without reading them; a text that is no longer canonical gives another hash.
 * What one column hands to the next can't be moved unseen: the three are complete JSON objects or the check of the table fails.
 */
import { auditActions, type AuditAction, type AuditDetail, type ChainedEntry } from '#shared/audit.ts';
import type { ItemValue, Origin } from '#shared/record.ts';
import { toIsoUtc } from '../../clock.ts';
import type { ReadableDb } from '../../db/open.ts';

/** In the order of `selectStored`. */
export type StoredEntry = readonly [
  seq: number,
  at: number,
  offsetMinutes: number,
  user: string,
  role: string,
  site: string,
  action: string,
  origin: string,
  subjectId: number | null,
  formId: number | null,
  row: number | null,
  itemId: number | null,
  old: string | null,
  after: string | null,
  reason: string | null,
  detail: string | null,
  hash: Buffer,
];

/** Without joins: names are looked up in three small maps. */
export const selectStored = `
  SELECT seq, at, offset_minutes, user, role, site, action, origin, subject_id, form_id, row, item_id, old, new, reason, detail, hash
  FROM audit ORDER BY seq`;

export interface EntryReader {
  /** Everything that is hashed after the previous hash; null when a column holds what no entry can have. */
  text(row: StoredEntry): string | null;
  decode(row: StoredEntry): ChainedEntry;
  /** The entry's form is one of its subject: the hash covers both names, and the same form is there for every subject. */
  isOfItsSubject(row: StoredEntry): boolean;
}

interface FormName {
  readonly subjectId: number;
  readonly event: string;
  readonly form: string;
  readonly text: string;
}

/** Reads the names of subjects, forms and items once. */
export function createEntryReader(db: ReadableDb): EntryReader {
  const subjects = names(db, 'SELECT id, number FROM subject');
  const items = names(db, 'SELECT id, name FROM item');
  const forms = new Map<number, FormName>();
  for (const [id, subjectId, event, form] of db
    .prepare<[], [number, number, string, string]>('SELECT id, subject_id, event, form FROM form')
    .raw()
    .iterate())
    forms.set(id, {
      subjectId,
      event,
      form,
      text: `,"event":${JSON.stringify(event)},"form":${JSON.stringify(form)},"item":`,
    });
  const subjectTexts = quotedNames(subjects);
  const itemTexts = quotedNames(items);
  const noForm = ',"event":null,"form":null,"item":';
  const quote = createQuoting();

  return {
    text: ([
      seq,
      at,
      offset,
      user,
      role,
      site,
      action,
      origin,
      subjectId,
      formId,
      row,
      itemId,
      old,
      after,
      reason,
      detail,
    ]) => {
      const form = formId === null ? noForm : forms.get(formId)?.text;
      const item = itemId === null ? 'null' : itemTexts.get(itemId);
      const subject = subjectId === null ? 'null' : subjectTexts.get(subjectId);
      if (form === undefined || item === undefined || subject === undefined) return null;
      if (!isObject(old) || !isObject(after) || !isObject(detail) || !isTime(at)) return null;
      return (
        `{"action":${quote(action)},"at":"${toIsoUtc(at)}","detail":${detail ?? 'null'}${form}${item}` +
        `,"new":${after ?? 'null'},"offsetMinutes":${String(offset)},"old":${old ?? 'null'},"origin":${quote(origin)}` +
        `,"reason":${reason === null ? 'null' : JSON.stringify(reason)},"role":${quote(role)},"row":${String(row)}` +
        `,"seq":${String(seq)},"site":${quote(site)},"subject":${subject},"user":${quote(user)}}`
      );
    },
    decode: ([
      seq,
      at,
      offset,
      user,
      role,
      site,
      action,
      origin,
      subjectId,
      formId,
      row,
      itemId,
      old,
      after,
      reason,
      detail,
      hash,
    ]) => {
      const form = formId === null ? undefined : forms.get(formId);
      return {
        ...{ seq, user, role, site, row, reason },
        at: isTime(at) ? toIsoUtc(at) : '',
        offsetMinutes: offset,
        action: toAction(action),
        origin: origin as Origin, // the table's own check has the list
        subject: subjectId === null ? null : (subjects.get(subjectId) ?? null),
        event: form?.event ?? null,
        form: form?.form ?? null,
        item: itemId === null ? null : (items.get(itemId) ?? null),
        old: parse(old) as ItemValue | null, // of this shape, or the hash tells
        new: parse(after) as ItemValue | null,
        detail: parse(detail) as AuditDetail | null,
        hash: hash.toString('hex'),
      };
    },
    isOfItsSubject: (row) => row[9] === null || forms.get(row[9])?.subjectId === row[8],
  };
}

/** An action that this version does not know can only come from outside; its hash will tell. */
export function toAction(action: string): AuditAction {
  return auditActions.find((known) => known === action) ?? (action as AuditAction);
}

function names(db: ReadableDb, sql: string): ReadonlyMap<number, string> {
  return new Map(db.prepare<[], [number, string]>(sql).raw().all());
}

function quotedNames(known: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  return new Map([...known].map(([id, name]) => [id, JSON.stringify(name)]));
}

/** The same few users, roles and actions stand in a million entries. */
function createQuoting(): (text: string) => string {
  const quoted = new Map<string, string>();
  return (text) => {
    let known = quoted.get(text);
    if (known === undefined) {
      known = JSON.stringify(text);
      if (quoted.size < 10_000) quoted.set(text, known);
    }
    return known;
  };
}

const brace = { open: '{'.charCodeAt(0), close: '}'.charCodeAt(0) } as const;

function isObject(json: string | null): boolean {
  return (
    json === null || (json.charCodeAt(0) === brace.open && json.charCodeAt(json.length - 1) === brace.close)
  );
}

function isTime(at: number): boolean {
  return Math.abs(at) <= 8.64e15;
}

/** A column that was altered may hold anything. */
function parse(json: string | null): unknown {
  if (json === null) return null;
  try {
    return JSON.parse(json);
  } catch {
    // Its hash tells; proofs read on without it.
    return null;
  }
}
