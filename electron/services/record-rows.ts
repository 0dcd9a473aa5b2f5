/** Reads and writes what is recorded about subjects: rows of the database on one side, SubjectRecord on the other. */
import type { Standing } from '#shared/plan-save.ts';
import type { FormState, FormStatus, RecordedValue, SubjectRecord, ValuePlace } from '#shared/record.ts';
import type { ReadableDb, WritableDb } from '../db/open.ts';
import type { SubjectStatus } from './finding-rows.ts';

export interface SubjectRowId {
  readonly id: number;
  readonly number: string;
}

export interface RecordReader {
  subject(number: string): SubjectRowId | null;
  record(subject: SubjectRowId): SubjectRecord;
  /** UTC milliseconds of the newest change of a value or form state. */
  changedAt(subject: SubjectRowId): number | null;
}

export interface RecordWriter extends RecordReader {
  enrol(number: string, at: number): SubjectRowId;
  /** The row of a form in an event; made when it is not there yet. */
  formId(subject: SubjectRowId, event: string, form: string): number;
  itemId(item: string): number;
  writeValue(subject: SubjectRowId, value: RecordedValue): void;
  deleteValue(subject: SubjectRowId, place: ValuePlace): void;
  setFormState(subject: SubjectRowId, event: string, form: string, state: FormState): void;
  touch(subject: SubjectRowId, status: SubjectStatus, at: number): void;
  /** The subject as the last save left it, when nothing was written about it since. */
  standing(subject: SubjectRowId): Standing | null;
  /** What was just committed. */
  keep(subject: SubjectRowId, standing: Standing): void;
  /** Something else than a save changed what is known of a subject. */
  forget(): void;
}

const selectSubject = 'SELECT id, number FROM subject WHERE number = ?';
/** A row can be there for the trail alone: a finding was confirmed or a question asked where nothing was entered yet. */
const selectForms = `SELECT event, form, state FROM form WHERE subject_id = ? AND state <> 'empty' ORDER BY id`;
const selectValues = `
  SELECT form.event, form.form, value.row, item.name AS item, value.text, value.relation, value.number, value.unit,
         value.precision, value.missing, value.version, value.derived, value.parked
  FROM form JOIN value ON value.form_id = form.id JOIN item ON item.id = value.item_id
  WHERE form.subject_id = ? ORDER BY form.id, value.row, value.item_id`;
const selectChangedAt = 'SELECT changed_at FROM subject WHERE id = ?';
const updateSubject = 'UPDATE subject SET status = ?, changed_at = ? WHERE id = ?';
const insertSubject = 'INSERT INTO subject (number, enrolled_at) VALUES (?, ?)';
const selectForm = 'SELECT id FROM form WHERE subject_id = ? AND event = ? AND form = ?';
const insertForm = `INSERT INTO form (subject_id, event, form, state) VALUES (?, ?, ?, 'empty')`;
const selectItem = 'SELECT id FROM item WHERE name = ?';
const insertItem = 'INSERT INTO item (name) VALUES (?)';
const upsertValue = `
  INSERT INTO value (form_id, row, item_id, text, relation, number, unit, precision, missing, version, derived, parked)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (form_id, row, item_id) DO UPDATE SET
    text = excluded.text, relation = excluded.relation, number = excluded.number, unit = excluded.unit, precision = excluded.precision,
    missing = excluded.missing, version = excluded.version, derived = excluded.derived, parked = excluded.parked`;
const removeValue = 'DELETE FROM value WHERE form_id = ? AND row = ? AND item_id = ?';
const updateState = 'UPDATE form SET state = ? WHERE id = ?';

type ValueRow = Omit<RecordedValue, 'derived' | 'parked'> & {
  readonly derived: number;
  readonly parked: number;
};

export function createRecordReader(db: ReadableDb, site: string): RecordReader {
  const subject = db.prepare<[string], SubjectRowId>(selectSubject);
  const forms = db.prepare<[number], FormStatus>(selectForms);
  const values = db.prepare<[number], ValueRow>(selectValues);
  const changedAt = db.prepare<[number], number | null>(selectChangedAt).pluck();
  return {
    subject: (number) => subject.get(number) ?? null,
    record: ({ id, number }) => ({
      subject: number,
      site,
      forms: forms.all(id),
      values: values.all(id).map((row) => ({ ...row, derived: row.derived === 1, parked: row.parked === 1 })),
    }),
    changedAt: ({ id }) => changedAt.get(id) ?? null,
  };
}

export function createRecordWriter(db: WritableDb, site: string): RecordWriter {
  const addSubject = db.prepare<[string, number]>(insertSubject);
  const form = db.prepare<[number, string, string], number>(selectForm).pluck();
  const addForm = db.prepare<[number, string, string]>(insertForm);
  const item = db.prepare<[string], number>(selectItem).pluck();
  const addItem = db.prepare<[string]>(insertItem);
  const putValue = db.prepare(upsertValue);
  const dropValue = db.prepare<[number, number, number]>(removeValue);
  const touchSubject = db.prepare<[SubjectStatus, number, number]>(updateSubject);
  const putState = db.prepare<[FormState, number]>(updateState);

  const reader = createRecordReader(db, site);
  // Entry stays with one subject for many saves. Every write forgets it, so that a transaction taken back leaves none behind.
  let kept: { readonly id: number; readonly standing: Standing } | null = null;

  const writer: RecordWriter = {
    ...reader,
    record: (subject) => (kept?.id === subject.id ? kept.standing.record : reader.record(subject)),
    standing: ({ id }) => (kept?.id === id ? kept.standing : null),
    keep: ({ id }, { record, values, index, findings, phase, now }) => {
      kept = { id, standing: { record, values, index, findings, phase, now } };
    },
    forget: () => {
      kept = null;
    },
    enrol: (number, at) => ({ id: Number(addSubject.run(number, at).lastInsertRowid), number }),
    formId: (subject, event, name) => {
      const known = form.get(subject.id, event, name);
      if (known !== undefined) return known;
      kept = null;
      return Number(addForm.run(subject.id, event, name).lastInsertRowid);
    },
    itemId: (name) => item.get(name) ?? Number(addItem.run(name).lastInsertRowid),
    writeValue: (subject, value) => {
      kept = null;
      const { text, relation, number, unit, precision, missing, version } = value;
      const place = [writer.formId(subject, value.event, value.form), value.row, writer.itemId(value.item)];
      putValue.run(
        ...place,
        text,
        relation,
        number,
        unit,
        precision,
        missing,
        version,
        value.derived ? 1 : 0,
        value.parked ? 1 : 0,
      );
    },
    deleteValue: (subject, place) => {
      kept = null;
      dropValue.run(writer.formId(subject, place.event, place.form), place.row, writer.itemId(place.item));
    },
    setFormState: (subject, event, name, state) => {
      kept = null;
      putState.run(state, writer.formId(subject, event, name));
    },
    touch: ({ id }, status, at) => {
      touchSubject.run(status, at, id);
    },
  };
  return writer;
}
