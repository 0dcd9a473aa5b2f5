/**
 * An export of a part of the record: every sheet, and every count that the sheets are held against, is about the chosen
 * subjects and forms alone. The counts come from the database by themselves, not from what the rows gave.
 *
 * AUDIT keeps entries about chosen forms, and about a chosen subject as a whole. What is about no subject (accounts,
 * sessions, settings) is left out: it may name others.
 */
import type { Signature } from '#shared/signature.ts';
import { isInScope } from '#shared/workflow.ts';
import type { ReadableDb } from '../../db/open.ts';
import {
  isExported,
  type ExportAuditEntry,
  type ExportReader,
  type ExportSubject,
  type ValueCounts,
} from '../export-rows.ts';
import type { Chosen } from './chosen.ts';

const createChosen = 'CREATE TEMP TABLE chosen_form (id INTEGER PRIMARY KEY) STRICT';
const insertChosen = 'INSERT INTO temp.chosen_form (id) VALUES (?)';
const isChosen = 'form.id IN (SELECT id FROM temp.chosen_form)';
const countFormValues = `
  SELECT form.form, COUNT(*) FROM value JOIN form ON form.id = value.form_id
  WHERE ${isExported} AND ${isChosen} GROUP BY form.form`;
const countValues = `
  SELECT COUNT(*) FILTER (WHERE ${isExported}) AS exported,
         COUNT(*) FILTER (WHERE parked = 1 AND (text IS NOT NULL OR missing IS NOT NULL)) AS parked,
         COUNT(*) FILTER (WHERE text IS NULL AND missing IS NULL) AS emptied
  FROM value JOIN form ON form.id = value.form_id WHERE ${isChosen}`;
const selectAnswers = `
  SELECT subject.number, value.text
  FROM item JOIN value ON value.item_id = item.id JOIN form ON form.id = value.form_id
            JOIN subject ON subject.id = form.subject_id
  WHERE item.name = ? AND value.parked = 0 AND value.text IS NOT NULL AND ${isChosen}`;
const selectStates = `
  SELECT subject.number AS subject, COUNT(*) FILTER (WHERE state <> 'empty') AS formsStarted,
         COUNT(*) FILTER (WHERE state NOT IN ('empty', 'in-progress')) AS formsComplete,
         COUNT(*) FILTER (WHERE state IN ('signed', 'locked')) AS formsSigned,
         COUNT(*) FILTER (WHERE state = 'locked') AS formsLocked
  FROM form JOIN subject ON subject.id = form.subject_id WHERE ${isChosen} GROUP BY subject.number`;
const selectFindings = `
  SELECT subject.number AS subject, finding.body ->> '$.event' AS event, finding.body ->> '$.form' AS form, severity, COUNT(*) AS count
  FROM finding JOIN subject ON subject.id = finding.subject_id WHERE finding.status = 'open' GROUP BY 1, 2, 3, 4`;
const selectQueries = `
  SELECT subject.number AS subject, event, form, COUNT(*) AS count, COUNT(*) FILTER (WHERE state <> 'closed') AS open
  FROM query JOIN subject ON subject.id = query.subject_id GROUP BY 1, 2, 3`;

interface Counted {
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly count: number;
}
interface States {
  readonly subject: string;
  readonly formsStarted: number;
  readonly formsComplete: number;
  readonly formsSigned: number;
  readonly formsLocked: number;
}

