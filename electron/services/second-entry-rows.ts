/** Reads and writes the tables of double data entry. */
import { canonicalJson } from '#shared/audit.ts';
import type { ItemValue, RecordedValue } from '#shared/record.ts';
import type { Decision } from '#shared/second-entry/error-rates.ts';
import type { ReadableDb, WritableDb } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';

export interface SecondEntry {
  readonly formId: number;
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly state: 'asked' | 'in-progress' | 'complete' | 'adjudicated';
  readonly firstUser: string;
  readonly askedAt: number;
  readonly user: string | null;
  readonly self: 0 | 1;
}
export interface StoredDifference {
  readonly position: number;
  readonly item: string;
  readonly row: number;
  readonly firstRow: number | null;
  readonly secondRow: number | null;
  readonly firstUser: string;
  readonly first: ItemValue | null;
  readonly second: ItemValue | null;
  readonly decided: Decision | null;
  readonly final: ItemValue | null;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly reason: string | null;
}
type DifferenceRow = Omit<StoredDifference, 'first' | 'second' | 'final'> & {
  readonly first: string | null;
  readonly second: string | null;
  readonly final: string | null;
};
type NewDifference = Pick<
  StoredDifference,
  'position' | 'item' | 'row' | 'firstRow' | 'secondRow' | 'firstUser' | 'first' | 'second'
>;

const selectEntry = `
  SELECT second_entry.form_id AS formId, subject.number AS subject, form.event, form.form, second_entry.state,
         second_entry.first_user AS firstUser, second_entry.asked_at AS askedAt, second_entry.user, second_entry.self
  FROM second_entry JOIN form ON form.id = second_entry.form_id JOIN subject ON subject.id = form.subject_id`;
const selectAt = `${selectEntry} WHERE subject.number = ? AND form.event = ? AND form.form = ?`;
const stateOrder = `CASE second_entry.state WHEN 'in-progress' THEN 0 WHEN 'asked' THEN 0 WHEN 'complete' THEN 1 ELSE 2 END`;
const selectPage = `${selectEntry} ORDER BY ${stateOrder}, second_entry.asked_at, second_entry.form_id LIMIT ? OFFSET ?`;
const selectOpen = `${selectEntry} WHERE second_entry.state IN ('asked', 'in-progress', 'complete')`;
const selectUnseen = `${selectEntry} WHERE second_entry.user = ? AND second_entry.state = 'in-progress'`;
const selectJudged = `${selectEntry} WHERE second_entry.state = 'adjudicated' ORDER BY form.form, second_entry.form_id`;
const selectTotal = 'SELECT COUNT(*) FROM second_entry';
/** The trail's own index of entries about a value of the form; second values are others' work. */
const selectTypists = `SELECT user, MAX(at) FROM audit WHERE form_id = ? AND item_id IS NOT NULL AND action = 'value.set'
  AND origin IN ('entry', 'import', 'merge') GROUP BY user ORDER BY MIN(seq)`;
const selectAuthor = `SELECT user FROM audit WHERE form_id = ? AND item_id = (SELECT id FROM item WHERE name = ?) AND row = ?
  AND action = 'value.set' ORDER BY seq DESC LIMIT 1`;
const selectValues = `
  SELECT second_value.row, item.name AS item, text, relation, number, unit, precision, missing, version
  FROM second_value JOIN item ON item.id = second_value.item_id WHERE form_id = ? ORDER BY second_value.row, item_id`;
const insertEntry = `INSERT INTO second_entry (form_id, state, first_user, asked_at) VALUES (?, 'asked', ?, ?)`;
const updateBegun = `UPDATE second_entry SET state = 'in-progress', user = ?, self = ?, started_at = ? WHERE form_id = ?`;
const updateGivenBack = `UPDATE second_entry SET state = 'asked', user = NULL, self = 0, started_at = NULL WHERE form_id = ?`;
const deleteValues = 'DELETE FROM second_value WHERE form_id = ?';
/** Whoever began a second entry and gave it back may have looked at the first one since. */
const selectGivers = `SELECT user, MAX(at) FROM audit WHERE action = 'second.given-back' AND item_id IS NULL AND form_id = ? GROUP BY user`;
const updateCompleted = 'UPDATE second_entry SET state = ?, completed_at = ? WHERE form_id = ?';
const updateJudged = `UPDATE second_entry SET state = 'adjudicated' WHERE form_id = ?`;
const upsertValue = `
  INSERT INTO second_value (form_id, row, item_id, text, relation, number, unit, precision, missing, version)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (form_id, row, item_id) DO UPDATE SET text = excluded.text, relation = excluded.relation, number = excluded.number,
    unit = excluded.unit, precision = excluded.precision, missing = excluded.missing, version = excluded.version`;
const deleteValue = 'DELETE FROM second_value WHERE form_id = ? AND row = ? AND item_id = ?';
const insertCompared = 'INSERT INTO second_compared (form_id, first_user, fields) VALUES (?, ?, ?)';
const selectCompared =
  'SELECT first_user AS first, fields FROM second_compared WHERE form_id = ? ORDER BY first_user';
