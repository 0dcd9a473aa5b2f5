/**
 * Fills a workbook from the database, sheet by sheet, and reconciles as it goes: every value that the database holds
 * for a form (hidden ones left out) must have gone into that form's sheet, and every one at all into some sheet.
 */
import {
  changeColumns,
  createChangeCollector,
  lastSubmission,
  type ChangeCollector,
  type ChangeLine,
} from '#shared/export-plan/changes.ts';
import { everything, type ExportChoices } from '#shared/export-choices.ts';
import { checkSheet } from '#shared/export-plan/checks.ts';
import { codeListSheet, codeRanges, missingSheet, unitSheet } from '#shared/export-plan/code-lists.ts';
import {
  codingColumns,
  codingLines,
  createCoders,
  placeCodings,
  type Coders,
  type CodingLine,
  type PlacedCoding,
} from '#shared/export-plan/codings.ts';
import { dictionarySheet } from '#shared/export-plan/dictionary.ts';
import { queryColumns, type QueryLine } from '#shared/export-plan/queries.ts';
import { fixedSheets } from '#shared/export-plan/names.ts';
import { signatureColumns } from '#shared/export-plan/signatures.ts';
import { fillRow, type FilledColumn } from '#shared/export-plan/sheet.ts';
import { keyColumns, listNamesOf, planFormSheets } from '#shared/export-plan.ts';
import type { Study } from '#shared/study.ts';
import { auditColumns, toAuditLine } from './export-audit.ts';
import { createEventOrder, createFormRow, formColumns, type FilledRow } from './export-form-rows.ts';
import { inPieces, pieceColumns } from './export-long-texts.ts';
import { manifestSheet, type SheetReport } from './export-manifest.ts';
import { readmeSheet } from './export-readme.ts';
import type { ExportReader, ValueCounts } from './export-rows.ts';
import { bare, createSheets, type ExportWatch, type Sheets } from './export-sheets.ts';
import { deidentificationSheet } from './export-choices/report-sheet.ts';
import type { Survey } from './export-choices/survey.ts';
import { subjectColumns, type SubjectLine } from './export-subjects.ts';
import {
  createCheckTallies,
  createSignatureTallies,
  type CheckTallies,
  type SignatureTallies,
} from './export-tallies.ts';
import type { WorkbookWriter } from './workbook-writer.ts';

export type { ExportWatch } from './export-sheets.ts';

export interface ExportSource {
  readonly reader: ExportReader;
  readonly study: Study;
  readonly siteCode: string;
  readonly siteName: string;
  readonly fingerprint: string;
  readonly appVersion: string;
  /** Absent: everything. */
  readonly choices?: ExportChoices;
  /** Subjects of a pool that are left out as another's double. */
  readonly doubles?: number;
  /** Of a de-identified export. */
  readonly survey?: Survey;
}

/** All sheets that a workbook of the study can have, in the order in which they are shown. */
export function sheetNamesOf(study: Study): readonly string[] {
  const [readme, subjects, ...others] = fixedSheets;
  return [readme, subjects, ...planFormSheets(study).map(({ name }) => name), ...others];
}

/** Everything goes into `book`, to its end; the totals come in the order in which the sheets are shown. Throws when the counts don't agree. */
export async function fillWorkbook(
  source: ExportSource,
  book: WorkbookWriter,
  watch: ExportWatch,
): Promise<readonly SheetReport[]> {
  const { reader, study } = source;
  const sheets = createSheets(book, watch, sheetNamesOf(study));
  const baseline = lastSubmission(reader.submissions(), reader.cut.seq);
  const codings = placeCodings(study);
  const seen = {
    signatures: createSignatureTallies(),
    checks: createCheckTallies(),
    changes: createChangeCollector(baseline),
    coders: createCoders(codings),
  };

  const counts = await fillForms(source, sheets);
  const queries = await fillQueries(source, sheets, seen.checks);
  const signatures = tap(reader.signatures(), seen.signatures.take);
  await sheets.fill('SIGNATURES', signatureColumns, 2, mapRows(signatures, ofLine(signatureColumns)));
  const trail = tap(mapRows(reader.audit(), toAuditLine), (line) => {
    seen.checks.takeEntry(line);
    seen.changes.take(line);
    seen.coders.take(line);
  });
  await sheets.fill('AUDIT', auditColumns, 1, mapRows(trail, ofLine(auditColumns)));

  const subjects = subjectLines(source, seen.signatures);
  await sheets.fill('01_SUBJECTS', subjectColumns, 3, mapRows(subjects, ofLine(subjectColumns)));
  await sheets.fillWith(dictionarySheet(study, reader.studyVersions()));
  await sheets.fillWith(codeListSheet(study));
  for (const { name, column, firstRow, lastRow } of codeRanges(study)) {
    book.defineName(name, 'CODELISTS', column, firstRow, lastRow);
  }
  await sheets.fillWith(missingSheet(study));
  await sheets.fillWith(unitSheet(study));
  await sheets.fillWith(checkSheet(study, reader.firings(), seen.checks));
  const coded = codingRows(source, codings, seen.coders);
  await sheets.fill('CODING', codingColumns, 5, mapRows(coded, ofLine(codingColumns)));
  const changes = changeLines(source, seen.changes);
  await sheets.fill('CHANGES', changeColumns, 5, mapRows(changes, ofLine(changeColumns)));
  if (source.survey !== undefined) await sheets.fillWith(deidentificationSheet(study, source.survey));
  const pieces = book.longTexts().flatMap(inPieces);
  if (pieces.length > 0) await sheets.fill('LONGTEXT', pieceColumns, 3, pieces.map(ofLine(pieceColumns)));

  const { choices = everything } = source;
  const facts = { ...source, choices, cut: reader.cut, counts, queries, baseline };
  const [lookalikes, investigators] = [book.formulaLookalikes(), reader.investigators()];
  await sheets.fillWith(readmeSheet({ ...facts, lookalikes, investigators, sheets: sheets.reports() }));
  await sheets.fillWith(manifestSheet({ ...facts, sheets: sheets.reports(), packed: await book.packed() }));
  await book.finish(sheets.reports().map(({ name }) => name));
  return sheets.reports();
}

