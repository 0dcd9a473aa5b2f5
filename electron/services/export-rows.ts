/** Reads what a workbook holds out of one frozen state of the database, in the order of the sheets' rows. */
import type { Submission } from '#shared/export-plan/changes.ts';
import type { Firing } from '#shared/export-plan/checks.ts';
import type { StudyVersion } from '#shared/export-plan/dictionary.ts';
import type { Query } from '#shared/query.ts';
import type { FormState, ItemValue } from '#shared/record.ts';
import type { Signature } from '#shared/signature.ts';
import type { Severity, Study } from '#shared/study.ts';
import type { ReadableDb } from '../db/open.ts';
import { createQueryReader } from './query-rows.ts';
import { allSignatures } from './signature-rows.ts';
import { siteCodeIn } from './site-code.ts';

/** One row of a form sheet: a form of a subject in an event, one repeat of it. */
export interface ExportRow {
  readonly subject: string;
  readonly event: string;
  readonly state: FormState;
  readonly row: number;
  readonly values: ReadonlyMap<string, ItemValue>;
}

export interface ExportSubject {
  readonly number: string;
  readonly status: string;
  /** null: does not leave the site. */
  readonly enrolledAt: number | null;
  /** null: not known for the state that is exported. */
  readonly openHard: number | null;
  readonly openSoft: number | null;
  readonly openQueries: number;
  readonly formsStarted: number;
  readonly formsComplete: number;
  readonly formsSigned: number;
  readonly formsLocked: number;
  /** What stands over it: a freeze of its own, or of the whole site. */
  readonly frozen: 'subject' | 'site' | null;
  readonly changedAt: number | null;
}

export interface ExportAuditEntry {
  readonly seq: number;
  /** What the file calls it: its `seq`, or a number of the file's own. */
  readonly shown: number;
  /** null, as are user and hash: does not leave the site. */
  readonly at: number | null;
  readonly offsetMinutes: number | null;
  readonly user: string | null;
  readonly role: string;
  readonly site: string;
  readonly action: string;
  readonly origin: string;
  readonly subject: string | null;
  readonly event: string | null;
  readonly form: string | null;
  readonly row: number | null;
  readonly item: string | null;
  readonly old: string | null;
  readonly new: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
  /** Hex. */
  readonly hash: string | null;
}

/**
 * The state that is exported, by the newest entry that changed it: sessions, exports and a corrected clock leave the
 * data as they are, so that exporting twice gives the same file.
 */
export interface DataCut {
  readonly seq: number;
  readonly at: number;
  readonly offsetMinutes: number;
  readonly head: string;
}

/** A finding that stands, and the form at which it stands. */
export interface ExportFiring extends Firing {
  readonly subject: string;
  readonly event: string;
  readonly form: string;
}

/** Values of the database; those that a workbook holds are in `exported`. */
export interface ValueCounts {
  readonly exported: number;
  readonly parked: number;
  readonly emptied: number;
  /** Neither hidden nor emptied, and left out because of whom they are about. Absent: none. */
  readonly withheld?: number;
}

interface FormRow {
  readonly id: number;
  readonly subject: string;
  readonly event: string;
  readonly state: FormState;
}

type ValueRow = [
  row: number,
  item: number,
  text: string | null,
  relation: ItemValue['relation'],
  number: number | null,
  unit: string | null,
  precision: ItemValue['precision'],
  missing: string | null,
];

/** In a pooled folder each subject has the site that delivered it. */
const selectDelivered = `
  SELECT subject.number, delivered_subject.site
  FROM delivered_subject JOIN subject ON subject.id = delivered_subject.subject_id`;
/** Of a row of the table value: hidden and emptied ones are in no form sheet. */
export const isExported = 'value.parked = 0 AND (value.text IS NOT NULL OR value.missing IS NOT NULL)';
const selectForms = `
  SELECT form.id, subject.number AS subject, form.event, form.state
  FROM form JOIN subject ON subject.id = form.subject_id WHERE form.form = ?`;