/** Makes a table in the connection's own memory; the connection reads the export and nothing else. */
export function createChosenReader(db: ReadableDb, reader: ExportReader, chosen: Chosen): ExportReader {
  db.exec(createChosen);
  const insert = db.prepare<[number]>(insertChosen);
  for (const { id } of chosen.forms) insert.run(id);
  const isHere = ({ subject, event, form }: Pick<Counted, 'subject' | 'event' | 'form'>): boolean =>
    chosen.hasForm(subject, event, form);

  function* subjects(): Generator<ExportSubject> {
    const states = new Map(
      db
        .prepare<[], States>(selectStates)
        .all()
        .map((row) => [row.subject, row]),
    );
    const findings = db.prepare<[], Counted & { severity: string }>(selectFindings).all().filter(isHere);
    const hard = sumBySubject(findings.filter(({ severity }) => severity === 'hard'));
    const soft = sumBySubject(findings.filter(({ severity }) => severity === 'soft'));
    const asked = db.prepare<[], Counted & { open: number }>(selectQueries).all().filter(isHere);
    const open = sumBySubject(asked.map((row) => ({ ...row, count: row.open })));
    for (const subject of reader.subjects()) {
      const { number } = subject;
      if (!chosen.hasSubject(number)) continue;
      yield {
        ...subject,
        openHard: subject.openHard === null ? null : (hard.get(number) ?? 0),
        openSoft: subject.openSoft === null ? null : (soft.get(number) ?? 0),
        openQueries: open.get(number) ?? 0,
        formsStarted: states.get(number)?.formsStarted ?? 0,
        formsComplete: states.get(number)?.formsComplete ?? 0,
        formsSigned: states.get(number)?.formsSigned ?? 0,
        formsLocked: states.get(number)?.formsLocked ?? 0,
      };
    }
  }

  const isAudited = ({ subject, event, form, detail }: ExportAuditEntry): boolean => {
    if (subject === null || !chosen.hasSubject(subject)) return false;
    if (event !== null && form !== null) return chosen.hasForm(subject, event, form);
    const about = placeIn(detail);
    return about === null || chosen.formsOf(subject).some((one) => isInScope(about, one));
  };
  const isSignature = (signature: Signature): boolean =>
    chosen.hasSubject(signature.subject) &&
    chosen.formsOf(signature.subject).some((form) => isInScope(signature, form));

  return {
    ...reader,
    formRows: (form, eventOrder, nameOf) =>
      filter(reader.formRows(form, eventOrder, nameOf), ({ subject, event }) =>
        chosen.hasForm(subject, event, form),
      ),
    countFormValues: () => new Map(db.prepare<[], [string, number]>(countFormValues).raw().all()),
    countValues: () =>
      db.prepare<[], ValueCounts>(countValues).get() ?? { exported: 0, parked: 0, emptied: 0 },
    subjects,
    answers: (item) => new Map(db.prepare<[string], [string, string]>(selectAnswers).raw().all(item)),
    audit: (subject) => filter(reader.audit(subject), isAudited),
    firings: () => reader.firings()?.filter(isHere) ?? null,
    queries: () => filter(reader.queries(), isHere),
    countQueries: () => sum(db.prepare<[], Counted>(selectQueries).all().filter(isHere)),
    signatures: () => filter(reader.signatures(), isSignature),
  };
}

/** Entries about a subject name in their detail which visit or form they are about, where they are about one. */
function placeIn(
  detail: string | null,
): { readonly event: string | null; readonly form: string | null } | null {
  if (detail === null) return null;
  const content: unknown = JSON.parse(detail);
  if (typeof content !== 'object' || content === null) return null;
  const [event, form] = ['event', 'form'].map((name): unknown => Reflect.get(content, name));
  if (typeof event !== 'string') return null;
  return { event, form: typeof form === 'string' ? form : null };
}

function* filter<T>(rows: Iterable<T>, keeps: (row: T) => boolean): Generator<T> {
  for (const row of rows) if (keeps(row)) yield row;
}

function sum(rows: readonly Pick<Counted, 'count'>[]): number {
  return rows.reduce((total, { count }) => total + count, 0);
}

function sumBySubject(rows: readonly Counted[]): ReadonlyMap<string, number> {
  const bySubject = Map.groupBy(rows, ({ subject }) => subject);
  return new Map([...bySubject].map(([subject, own]) => [subject, sum(own)]));
}
