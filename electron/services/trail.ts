/** Appends to the audit trail and reads it back. The only writer of the tables audit and audit_head. */
import { hash as hashOf } from 'node:crypto';
import {
  auditEvent,
  canonicalJson,
  entryHash,
  firstPreviousHash,
  type AuditAction,
  type AuditDetail,
  type AuditEntry,
  type AuditEvent,
  type AuditStamp,
  type ChainedEntry,
} from '#shared/audit.ts';
import type { ItemValue, ValuePlace } from '#shared/record.ts';
import { toIsoUtc, type Moment } from '../clock.ts';
import type { ReadableDb, WritableDb } from '../db/open.ts';
import { selectEntries, toEntry, type EntryRow } from './entry-rows.ts';

/** Who did it; a failed sign-in has no role. */
export interface Doer {
  readonly user: string;
  readonly role: string;
}

export interface TrailReader {
  /** The whole trail in its order, one entry at a time. */
  entries(): IterableIterator<ChainedEntry>;
  /** The trail of one field of a subject, oldest first. */
  ofItem(subject: string, place: ValuePlace): readonly ChainedEntry[];
  /** Entries about something else than a value with one of these actions, oldest first. */
  withActions(actions: readonly AuditAction[]): IterableIterator<ChainedEntry>;
  /** Entries about a subject and what belongs to it, oldest first. */
  ofSubject(subject: string): readonly ChainedEntry[];
  /** Of the newest entry, as kept beside the trail. */
  head(): { readonly seq: number; readonly hash: string };
}

export interface Trail extends TrailReader {
  stamp(doer: Doer, moment: Moment): AuditStamp;
  /** Within the caller's transaction. A clock that went back since the newest entry is recorded first. */
  append(events: readonly AuditEvent[]): void;
  /** One entry about something else than a value. */
  note(
    doer: Doer,
    moment: Moment,
    action: AuditAction,
    about?: { subject?: string; detail?: AuditDetail },
  ): void;
}

export const sha256 = (text: string): string => hashOf('sha256', text, 'hex');

/** Clocks are trimmed by fractions of a second all the time; a whole second back is worth an entry. */
const toleratedMs = 1000;

const selectAll = `${selectEntries} ORDER BY audit.seq`;
const selectOfItem = `${selectEntries} WHERE audit.form_id = (
    SELECT form.id FROM form JOIN subject ON subject.id = form.subject_id WHERE subject.number = ? AND form.event = ? AND form.form = ?
  ) AND audit.item_id = (SELECT id FROM item WHERE name = ?) AND audit.row = ? ORDER BY audit.seq`;
const selectWithActions = `${selectEntries} WHERE audit.item_id IS NULL AND audit.action IN (SELECT value FROM json_each(?)) ORDER BY audit.seq`;
// By the two indexes of the trail: "action >= ''" holds always and opens the second.
const selectOfSubject = `${selectEntries} WHERE audit.seq IN (
    SELECT seq FROM audit WHERE item_id IS NOT NULL
      AND form_id IN (SELECT form.id FROM form JOIN subject ON subject.id = form.subject_id WHERE subject.number = @subject)
    UNION ALL
    SELECT seq FROM audit WHERE item_id IS NULL AND action >= '' AND subject_id = (SELECT id FROM subject WHERE number = @subject)
  ) ORDER BY audit.seq`;
