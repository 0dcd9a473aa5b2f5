/**
 * Fills a workbook from the database, sheet by sheet, and reconciles as it goes: every value that the database holds
 * for a form (hidden ones left out) must have gone into that form's sheet, and every one at all into some sheet.
 */
import { everything, type ExportChoices } from '#shared/export-choices.ts';
import { checkSheet } from '#shared/export-plan/checks.ts';
import { codeListSheet, codeRanges, missingSheet, unitSheet } from '#shared/export-plan/code-lists.ts';
import { dictionarySheet } from '#shared/export-plan/dictionary.ts';
import { queryColumns, type QueryLine } from '#shared/export-plan/queries.ts';
import { fixedSheets } from '#shared/export-plan/names.ts';
import { signatureColumns } from '#shared/export-plan/signatures.ts';
import {
  fillRow,
  integer,
  text,
  type FilledColumn,
  type ReferenceSheet,
  type SheetColumn,
} from '#shared/export-plan/sheet.ts';
import { keyColumns, listNamesOf, planFormSheets } from '#shared/export-plan.ts';
import type { Study } from '#shared/study.ts';
import { auditColumns, toAuditLine } from './export-audit.ts';
import { createEventOrder, createFormRow, formColumns, type FilledRow } from './export-form-rows.ts';
import { manifestSheet, type SheetReport } from './export-manifest.ts';
import { readmeSheet } from './export-readme.ts';
import { deidentificationSheet } from './export-choices/report-sheet.ts';
import type { Survey } from './export-choices/survey.ts';
import type { ExportReader } from './export-rows.ts';
import { subjectColumns, type SubjectLine } from './export-subjects.ts';
import type { LongText, WorkbookWriter } from './workbook-writer.ts';

export interface ExportSource {
  readonly reader: ExportReader;
  readonly study: Study;
  readonly siteCode: string;
  readonly siteName: string;
  readonly fingerprint: string;
  readonly appVersion: string;
  /** Absent: everything. */
  readonly choices?: ExportChoices;
  /** Of a de-identified export. */
  readonly survey?: Survey;
}

export interface ExportWatch {
  /** Called now and then with the cells written so far; throws to stop. */
  progress(sheet: string, cells: number): void;
}

/** Rows between two looks at whether there is room for more. */
const rowsPerTurn = 250;

/** The sheets that are shown before the others. */
const firstSheets = ['00_README'];

/** All sheets that a workbook of the study can have, for its writer to know. */
export function sheetNamesOf(study: Study): readonly string[] {
  return [...fixedSheets, ...planFormSheets(study).map(({ name }) => name)];
}

/** Everything goes into `book`, to its end; the totals come in the order in which the sheets are shown. Throws when the counts don't agree. */
export async function fillWorkbook(
  source: ExportSource,
  book: WorkbookWriter,
  watch: ExportWatch,
): Promise<readonly SheetReport[]> {
  const { reader, study } = source;
  const sheets = createSheets(book, watch);

  await sheets.fill('01_SUBJECTS', subjectColumns, 3, mapRows(subjectLines(source), ofLine(subjectColumns)));
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

  await sheets.fillWith(dictionarySheet(study));
  await sheets.fillWith(codeListSheet(study));
  for (const { name, column, firstRow, lastRow } of codeRanges(study)) {
    book.defineName(name, 'CODELISTS', column, firstRow, lastRow);
  }
  await sheets.fillWith(missingSheet(study));
  await sheets.fillWith(unitSheet(study));
  await sheets.fillWith(checkSheet(study, reader.firings()));
  const queries = reader.countQueries();
  const asked = mapRows(queryLines(source), ofLine(queryColumns));
  const written = await sheets.fill('QUERIES', queryColumns, 1, asked);
  if (written !== queries) throw new Error(`sheet QUERIES holds ${written} of ${queries} queries`);
  await sheets.fill(
    'SIGNATURES',
    signatureColumns,
    2,
    mapRows(reader.signatures(), ofLine(signatureColumns)),
  );
  const trail = mapRows(mapRows(reader.audit(), toAuditLine), ofLine(auditColumns));
  await sheets.fill('AUDIT', auditColumns, 1, trail);
  if (source.survey !== undefined) await sheets.fillWith(deidentificationSheet(study, source.survey));
  const pieces = book.longTexts().flatMap(inPieces);
  if (pieces.length > 0) await sheets.fill('LONGTEXT', pieceColumns, 3, pieces.map(ofLine(pieceColumns)));

  const { choices = everything } = source;
  const facts = { ...source, choices, cut: reader.cut, counts, queries };
  const formulaLookalikes = book.formulaLookalikes();
  await sheets.fillWith(readmeSheet({ ...facts, formulaLookalikes, sheets: sheets.reports() }));
  await sheets.fillWith(manifestSheet({ ...facts, sheets: sheets.reports() }));
  await book.finish(firstSheets);
  return inShownOrder(sheets.reports());
}