const selectFormValues = `
  SELECT row, item_id, text, relation, number, unit, precision, missing
  FROM value WHERE form_id = ? AND ${isExported} ORDER BY row`;
const countFormValues = `
  SELECT form.form, COUNT(*) FROM value JOIN form ON form.id = value.form_id WHERE ${isExported} GROUP BY form.form`;
const countValues = `
  SELECT COUNT(*) FILTER (WHERE ${isExported}) AS exported,
         COUNT(*) FILTER (WHERE parked = 1 AND (text IS NOT NULL OR missing IS NOT NULL)) AS parked,
         COUNT(*) FILTER (WHERE text IS NULL AND missing IS NULL) AS emptied
  FROM value`;
const selectSubjects = `
  SELECT subject.number, subject.status, subject.enrolled_at AS enrolledAt, subject.open_hard AS openHard,
         subject.open_soft AS openSoft, subject.changed_at AS changedAt,
         (SELECT COUNT(*) FROM query WHERE query.subject_id = subject.id AND query.state <> 'closed') AS openQueries,
         COUNT(CASE WHEN form.state <> 'empty' THEN 1 END) AS formsStarted,
         COUNT(CASE WHEN form.state NOT IN ('empty', 'in-progress') THEN 1 END) AS formsComplete,
         COUNT(CASE WHEN form.state IN ('signed', 'locked') THEN 1 END) AS formsSigned,
         COUNT(CASE WHEN form.state = 'locked' THEN 1 END) AS formsLocked,
         CASE WHEN EXISTS (SELECT 1 FROM freeze WHERE freeze.subject_id = subject.id AND lifted_at IS NULL) THEN 'subject'
              WHEN EXISTS (SELECT 1 FROM freeze WHERE freeze.subject_id IS NULL AND lifted_at IS NULL) THEN 'site' END AS frozen
  FROM subject LEFT JOIN form ON form.subject_id = subject.id GROUP BY subject.id ORDER BY subject.number`;
const auditRows = `
  SELECT seq, at, offset_minutes, user, role, site, action, origin, subject_id, form_id, row, item_id,
         old, new, reason, detail, lower(hex(hash))
  FROM audit WHERE seq <= ?`;
const selectAudit = `${auditRows} ORDER BY seq`;
const selectAuditOf = `${auditRows} AND subject_id IS NOT NULL AND subject_id = (SELECT id FROM subject WHERE number = ?) ORDER BY seq`;
/** What was looked at, copied out or kept elsewhere since changes nothing of the data. */
const selectCut = `
  SELECT seq, at, offset_minutes AS offsetMinutes, lower(hex(hash)) AS head FROM audit
  WHERE action NOT LIKE 'session.%' AND action NOT LIKE 'export.%' AND action NOT LIKE 'copy.%' AND action NOT LIKE 'trail.%'
    AND action NOT LIKE 'preset.%' AND action NOT LIKE 'pseudonym.%'
    AND action NOT IN ('clock.moved', 'backup.made', 'backup.failed', 'backup.removed', 'mapping.saved')
  ORDER BY seq DESC LIMIT 1`;
const selectAnswers = `
  SELECT subject.number, value.text
  FROM item JOIN value ON value.item_id = item.id JOIN form ON form.id = value.form_id
            JOIN subject ON subject.id = form.subject_id
  WHERE item.name = ? AND value.parked = 0 AND value.text IS NOT NULL`;
const selectSubmissions = `
  SELECT seq, at, detail ->> 'cut' AS cut,
         (SELECT lower(hex(held.hash)) FROM audit AS held WHERE held.seq = audit.detail ->> 'cut') AS head
  FROM audit
  WHERE action = 'export.done' AND item_id IS NULL AND detail ->> 'submission' = 1 AND detail ->> 'cut' IS NOT NULL
  ORDER BY seq`;