const insertDifference = `
  INSERT INTO second_difference (form_id, position, item_id, row, first_row, second_row, first_user, first, second)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const selectDifferences = `
  SELECT position, item.name AS item, row, first_row AS firstRow, second_row AS secondRow, first_user AS firstUser, first, second,
         decided, final, decided_by AS decidedBy, decided_at AS decidedAt, reason
  FROM second_difference JOIN item ON item.id = item_id WHERE form_id = ? ORDER BY position`;
const updateDecided =
  'UPDATE second_difference SET decided = ?, final = ?, decided_by = ?, decided_at = ?, reason = ? WHERE form_id = ? AND position = ?';

export function secondEntryAt(
  db: ReadableDb,
  place: { readonly subject: string; readonly event: string; readonly form: string },
): SecondEntry | null {
  const found = db.prepare<[string, string, string], SecondEntry>(selectAt);
  return found.get(place.subject, place.event, place.form) ?? null;
}

/** Forms that this person is entering a second time: what must not be seen meanwhile. */
export function unseenBy(db: ReadableDb, user: string): readonly SecondEntry[] {
  return prepared<[string], SecondEntry>(db, selectUnseen).all(user);
}

export function secondEntriesPage(
  db: ReadableDb,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly rows: readonly SecondEntry[]; readonly total: number } {
  return {
    rows: db.prepare<[number, number], SecondEntry>(selectPage).all(limit, offset),
    total: db.prepare<[], number>(selectTotal).pluck().get() ?? 0,
  };
}

export function openSecondEntries(db: ReadableDb): readonly SecondEntry[] {
  return db.prepare<[], SecondEntry>(selectOpen).all();
}

export function judgedSecondEntries(db: ReadableDb): readonly SecondEntry[] {
  return db.prepare<[], SecondEntry>(selectJudged).all();
}

/** Who typed a value of the form, with the UTC milliseconds of the newest. */
export function firstTypistsOf(db: ReadableDb, formId: number): ReadonlyMap<string, number> {
  return new Map(db.prepare<[number], [string, number]>(selectTypists).raw().all(formId));
}

/** Who gave a second entry of the form back, with the UTC milliseconds of the last time. */
export function giversBackOf(db: ReadableDb, formId: number): ReadonlyMap<string, number> {
  return new Map(db.prepare<[number], [string, number]>(selectGivers).raw().all(formId));
}

/** Who typed what stands at a place; null when nobody ever did. */
export function authorOf(db: ReadableDb, formId: number, item: string, row: number): string | null {
  return db.prepare<[number, string, number], string>(selectAuthor).pluck().get(formId, item, row) ?? null;
}

export function secondValuesOf(
  db: ReadableDb,
  { formId, event, form }: SecondEntry,
): readonly RecordedValue[] {
  return db
    .prepare<[number], Omit<RecordedValue, 'event' | 'form' | 'derived' | 'parked'>>(selectValues)
    .all(formId)
    .map((value) => ({ event, form, ...value, derived: false, parked: false }));
}

export function askSecondEntry(db: WritableDb, formId: number, firstUser: string, at: number): void {
  db.prepare(insertEntry).run(formId, firstUser, at);
}

export function beginSecondEntry(
  db: WritableDb,
  formId: number,
  { user, isSelf, at }: { readonly user: string; readonly isSelf: boolean; readonly at: number },
): void {
  db.prepare(updateBegun).run(user, isSelf ? 1 : 0, at, formId);
}

export function giveBackSecondEntry(db: WritableDb, formId: number): void {
  db.prepare(deleteValues).run(formId);
  db.prepare(updateGivenBack).run(formId);
}

export function writeSecondValue(
  db: WritableDb,
  formId: number,
  itemId: number,
  { row, version, ...value }: { readonly row: number; readonly version: number } & ItemValue,
): void {
  const { text, relation, number, unit, precision, missing } = value;
  db.prepare(upsertValue).run(
    ...[formId, row, itemId],
    ...[text, relation, number, unit, precision, missing, version],
  );
}

export function deleteSecondValue(db: WritableDb, formId: number, itemId: number, row: number): void {
  db.prepare(deleteValue).run(formId, row, itemId);
}

export function completeSecondEntry(
  db: WritableDb,
  formId: number,
  result: {
    readonly at: number;
    readonly compared: ReadonlyMap<string, number>;
    readonly differences: readonly NewDifference[];
    readonly itemId: (item: string) => number;
  },
): void {
  const state = result.differences.length === 0 ? 'adjudicated' : 'complete';
  db.prepare(updateCompleted).run(state, result.at, formId);
  const count = db.prepare(insertCompared);
  for (const [user, fields] of result.compared) count.run(formId, user, fields);
  const put = db.prepare(insertDifference);
  for (const found of result.differences) {
    const { position, item, row, firstRow, secondRow, firstUser, first, second } = found;
    const values = [toJson(first), toJson(second)];
    put.run(formId, position, result.itemId(item), row, firstRow, secondRow, firstUser, ...values);
  }
}

export function comparedOf(
  db: ReadableDb,
  formId: number,
): readonly { readonly first: string; readonly fields: number }[] {
  return db.prepare<[number], { first: string; fields: number }>(selectCompared).all(formId);
}

export function differencesOf(db: ReadableDb, formId: number): readonly StoredDifference[] {
  return db
    .prepare<[number], DifferenceRow>(selectDifferences)
    .all(formId)
    .map((found) => ({
      ...found,
      first: fromJson(found.first),
      second: fromJson(found.second),
      final: fromJson(found.final),
    }));
}

export function decideDifference(
  db: WritableDb,
  formId: number,
  position: number,
  decision: {
    readonly which: Decision;
    readonly final: ItemValue | null;
    readonly user: string;
    readonly at: number;
    readonly reason: string;
  },
): void {
  const { which, final, user, at, reason } = decision;
  db.prepare(updateDecided).run(which, toJson(final), user, at, reason, formId, position);
}

export function closeSecondEntry(db: WritableDb, formId: number): void {
  db.prepare(updateJudged).run(formId);
}

function toJson(value: ItemValue | null): string | null {
  return value === null ? null : canonicalJson(value);
}

function fromJson(json: string | null): ItemValue | null {
  return json === null ? null : (JSON.parse(json) as ItemValue); // written by toJson() above; the file is authenticated by its cipher
}