interface Sheets {
  /** `expected`: values of the database that the rows have to hold, for form sheets. Gives the rows that the sheet has. */
  fill(
    name: string,
    columns: readonly SheetColumn[],
    frozen: number,
    rows: Iterable<FilledRow>,
    expected?: number,
  ): Promise<number>;
  fillWith(sheet: ReferenceSheet): Promise<number>;
  reports(): readonly SheetReport[];
  values(): number;
}

function createSheets(book: WorkbookWriter, watch: ExportWatch): Sheets {
  const reports: SheetReport[] = [];
  let cells = 0;

  const fill: Sheets['fill'] = async (name, columns, frozen, rows, expected) => {
    watch.progress(name, cells);
    const sheet = book.addSheet(name, columns, frozen);
    const valuesOfPart: number[] = [];
    let count = 0;
    for (const row of rows) {
      const part = sheet.addRow(row.cells);
      valuesOfPart[part] = (valuesOfPart[part] ?? 0) + row.values;
      count += 1;
      if (count % rowsPerTurn === 0) {
        await book.room();
        watch.progress(name, cells + sheet.cells());
      }
    }
    cells += sheet.cells();
    const parts = sheet.close();
    const written = sum(parts.map(({ rows: inPart }) => inPart));
    if (expected === undefined) {
      reports.push(...parts.map((part) => ({ ...part, values: null })));
      return written;
    }
    const values = sum(valuesOfPart);
    if (expected !== values) throw new Error(`sheet ${name} holds ${values} of ${expected} values`);
    reports.push(...parts.map((part, index) => ({ ...part, values: valuesOfPart[index] ?? 0 })));
    return written;
  };

  return {
    fill,
    fillWith: ({ name, columns, rows }) => fill(name, columns, 1, rows.map(bare)),
    reports: () => [...reports],
    values: () => sum(reports.map(({ values }) => values ?? 0)),
  };
}

const bare = (cells: FilledRow['cells']): FilledRow => ({ cells, values: 0 });
const ofLine =
  <Line>(columns: readonly FilledColumn<Line>[]) =>
  (line: Line): FilledRow =>
    bare(fillRow(columns, line));

function* mapRows<T, R>(rows: Iterable<T>, map: (row: T) => R): Generator<R> {
  for (const row of rows) yield map(row);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function* subjectLines({ reader, study }: ExportSource): Generator<SubjectLine> {
  const consents = study.consent === undefined ? null : reader.answers(study.consent);
  for (const subject of reader.subjects()) {
    const site = reader.siteOf(subject.number);
    yield { study: study.id, site, subject, consent: consents?.get(subject.number) ?? null };
  }
}

function* queryLines({ reader }: ExportSource): Generator<QueryLine> {
  for (const query of reader.queries()) yield { query, cutAt: reader.cut.at };
}

/** A text that fits no cell, in pieces that do. */
interface Piece {
  readonly long: LongText;
  readonly number: number;
  readonly text: string;
}
const pieceLength = 32_000;

const pieceColumns: readonly FilledColumn<Piece>[] = [
  text('SHEET', 14, ({ long }) => long.sheet),
  integer('ROW', 10, ({ long }) => long.row),
  text('COLUMN', 16, ({ long }) => long.column),
  integer('PIECE', 8, ({ number }) => number),
  text('TEXT', 80, (piece) => piece.text),
];

function inPieces(long: LongText): readonly Piece[] {
  return Array.from({ length: Math.ceil(long.text.length / pieceLength) }, (_, index) => ({
    long,
    number: index + 1,
    text: long.text.slice(index * pieceLength, (index + 1) * pieceLength),
  }));
}

function inShownOrder(reports: readonly SheetReport[]): readonly SheetReport[] {
  const isFirst = ({ name }: SheetReport): boolean => firstSheets.includes(name);
  return [...reports.filter(isFirst), ...reports.filter((report) => !isFirst(report))];
}