const selectHead = 'SELECT seq, hash FROM audit_head WHERE id = 1';
const selectLastTime = 'SELECT at FROM audit ORDER BY seq DESC LIMIT 1';
const insertEntry = `
  INSERT INTO audit (seq, at, offset_minutes, user, role, site, action, origin, subject_id, form_id, row, item_id, old, new, reason, detail, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const selectSubjectId = 'SELECT id FROM subject WHERE number = ?';
const selectFormId = 'SELECT id FROM form WHERE subject_id = ? AND event = ? AND form = ?';
const selectItemId = 'SELECT id FROM item WHERE name = ?';
const upsertHead =
  'INSERT INTO audit_head (id, seq, hash) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash';

export function createTrailReader(db: ReadableDb): TrailReader {
  const all = db.prepare<[], EntryRow>(selectAll);
  const ofItem = db.prepare<[string, string, string, string, number], EntryRow>(selectOfItem);
  const withActions = db.prepare<[string], EntryRow>(selectWithActions);
  const ofSubject = db.prepare<[{ subject: string }], EntryRow>(selectOfSubject);
  const head = db.prepare<[], { seq: number; hash: Buffer }>(selectHead);
  return {
    entries: function* () {
      for (const row of all.iterate()) yield toEntry(row);
    },
    withActions: function* (actions) {
      for (const row of withActions.iterate(JSON.stringify(actions))) yield toEntry(row);
    },
    ofItem: (subject, { event, form, row, item }) => ofItem.all(subject, event, form, item, row).map(toEntry),
    ofSubject: (subject) => ofSubject.all({ subject }).map(toEntry),
    head: () => {
      const found = head.get();
      return found === undefined
        ? { seq: 0, hash: firstPreviousHash }
        : { seq: found.seq, hash: found.hash.toString('hex') };
    },
  };
}

export function createTrail(db: WritableDb, site: string): Trail {
  const reader = createTrailReader(db);
  const lastTime = db.prepare<[], number>(selectLastTime).pluck();
  const insert = db.prepare(insertEntry);
  const startPlaces = createPlaces(db);
  const putHead = db.prepare<[number, Buffer]>(upsertHead);

  const append = (events: readonly AuditEvent[]): void => {
    const first = events[0];
    if (first === undefined) return;
    let { seq, hash } = reader.head();
    const places = startPlaces();
    for (const event of [...clockEvents(first, lastTime.get() ?? null), ...events]) {
      seq += 1;
      const entry: AuditEntry = { seq, ...event };
      hash = entryHash(entry, hash, sha256);
      const subject = places.subject(entry.subject);
      insert.run(
        ...[
          seq,
          Date.parse(entry.at),
          entry.offsetMinutes,
          entry.user,
          entry.role,
          entry.site,
          entry.action,
          entry.origin,
        ],
        ...[subject, places.form(subject, entry.event, entry.form), entry.row, places.item(entry.item)],
        ...[
          toJson(entry.old),
          toJson(entry.new),
          entry.reason,
          toJson(entry.detail),
          Buffer.from(hash, 'hex'),
        ],
      );
    }
    putHead.run(seq, Buffer.from(hash, 'hex'));
  };
  const stamp = ({ user, role }: Doer, { at, offsetMinutes }: Moment): AuditStamp => ({
    at: toIsoUtc(at),
    offsetMinutes,
    user,
    role,
    site,
  });

  return {
    ...reader,
    stamp,
    append,
    note: (doer, moment, action, about = {}) => {
      append([auditEvent(stamp(doer, moment), action, { ...about, origin: 'system' })]);
    },
  };
}

/** Rows that entries are about; null where there is none. */
interface Places {
  subject(number: string | null): number | null;
  form(subject: number | null, event: string | null, form: string | null): number | null;
  item(name: string | null): number | null;
}

/** Each is looked up once for all entries that are appended together: nothing makes or removes a row in between. */
function createPlaces(db: WritableDb): () => Places {
  const subjectId = db.prepare<[string], number>(selectSubjectId).pluck();
  const formId = db.prepare<[number, string, string], number>(selectFormId).pluck();
  const itemId = db.prepare<[string], number>(selectItemId).pluck();
  return () => {
    const known = new Map<string, number | null>();
    const remembered = (key: string, find: () => number | undefined): number | null => {
      const there = known.get(key);
      if (there !== undefined) return there;
      const found = find() ?? null;
      known.set(key, found);
      return found;
    };
    return {
      subject: (number) =>
        number === null ? null : remembered(`subject ${number}`, () => subjectId.get(number)),
      form: (subject, event, form) =>
        subject === null || event === null || form === null
          ? null
          : remembered(`${String(subject)} ${event} ${form}`, () => formId.get(subject, event, form)),
      item: (name) => (name === null ? null : remembered(`item ${name}`, () => itemId.get(name))),
    };
  };
}

/** Users can't set the time of entries; that the machine's clock went back is told before what was written after it. */
function clockEvents(first: AuditEvent, lastTime: number | null): readonly AuditEvent[] {
  const at = Date.parse(first.at);
  if (lastTime === null || at >= lastTime - toleratedMs || first.action === 'clock.moved') return [];
  const { offsetMinutes, user, role, site } = first;
  const detail = {
    minutes: Math.round((at - lastTime) / 60_000),
    from: toIsoUtc(lastTime),
    to: first.at,
    kind: 'back',
  };
  return [
    auditEvent({ at: first.at, offsetMinutes, user, role, site }, 'clock.moved', {
      origin: 'system',
      detail,
    }),
  ];
}

function toJson(content: ItemValue | AuditDetail | null): string | null {
  return content === null ? null : canonicalJson(content);
}
