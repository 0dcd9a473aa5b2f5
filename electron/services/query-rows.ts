/** The tables of queries: one row a question, one row for each thing said about it. Written only within a transaction of the caller. */
import { findingKey } from '#shared/edit-checks.ts';
import type { StandingQuery } from '#shared/plan-queries.ts';
import type {
  Query,
  QueryEnd,
  QueryMessage,
  QueryMessageKind,
  QuerySeverity,
  QueryState,
} from '#shared/query.ts';
import type { ValuePlace } from '#shared/record.ts';
import type { Text } from '#shared/study.ts';
import { toIsoUtc, type Moment } from '../clock.ts';
import type { ReadableDb, WritableDb } from '../db/open.ts';
import type { SubjectRowId } from './record-rows.ts';
import type { Doer } from './trail.ts';

/** null for a question of a person. */
export type AskingCheck = {
  readonly id: string;
  readonly version: number;
  readonly severity: QuerySeverity;
  readonly message: Text;
} | null;

export interface SaidMessage {
  readonly kind: QueryMessageKind;
  readonly text: string | null;
  readonly by: Doer;
  readonly moment: Moment;
}

export interface QueryReader {
  byIds(ids: readonly number[]): readonly Query[];
  /** Those of a subject that are not closed. */
  openOf(subject: SubjectRowId): readonly Query[];
  /** In the order in which they were opened. */
  ofSubject(subject: SubjectRowId): readonly Query[];
  ofItem(subject: SubjectRowId, place: ValuePlace): readonly Query[];
  /** Of the whole site in the order in which they were opened, some hundreds at a time. */
  all(): IterableIterator<Query>;
}

export interface QueryRows extends QueryReader {
  /** Queries of checks that findings are held against. */
  standing(subject: SubjectRowId): readonly StandingQuery[];
  /** Gives its number. */
  open(subject: SubjectRowId, place: ValuePlace, check: AskingCheck, message: SaidMessage): number;
  move(id: number, to: QueryState, end: QueryEnd | null, message: SaidMessage): void;
}

interface Row {
  readonly id: number;
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly row: number;
  readonly item: string;
  readonly check_id: string | null;
  readonly check_version: number | null;
  readonly severity: QuerySeverity | null;
  readonly message_en: string | null;
  readonly message_fr: string | null;
  readonly state: QueryState;
  readonly closed_by: QueryEnd | null;
  readonly opened_at: number;
  readonly changed_at: number;
}
interface MessageRow {
  readonly query_id: number;
  readonly kind: QueryMessageKind;
  readonly text: string | null;
  readonly user: string;
  readonly role: string;
  readonly at: number;
  readonly offset_minutes: number;
}
interface StandingRow extends ValuePlace {
  readonly id: number;
  readonly check: string;
  readonly state: StandingQuery['state'];
}

const selectQuery = `SELECT query.*, subject.number AS subject FROM query JOIN subject ON subject.id = query.subject_id`;
const selectByIds = `${selectQuery} WHERE query.id IN (SELECT value FROM json_each(?)) ORDER BY query.id`;
const selectOpenOf = `${selectQuery} WHERE query.subject_id = ? AND query.state <> 'closed' ORDER BY query.id`;
const selectOfSubject = `${selectQuery} WHERE query.subject_id = ? ORDER BY query.id`;
const selectOfItem = `${selectQuery} WHERE query.subject_id = ? AND event = ? AND form = ? AND row = ? AND item = ? ORDER BY query.id`;
const selectAfter = `${selectQuery} WHERE query.id > ? ORDER BY query.id LIMIT 500`;
const selectMessages =
  'SELECT * FROM query_message WHERE query_id IN (SELECT value FROM json_each(?)) ORDER BY query_id, position';
const selectStanding = `
  SELECT id, event, form, row, item, check_id AS "check", CASE state WHEN 'closed' THEN 'accepted' ELSE state END AS state FROM query
  WHERE subject_id = ? AND check_id IS NOT NULL AND (state <> 'closed' OR closed_by = 'acceptance') ORDER BY id`;