const selectInvestigators = `
  SELECT DISTINCT person.full_name FROM person JOIN person_role ON person_role.person_id = person.id
  WHERE person_role.role = 'investigator' AND person_role.revoked_at IS NULL AND person.disabled_at IS NULL ORDER BY 1`;
const selectVersions = 'SELECT version, definition FROM study_version ORDER BY id';
const selectFirings = `
  SELECT finding.body ->> '$.check' AS "check", subject.number AS subject, finding.body ->> '$.event' AS event,
         finding.body ->> '$.form' AS form, finding.severity, finding.status = 'confirmed' AS confirmed,
         confirmation.reason, finding.body ->> '$.rule.en' AS en, finding.body ->> '$.rule.fr' AS fr
  FROM finding JOIN subject ON subject.id = finding.subject_id
       LEFT JOIN confirmation ON confirmation.subject_id = finding.subject_id AND confirmation.key = finding.key
  ORDER BY 1, subject.number, finding.position`;

type AuditRow = [
  seq: number,
  at: number,
  offsetMinutes: number,
  user: string,
  role: string,
  site: string,
  action: string,
  origin: string,
  subject: number | null,
  form: number | null,
  row: number | null,
  item: number | null,
  old: string | null,
  new_: string | null,
  reason: string | null,
  detail: string | null,
  hash: string,
];

interface FiringRow {
  readonly check: string;
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly severity: Severity;
  readonly confirmed: 0 | 1;
  readonly reason: string | null;
  readonly en: string;
  readonly fr: string;
}

export interface ExportReader {
  readonly cut: DataCut;
  /** Code of the site that the subject belongs to. */
  siteOf(subject: string): string;
  /**
   * Rows of a form by subject, or by what `nameOf` calls it, and then in the order in which `eventOrder` puts the event
   * instances.
   */
  formRows(
    form: string,
    eventOrder: (event: string) => number,
    nameOf?: (subject: string) => string,
  ): Iterable<ExportRow>;
  /** How many values formRows gives, by form; no entry where none. */
  countFormValues(): ReadonlyMap<string, number>;
  countValues(): ValueCounts;
  subjects(): Iterable<ExportSubject>;
  /** Answers to one item that is asked once a subject, by subject number. */
  answers(item: string): ReadonlyMap<string, string>;
  /** The trail up to the data cut; of one subject, where one is named. */
  audit(subject?: string): Iterable<ExportAuditEntry>;
  /** null: not known for the state that is exported. */
  firings(): readonly ExportFiring[] | null;
  queries(): Iterable<Query>;
  countQueries(): number;
  /** By subject, oldest first, each held against what stands now. */
  signatures(): Iterable<Signature>;
  /** Exports that were given away as submissions, oldest first. */
  submissions(): readonly Submission[];
  /** Full names of those who answer for the data. */
  investigators(): readonly string[];
  /** The definitions that were in force here, oldest first. */
  studyVersions(): readonly StudyVersion[];
}

/** Of an empty trail: entry 0. */
export function readDataCut(db: ReadableDb): DataCut {
  const cut = db.prepare<[], DataCut>(selectCut).get();
  return cut ?? { seq: 0, at: 0, offsetMinutes: 0, head: '0'.repeat(64) };
}

