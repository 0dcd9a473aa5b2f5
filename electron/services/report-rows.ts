/**
 * Reads of every subject what the summary tables ask for, in one go: of a subject's six hundred values they need a few
 * dozen. Of a subject with an open hard finding all that they rest on is read, because what is calculated is followed back.
 */
import type { Finding, FormStatus, RecordedValue, SubjectRecord, ValuePlace } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { indexSubject } from '#shared/subject-index.ts';
import type { TabledSubject } from '#shared/summary-table.ts';
import type { ReadableDb } from '../db/open.ts';

/** In a pool, those who were decided to be another's double are nobody. */
const selectSubjects = `
  SELECT id, number FROM subject
  WHERE id NOT IN (SELECT subject_id FROM delivered_subject WHERE excluded = 1) ORDER BY number`;
const selectForms = `
  SELECT id, subject_id, event, form, state FROM form
  WHERE form IN (SELECT value FROM json_each(?)) AND subject_id IN (SELECT value FROM json_each(?)) ORDER BY id`;
const selectItems = 'SELECT id, name FROM item WHERE name IN (SELECT value FROM json_each(?))';
const selectValues = `
  SELECT form_id, row, item_id, text, relation, number, unit, precision, missing, version, derived, parked
  FROM value WHERE form_id IN (SELECT value FROM json_each(?)) AND item_id IN (SELECT value FROM json_each(?))
    AND (text IS NOT NULL OR missing IS NOT NULL)`;
const selectHard = `SELECT subject_id, body FROM finding WHERE severity = 'hard' AND status = 'open'`;

type FormRow = [id: number, subject: number, event: string, form: string, state: FormStatus['state']];
type ValueRow = [
  form: number,
  row: number,
  item: number,
  text: string | null,
  relation: RecordedValue['relation'],
  number: number | null,
  unit: string | null,
  precision: RecordedValue['precision'],
  missing: string | null,
  version: number,
  derived: 0 | 1,
  parked: 0 | 1,
];

export interface ReportSource {
  readonly db: ReadableDb;
  readonly model: StudyModel;
  readonly siteCode: string;
}

interface SubjectRow {
  readonly id: number;
  readonly number: string;
}

/** By subject number. The caller holds a read transaction. */
export function readTabledSubjects(source: ReportSource): readonly TabledSubject[] {
  const { db, model } = source;
  const subjects = db.prepare<[], SubjectRow>(selectSubjects).all();
  const contradicted = readContradicted(source);
  const isDoubtful = ({ id }: SubjectRow): boolean => contradicted.has(id);
  const together = (key: 'reads' | 'restsOn'): ReadonlySet<string> =>
    new Set(model.tables.flatMap((table) => [...table[key]]));
  const records = new Map([
    ...readRecords(
      source,
      subjects.filter((subject) => !isDoubtful(subject)),
      together('reads'),
    ),
    ...readRecords(source, subjects.filter(isDoubtful), together('restsOn')),
  ]);
  return subjects.map(({ id, number }) => {
    const record = records.get(id) ?? { subject: number, site: source.siteCode, forms: [], values: [] };
    return { index: indexSubject(model, record), contradicted: contradicted.get(id) ?? [] };
  });
}

type Collected = Pick<SubjectRecord, 'subject' | 'site'> & { forms: FormStatus[]; values: RecordedValue[] };

/** What is recorded of these items, by id of the subject. */
function readRecords(
  { db, model, siteCode }: ReportSource,
  subjects: readonly SubjectRow[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<number, SubjectRecord> {
  const records = new Map<number, Collected>(
    subjects.map(({ id, number }) => [id, { subject: number, site: siteCode, forms: [], values: [] }]),
  );
  if (subjects.length === 0) return records;
  const forms = new Set([...wanted].map((item) => model.item(item)?.form.id));
  const items = new Map(db.prepare<[string], [number, string]>(selectItems).raw().all(asJson(wanted)));
  const places = new Map<number, { event: string; form: string; values: RecordedValue[] }>();
  const formRows = db.prepare<[string, string], FormRow>(selectForms).raw();
  for (const [id, subject, event, form, state] of formRows.all(asJson(forms), asJson(records.keys()))) {
    const record = records.get(subject);
    if (record === undefined) continue;
    record.forms.push({ event, form, state });
    places.set(id, { event, form, values: record.values });
  }
  const values = db.prepare<[string, string], ValueRow>(selectValues).raw();
  for (const found of values.all(asJson(places.keys()), asJson(items.keys()))) {
    const [formId, row, itemId, text, relation, number, unit, precision, missing, version, derived, parked] =
      found;
    const place = places.get(formId);
    const item = items.get(itemId);
    if (place === undefined || item === undefined) continue;
    const { event, form } = place;
    const value = { text, relation, number, unit, precision, missing, version };
    place.values.push({ event, form, row, item, ...value, derived: derived === 1, parked: parked === 1 });
  }
  return records;
}

const asJson = (all: Iterable<string | number | undefined>): string => JSON.stringify([...all]);

/**
 * What an open hard finding says can't be: the values of the items that it is about, where a table rests on them. An
 * empty field contradicts nothing.
 */
function readContradicted({ db, model }: ReportSource): ReadonlyMap<number, readonly ValuePlace[]> {
  const found = new Map<number, ValuePlace[]>();
  const matters = new Set(model.tables.flatMap((table) => [...table.restsOn]));
  for (const { subject_id, body } of db
    .prepare<[], { subject_id: number; body: string }>(selectHard)
    .iterate()) {
    const { items, used } = JSON.parse(body) as Finding; // written by finding-rows.ts; the file is authenticated by its cipher
    const places = used.filter(
      ({ item, text }) => text !== null && items.includes(item) && matters.has(item),
    );
    if (places.length > 0) found.set(subject_id, [...(found.get(subject_id) ?? []), ...places]);
  }
  return found;
}