const insertQuery = `
  INSERT INTO query (subject_id, event, form, row, item, check_id, check_version, severity, message_en, message_fr, state, opened_at, changed_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?)`;
const updateQuery = 'UPDATE query SET state = ?, closed_by = ?, changed_at = ? WHERE id = ?';
const insertMessage = `
  INSERT INTO query_message (query_id, position, kind, text, user, role, at, offset_minutes)
  VALUES (@id, (SELECT COUNT(*) + 1 FROM query_message WHERE query_id = @id), @kind, @text, @user, @role, @at, @offset)`;

export function createQueryReader(db: ReadableDb): QueryReader {
  const byIds = db.prepare<[string], Row>(selectByIds);
  const openOf = db.prepare<[number], Row>(selectOpenOf);
  const ofSubject = db.prepare<[number], Row>(selectOfSubject);
  const ofItem = db.prepare<[number, string, string, number, string], Row>(selectOfItem);
  const messages = db.prepare<[string], MessageRow>(selectMessages);
  const complete = (rows: readonly Row[]): readonly Query[] => {
    if (rows.length === 0) return [];
    const said = Map.groupBy(
      messages.all(JSON.stringify(rows.map(({ id }) => id))),
      ({ query_id }) => query_id,
    );
    return rows.map((row) => toQuery(row, said.get(row.id) ?? []));
  };
  const after = db.prepare<[number], Row>(selectAfter);
  return {
    all: function* () {
      for (let last = 0, rows = after.all(0); rows.length > 0; rows = after.all(last)) {
        yield* complete(rows);
        last = rows.at(-1)?.id ?? last;
      }
    },
    byIds: (ids) => (ids.length === 0 ? [] : complete(byIds.all(JSON.stringify(ids)))),
    openOf: ({ id }) => complete(openOf.all(id)),
    ofSubject: ({ id }) => complete(ofSubject.all(id)),
    ofItem: ({ id }, { event, form, row, item }) => complete(ofItem.all(id, event, form, row, item)),
  };
}

export function createQueryRows(db: WritableDb): QueryRows {
  const standing = db.prepare<[number], StandingRow>(selectStanding);
  const add = db.prepare(insertQuery);
  const change = db.prepare<[QueryState, QueryEnd | null, number, number]>(updateQuery);
  const say = db.prepare(insertMessage);
  const put = (id: number, { kind, text, by, moment }: SaidMessage): void => {
    say.run({ id, kind, text, user: by.user, role: by.role, at: moment.at, offset: moment.offsetMinutes });
  };
  return {
    ...createQueryReader(db),
    standing: ({ id }) =>
      standing.all(id).map((row) => ({ id: row.id, key: findingKey(row), state: row.state })),
    open: ({ id: subject }, { event, form, row, item }, check, message) => {
      const asked =
        check === null
          ? [null, null, null, null, null]
          : [check.id, check.version, check.severity, check.message.en, check.message.fr];
      const { at } = message.moment;
      const id = Number(add.run(subject, event, form, row, item, ...asked, at, at).lastInsertRowid);
      put(id, message);
      return id;
    },
    move: (id, to, end, message) => {
      change.run(to, end, message.moment.at, id);
      put(id, message);
    },
  };
}

function toQuery(
  { id, subject, event, form, row, item, severity, state, ...rest }: Row,
  messages: readonly MessageRow[],
): Query {
  const { message_en: en, message_fr: fr } = rest;
  return {
    ...{ id, subject, event, form, row, item, severity, state },
    check: rest.check_id,
    checkVersion: rest.check_version,
    message: en === null || fr === null ? null : { en, fr },
    closedBy: rest.closed_by,
    openedAt: toIsoUtc(rest.opened_at),
    changedAt: toIsoUtc(rest.changed_at),
    messages: messages.map(toMessage),
  };
}

function toMessage({ kind, text, user, role, at, offset_minutes }: MessageRow): QueryMessage {
  return { kind, text, user, role, at: toIsoUtc(at), offsetMinutes: offset_minutes };
}
