/** Reads what a workbook holds out of one frozen state of the database, in the order of the sheets' rows. */
import type { Firing } from '#shared/export-plan/checks.ts';
import type { FormState, ItemValue } from '#shared/record.ts';
import type { Severity } from '#shared/study.ts';
import type { ReadableDb } from '../db/open.ts';

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
  readonly enrolledAt: number;
  readonly openHard: number;
  readonly openSoft: number;
  readonly formsStarted: number;
  readonly formsComplete: number;
  readonly changedAt: number | null;
}

export interface ExportAuditEntry {
  readonly seq: number;
  readonly at: number;
  readonly offsetMinutes: number;
  readonly user: string;
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
  readonly hash: Buffer;
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

/** Values of the database; those that a workbook holds are in `exported`. */
export interface ValueCounts {
  readonly exported: number;
  readonly parked: number;
  readonly emptied: number;
}

type ValueRow = [
  subject: string,
  event: string,
  state: FormState,
  row: number,
  item: number,
  text: string | null,
  relation: ItemValue['relation'],
  number: number | null,
  unit: string | null,
  precision: ItemValue['precision'],
  missing: string | null,
];

const isExported = 'value.parked = 0 AND (value.text IS NOT NULL OR value.missing IS NOT NULL)';
// The joins are written in the order in which they must run, so that no sort is needed however many values there are.
const selectFormValues = `
  SELECT subject.number, form.event, form.state, value.row, value.item_id,
         value.text, value.relation, value.number, value.unit, value.precision, value.missing
  FROM subject CROSS JOIN form ON form.subject_id = subject.id CROSS JOIN value ON value.form_id = form.id
  WHERE form.form = ? AND ${isExported}
  ORDER BY subject.number, form.event, value.row`;
const countFormValues = `
  SELECT COUNT(*) FROM value JOIN form ON form.id = value.form_id WHERE form.form = ? AND ${isExported}`;
const countValues = `
  SELECT COUNT(*) FILTER (WHERE ${isExported}) AS exported,
         COUNT(*) FILTER (WHERE parked = 1 AND (text IS NOT NULL OR missing IS NOT NULL)) AS parked,
         COUNT(*) FILTER (WHERE text IS NULL AND missing IS NULL) AS emptied
  FROM value`;
const selectSubjects = `
  SELECT subject.number, subject.status, subject.enrolled_at AS enrolledAt, subject.open_hard AS openHard,
         subject.open_soft AS openSoft, subject.changed_at AS changedAt,
         COUNT(CASE WHEN form.state <> 'empty' THEN 1 END) AS formsStarted,
         COUNT(CASE WHEN form.state NOT IN ('empty', 'in-progress') THEN 1 END) AS formsComplete
  FROM subject LEFT JOIN form ON form.subject_id = subject.id GROUP BY subject.id ORDER BY subject.number`;
const selectAudit = `
  SELECT audit.seq, audit.at, audit.offset_minutes AS offsetMinutes, audit.user, audit.role, audit.site,
         audit.action, audit.origin, subject.number AS subject, form.event, form.form, audit.row,
         item.name AS item, audit.old, audit.new, audit.reason, audit.detail, audit.hash
  FROM audit LEFT JOIN subject ON subject.id = audit.subject_id
             LEFT JOIN form ON form.id = audit.form_id
             LEFT JOIN item ON item.id = audit.item_id
  WHERE audit.seq <= ? ORDER BY audit.seq`;
const selectCut = `
  SELECT seq, at, offset_minutes AS offsetMinutes, lower(hex(hash)) AS head FROM audit
  WHERE action NOT LIKE 'session.%' AND action NOT LIKE 'export.%' AND action <> 'clock.moved'
  ORDER BY seq DESC LIMIT 1`;
const selectAnswers = `
  SELECT subject.number, value.text
  FROM item JOIN value ON value.item_id = item.id JOIN form ON form.id = value.form_id
            JOIN subject ON subject.id = form.subject_id
  WHERE item.name = ? AND value.parked = 0 AND value.text IS NOT NULL`;
const selectFirings = `
  SELECT finding.body ->> '$.check' AS "check", finding.severity, finding.status = 'confirmed' AS confirmed,
         confirmation.reason, finding.body ->> '$.rule.en' AS en, finding.body ->> '$.rule.fr' AS fr
  FROM finding JOIN subject ON subject.id = finding.subject_id
       LEFT JOIN confirmation ON confirmation.subject_id = finding.subject_id AND confirmation.key = finding.key
  ORDER BY 1, subject.number, finding.position`;

interface FiringRow {
  readonly check: string;
  readonly severity: Severity;
  readonly confirmed: 0 | 1;
  readonly reason: string | null;
  readonly en: string;
  readonly fr: string;
}

export interface ExportReader {
  readonly cut: DataCut;
  /** Rows of a form by subject and then in the order in which `eventOrder` puts the event instances. */
  formRows(form: string, eventOrder: (event: string) => number): Iterable<ExportRow>;
  /** Values that formRows gives for a form. */
  countFormValues(form: string): number;
  countValues(): ValueCounts;
  subjects(): Iterable<ExportSubject>;
  /** Answers to one item that is asked once a subject, by subject number. */
  answers(item: string): ReadonlyMap<string, string>;
  /** The trail up to the data cut. */
  audit(): Iterable<ExportAuditEntry>;
  firings(): readonly Firing[];
}

/** The caller holds a read transaction for as long as it reads. */
export function createExportReader(db: ReadableDb): ExportReader {
  const cut = db.prepare<[], DataCut>(selectCut).get();
  const items = new Map(db.prepare<[], [number, string]>('SELECT id, name FROM item').raw().all());
  const values = db.prepare<[string], ValueRow>(selectFormValues).raw();
  const counted = db.prepare<[string], number>(countFormValues).pluck();

  function* formRows(form: string, eventOrder: (event: string) => number): Generator<ExportRow> {
    let ofSubject: (ExportRow & { readonly values: Map<string, ItemValue> })[] = [];
    for (const found of values.iterate(form)) {
      const [subject, event, state, row, item, text, relation, number, unit, precision, missing] = found;
      if (ofSubject[0] !== undefined && ofSubject[0].subject !== subject) {
        yield* inEventOrder(ofSubject, eventOrder);
        ofSubject = [];
      }
      let current = ofSubject.at(-1);
      if (current?.event !== event || current.row !== row) {
        current = { subject, event, state, row, values: new Map() };
        ofSubject.push(current);
      }
      current.values.set(items.get(item) ?? '', { text, relation, number, unit, precision, missing });
    }
    yield* inEventOrder(ofSubject, eventOrder);
  }

  return {
    cut: cut ?? { seq: 0, at: 0, offsetMinutes: 0, head: '0'.repeat(64) },
    formRows,
    countFormValues: (form) => counted.get(form) ?? 0,
    countValues: () =>
      db.prepare<[], ValueCounts>(countValues).get() ?? { exported: 0, parked: 0, emptied: 0 },
    answers: (item) => new Map(db.prepare<[string], [string, string]>(selectAnswers).raw().all(item)),
    subjects: () => db.prepare<[], ExportSubject>(selectSubjects).iterate(),
    audit: () => db.prepare<[number], ExportAuditEntry>(selectAudit).iterate(cut?.seq ?? 0),
    firings: () => db.prepare<[], FiringRow>(selectFirings).all().map(toFiring),
  };
}

function inEventOrder(
  rows: readonly ExportRow[],
  eventOrder: (event: string) => number,
): readonly ExportRow[] {
  return [...rows].sort((a, b) => eventOrder(a.event) - eventOrder(b.event) || a.row - b.row);
}

function toFiring({ check, severity, confirmed, reason, en, fr }: FiringRow): Firing {
  return { check, severity, confirmed: confirmed === 1, reason, rule: { en, fr } };
}
