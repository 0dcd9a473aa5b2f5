/**
 * The record as it stood at a moment, played again from the trail: tables of the connection's own memory that stand before
 * the stored ones of the same name, so that everything that reads the record reads it as of then, hashes of signatures too.
 *
 * | table                | as of then                                                                             |
 * |----------------------|----------------------------------------------------------------------------------------|
 * | audit                | entries up to the newest one that was written by then, in the order of the trail        |
 * | subject, form, value | by the entries that enrolled, moved, set, hid and removed                               |
 * | freeze               | by the newest entry about it                                                            |
 * | query, signature     | those opened or made by then, with what was said by then                                |
 * | finding              | not known: findings are worked out at each save, and kept for the newest state alone    |
 *
 * A clock that went back: the trail counts by its order, so what stands before the newest entry of then belongs to it.
 */
import { statusOf } from '../subject-status.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { StudyModel } from '#shared/study-model.ts';
import type { FormStatus } from '#shared/record.ts';
import { changing } from '../proofs/subject.ts';

const selectLast = 'SELECT MAX(seq) FROM audit WHERE at <= ?';
const selectFingerprint = `
  SELECT detail ->> 'fingerprint' FROM audit WHERE action = 'study.installed' AND item_id IS NULL AND seq <= ? ORDER BY seq DESC LIMIT 1`;

const empty = `
  CREATE TEMP TABLE subject (id INTEGER PRIMARY KEY, number TEXT, enrolled_at INTEGER, status TEXT, open_hard INTEGER, open_soft INTEGER, changed_at INTEGER) STRICT;
  CREATE TEMP TABLE form (id INTEGER PRIMARY KEY, subject_id INTEGER, event TEXT, form TEXT, state TEXT) STRICT;
  CREATE INDEX temp.form_of_subject ON form (subject_id);
  CREATE TEMP TABLE value (
    form_id INTEGER, row INTEGER, item_id INTEGER, text TEXT, relation TEXT, number REAL, unit TEXT, precision TEXT, missing TEXT,
    version INTEGER, derived INTEGER, parked INTEGER, PRIMARY KEY (form_id, row, item_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TEMP TABLE freeze (subject_id INTEGER, lifted_at INTEGER) STRICT;
  CREATE TEMP TABLE finding (subject_id INTEGER, position INTEGER, key TEXT, severity TEXT, status TEXT, body TEXT) STRICT;
  CREATE TEMP TABLE confirmation (subject_id INTEGER, key TEXT, basis TEXT, reason TEXT, user TEXT, confirmed_at INTEGER) STRICT;
  CREATE TEMP TABLE query (
    id INTEGER PRIMARY KEY, subject_id INTEGER, event TEXT, form TEXT, row INTEGER, item TEXT, check_id TEXT, check_version INTEGER,
    severity TEXT, message_en TEXT, message_fr TEXT, state TEXT, closed_by TEXT, opened_at INTEGER, changed_at INTEGER
  ) STRICT;
  CREATE TEMP TABLE query_message (
    query_id INTEGER, position INTEGER, kind TEXT, text TEXT, user TEXT, role TEXT, at INTEGER, offset_minutes INTEGER,
    PRIMARY KEY (query_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE TEMP TABLE signature (
    id INTEGER PRIMARY KEY, subject_id INTEGER, event TEXT, form TEXT, user TEXT, printed_name TEXT, role TEXT, meaning TEXT,
    at INTEGER, offset_minutes INTEGER, study_fingerprint TEXT, content_hash TEXT, trail_seq INTEGER
  ) STRICT;`;

const fillSubjects = `
  INSERT INTO temp.subject (id, number, enrolled_at, changed_at)
  SELECT id, number, enrolled_at, (
    SELECT at FROM main.audit WHERE subject_id = subject.id AND seq <= @last AND action IN (SELECT value FROM json_each(@changing)) ORDER BY seq DESC LIMIT 1
  )
  FROM main.subject AS subject
  WHERE id IN (SELECT subject_id FROM main.audit WHERE action = 'subject.enrolled' AND seq <= @last)`;
const fillForms = `
  INSERT INTO temp.form (id, subject_id, event, form, state)
  SELECT id, subject_id, event, form, COALESCE((
    SELECT detail ->> 'to' FROM main.audit
    WHERE form_id = form.id AND item_id IS NULL AND action LIKE 'form.%' AND detail ->> 'to' IS NOT NULL AND seq <= @last ORDER BY seq DESC LIMIT 1
  ), 'empty')
  FROM main.form AS form
  WHERE EXISTS (SELECT 1 FROM main.audit WHERE form_id = form.id AND item_id IS NOT NULL AND seq <= @last)
     OR EXISTS (SELECT 1 FROM main.audit WHERE form_id = form.id AND item_id IS NULL AND seq <= @last)`;