/** The caller holds a read transaction for as long as it reads. */
export function createExportReader(db: ReadableDb): ExportReader {
  const cut = readDataCut(db);
  const siteCode = siteCodeIn(db);
  const delivered = new Map(db.prepare<[], [string, string]>(selectDelivered).raw().all());
  const items = new Map(db.prepare<[], [number, string]>('SELECT id, name FROM item').raw().all());
  const forms = db.prepare<[string], FormRow>(selectForms);
  const values = db.prepare<[number], ValueRow>(selectFormValues).raw();

  function* formRows(
    name: string,
    eventOrder: (event: string) => number,
    nameOf = (subject: string): string => subject,
  ): Generator<ExportRow> {
    const inOrder = forms
      .all(name)
      .map((form) => ({ ...form, name: nameOf(form.subject) }))
      .sort((a, b) => compare(a.name, b.name) || eventOrder(a.event) - eventOrder(b.event));
    for (const { id, subject, event, state } of inOrder) {
      const rows = new Map<number, Map<string, ItemValue>>();
      for (const [row, item, text, relation, number, unit, precision, missing] of values.all(id)) {
        const inRow = rows.get(row) ?? new Map<string, ItemValue>();
        rows.set(row, inRow);
        inRow.set(items.get(item) ?? '', { text, relation, number, unit, precision, missing });
      }
      for (const [row, inRow] of rows) yield { subject, event, state, row, values: inRow };
    }
  }

  /** Subjects, forms and items are looked up here: three joins would cost more than all the rest. */
  function* audit(subject?: string): Generator<ExportAuditEntry> {
    const subjects = new Map(db.prepare<[], [number, string]>('SELECT id, number FROM subject').raw().all());
    const places = new Map(
      db
        .prepare<[], [number, string, string]>('SELECT id, event, form FROM form')
        .raw()
        .all()
        .map(([id, event, form]) => [id, { event, form }]),
    );
    const rows =
      subject === undefined
        ? db.prepare<[number], AuditRow>(selectAudit).raw().iterate(cut.seq)
        : db.prepare<[number, string], AuditRow>(selectAuditOf).raw().iterate(cut.seq, subject);
    for (const found of rows) {
      const [
        seq,
        at,
        offsetMinutes,
        user,
        role,
        site,
        action,
        origin,
        subjectId,
        formId,
        row,
        item,
        ...rest
      ] = found;
      const [old, new_, reason, detail, hash] = rest;
      const place = formId === null ? undefined : places.get(formId);
      yield {
        ...{
          seq,
          shown: seq,
          at,
          offsetMinutes,
          user,
          role,
          site,
          action,
          origin,
          row,
          old,
          new: new_,
          reason,
          detail,
          hash,
        },
        subject: subjectId === null ? null : (subjects.get(subjectId) ?? null),
        event: place?.event ?? null,
        form: place?.form ?? null,
        item: item === null ? null : (items.get(item) ?? null),
      };
    }
  }

  return {
    cut,
    siteOf: (subject) => delivered.get(subject) ?? siteCode,
    formRows,
    countFormValues: () => new Map(db.prepare<[], [string, number]>(countFormValues).raw().all()),
    countValues: () =>
      db.prepare<[], ValueCounts>(countValues).get() ?? { exported: 0, parked: 0, emptied: 0 },
    answers: (item) => new Map(db.prepare<[string], [string, string]>(selectAnswers).raw().all(item)),
    subjects: () => db.prepare<[], ExportSubject>(selectSubjects).iterate(),
    audit,
    queries: () => createQueryReader(db).all(),
    countQueries: () => db.prepare<[], number>('SELECT COUNT(*) FROM query').pluck().get() ?? 0,
    signatures: () => allSignatures(db),
    submissions: () => db.prepare<[], Submission>(selectSubmissions).all(),
    investigators: () => db.prepare<[], string>(selectInvestigators).pluck().all(),
    studyVersions: () =>
      db.prepare<[], { version: string; definition: string }>(selectVersions).all().map(toStudyVersion),
    firings: () => db.prepare<[], FiringRow>(selectFirings).all().map(toFiring),
  };
}

/** By UTF-16 units, as the database compares ASCII, whatever the language of the machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function toFiring({ confirmed, en, fr, ...row }: FiringRow): ExportFiring {
  return { ...row, confirmed: confirmed === 1, rule: { en, fr } };
}

/** The schema of an older definition may be another: nothing but the ids of its items is read. */
function toStudyVersion(row: { readonly version: string; readonly definition: string }): StudyVersion {
  const items = new Set<string>();
  const { forms } = JSON.parse(row.definition) as Pick<Study, 'forms'>; // installed definitions have forms of groups of items
  for (const { groups } of forms) for (const group of groups) for (const { id } of group.items) items.add(id);
  return { version: row.version, items };
}