async function fillForms(source: ExportSource, sheets: Sheets): Promise<ValueCounts> {
  const { reader, study } = source;
  const listNames = listNamesOf(study);
  const eventOrder = createEventOrder(study);
  const expected = reader.countFormValues();
  for (const form of planFormSheets(study)) {
    const rows = mapRows(reader.formRows(form.form.id, eventOrder), createFormRow(source, form));
    const columns = formColumns(form, listNames);
    await sheets.fill(form.name, columns, keyColumns.length, rows, expected.get(form.form.id) ?? 0);
  }
  const counts = reader.countValues();
  if (sheets.values() !== counts.exported) {
    throw new Error(`the form sheets hold ${sheets.values()} of ${counts.exported} values`);
  }
  return counts;
}

async function fillQueries({ reader }: ExportSource, sheets: Sheets, checks: CheckTallies): Promise<number> {
  const queries = reader.countQueries();
  const asked = mapRows(tap(reader.queries(), checks.takeQuery), (query): QueryLine => {
    return { query, cutAt: reader.cut.at };
  });
  const written = await sheets.fill('QUERIES', queryColumns, 1, mapRows(asked, ofLine(queryColumns)));
  if (written !== queries) throw new Error(`sheet QUERIES holds ${written} of ${queries} queries`);
  return queries;
}

const ofLine =
  <Line>(columns: readonly FilledColumn<Line>[]) =>
  (line: Line): FilledRow =>
    bare(fillRow(columns, line));

function* mapRows<T, R>(rows: Iterable<T>, map: (row: T) => R): Generator<R> {
  for (const row of rows) yield map(row);
}

/** The rows as they are, each shown to `see` first. */
function* tap<T>(rows: Iterable<T>, see: (row: T) => void): Generator<T> {
  for (const row of rows) {
    see(row);
    yield row;
  }
}

function* subjectLines(
  { reader, study }: ExportSource,
  signatures: SignatureTallies,
): Generator<SubjectLine> {
  const consents = study.consent === undefined ? null : reader.answers(study.consent);
  for (const subject of reader.subjects()) {
    const { number } = subject;
    const consent = consents?.get(number) ?? null;
    yield { study: study.id, site: reader.siteOf(number), subject, consent, signed: signatures.of(number) };
  }
}

function* codingRows(
  { reader, study }: ExportSource,
  codings: ReadonlyMap<string, readonly PlacedCoding[]>,
  coders: Coders,
): Generator<CodingLine> {
  const eventOrder = createEventOrder(study);
  for (const [form, placed] of codings) {
    for (const row of reader.formRows(form, eventOrder))
      yield* codingLines(placed, row, reader.siteOf(row.subject), coders);
  }
}

function changeLines({ reader, study }: ExportSource, changes: ChangeCollector): readonly ChangeLine[] {
  const position = (ids: readonly string[]): ((id: string) => number) => {
    const positions = new Map(ids.map((id, index) => [id, index]));
    return (id) => positions.get(id) ?? ids.length;
  };
  const items = study.forms.flatMap(({ groups }) => groups.flatMap((group) => group.items));
  const order = {
    event: createEventOrder(study),
    form: position(study.forms.map(({ id }) => id)),
    item: position(items.map(({ id }) => id)),
  };
  return changes.changes(order).map((change) => ({ change, site: reader.siteOf(change.subject) }));
}