/** The last time that a place was set counts unless its row was removed since; a mark counts when it came later still. */
const fillValues = `
  INSERT INTO temp.value (form_id, row, item_id, text, relation, number, unit, precision, missing, version, derived, parked)
  WITH place AS (
    SELECT form_id, row, item_id,
           MAX(seq) FILTER (WHERE action = 'value.set') AS placed,
           MAX(seq) FILTER (WHERE action = 'row.removed') AS removed,
           MAX(seq) FILTER (WHERE action IN ('value.parked', 'value.unparked')) AS marked
    FROM main.audit
    WHERE form_id IS NOT NULL AND item_id IS NOT NULL AND seq <= @last
      AND action IN ('value.set', 'row.removed', 'value.parked', 'value.unparked')
    GROUP BY form_id, item_id, row
  )
  SELECT place.form_id, place.row, place.item_id, entry.new ->> 'text', entry.new ->> 'relation',
         CASE WHEN entry.new ->> 'number' IS NOT NULL THEN number_in(entry.new) END,
         entry.new ->> 'unit', entry.new ->> 'precision', entry.new ->> 'missing',
         (SELECT COUNT(*) FROM main.audit AS version
          WHERE version.form_id = place.form_id AND version.item_id = place.item_id AND version.row = place.row
            AND version.action = 'value.set' AND version.seq > COALESCE(place.removed, 0) AND version.seq <= @last),
         COALESCE(entry.detail ->> 'derived', 0),
         CASE WHEN place.marked > place.placed THEN mark.action = 'value.parked' ELSE COALESCE(entry.detail ->> 'parked', 0) END
  FROM place JOIN main.audit AS entry ON entry.seq = place.placed LEFT JOIN main.audit AS mark ON mark.seq = place.marked
  WHERE place.placed > COALESCE(place.removed, 0)`;
const fillFreezes = `
  INSERT INTO temp.freeze (subject_id, lifted_at)
  SELECT subject_id, CASE WHEN action IN ('subject.unfrozen', 'site.unfrozen') THEN at END
  FROM (
    SELECT subject_id, action, at, MAX(seq) FROM main.audit
    WHERE action IN ('subject.frozen', 'subject.unfrozen', 'site.frozen', 'site.unfrozen') AND seq <= @last GROUP BY subject_id
  )`;
/** Definitions that were installed by then: the view of the trail, which is made first, ends there. */
const onlyVersions = `
  CREATE TEMP VIEW study_version AS SELECT * FROM main.study_version
  WHERE fingerprint IN (SELECT detail ->> 'fingerprint' FROM temp.audit WHERE action = 'study.installed' AND item_id IS NULL)`;
const said = `
  WITH said AS (
    SELECT detail ->> 'query' AS query, MAX(seq) AS last, COUNT(*) AS messages FROM main.audit
    WHERE action IN ('query.opened', 'query.answered', 'query.reopened', 'query.closed') AND seq <= @last GROUP BY 1
  )`;
const fillQueries = `
  INSERT INTO temp.query
  ${said}
  SELECT query.id, query.subject_id, query.event, query.form, query.row, query.item, check_id, check_version, severity, message_en, message_fr,
         CASE entry.action WHEN 'query.answered' THEN 'answered' WHEN 'query.closed' THEN 'closed' ELSE 'open' END,
         CASE WHEN entry.action = 'query.closed' THEN CASE entry.detail ->> 'by' WHEN 'correction' THEN 'correction' ELSE 'acceptance' END END,
         query.opened_at, entry.at
  FROM said JOIN main.query AS query ON query.id = said.query JOIN main.audit AS entry ON entry.seq = said.last`;
const fillMessages = `
  INSERT INTO temp.query_message
  ${said}
  SELECT message.query_id, message.position, message.kind, message.text, message.user, message.role, message.at, message.offset_minutes
  FROM said JOIN main.query_message AS message ON message.query_id = said.query AND message.position <= said.messages`;
const fillSignatures = `
  INSERT INTO temp.signature
  SELECT id, subject_id, event, form, user, printed_name, role, meaning, at, offset_minutes, study_fingerprint, content_hash, trail_seq
  FROM main.signature
  WHERE id IN (SELECT detail ->> 'signature' FROM main.audit WHERE action = 'signature.made' AND seq <= @last)`;
const selectStates = 'SELECT subject_id AS subject, event, form, state FROM temp.form ORDER BY id';
const updateStatus = 'UPDATE temp.subject SET status = ? WHERE id = ?';

export interface Stood {
  /** The newest entry of then. */
  readonly last: number;
  /** Of the definition that the site worked with. */
  readonly fingerprint: string;
}

/** UTC milliseconds. null: there was nothing yet, not even the study. */
export function momentInTrail(db: ReadableDb, at: number): Stood | null {
  const last = db.prepare<[number], number | null>(selectLast).pluck().get(at) ?? 0;
  const fingerprint = db.prepare<[number], string>(selectFingerprint).pluck().get(last);
  return fingerprint === undefined ? null : { last, fingerprint };
}

/** Within a transaction, before anything is prepared on the connection, which reads the past from then on. */
export function readAsItStood(db: ReadableDb, { last }: Stood, model: StudyModel): void {
  // SQLite's own reading of a long decimal is not always the nearest double, which is the one that was stored.
  db.function('number_in', { deterministic: true }, (json) => numberIn(json));
  db.exec(empty);
  const bound = { last, changing: JSON.stringify(changing) };
  for (const fill of [
    fillSubjects,
    fillForms,
    fillValues,
    fillFreezes,
    fillQueries,
    fillMessages,
    fillSignatures,
  ])
    db.prepare<[object]>(fill).run(bound);
  const forms = Map.groupBy(
    db.prepare<[], FormStatus & { readonly subject: number }>(selectStates).all(),
    ({ subject }) => subject,
  );
  const update = db.prepare<[string, number]>(updateStatus);
  for (const id of db.prepare<[], number>('SELECT id FROM temp.subject').pluck().all())
    update.run(statusOf(model, forms.get(id) ?? []), id);
  // A view takes no parameter; this is a number.
  db.exec(`CREATE TEMP VIEW audit AS SELECT * FROM main.audit WHERE seq <= ${String(last)}`);
  db.exec(onlyVersions);
}

function numberIn(json: unknown): number | null {
  const content: unknown = JSON.parse(String(json));
  const number: unknown =
    typeof content === 'object' && content !== null ? Reflect.get(content, 'number') : null;
  return typeof number === 'number' ? number : null;
}
