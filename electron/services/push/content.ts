/**
 * The tables of an export with their rows, out of one frozen cut: what is loaded anywhere is read here. Each form is
 * reconciled as in the workbook: every value that the database holds for it must have gone into its rows.
 */
import { checkSheet } from '#shared/export-plan/checks.ts';
import { codeListSheet, missingSheet, unitSheet } from '#shared/export-plan/code-lists.ts';
import { dictionarySheet } from '#shared/export-plan/dictionary.ts';
import { queryColumns } from '#shared/export-plan/queries.ts';
import {
  fillRow,
  type Cell,
  type FilledColumn,
  type ReferenceSheet,
  type SheetColumn,
} from '#shared/export-plan/sheet.ts';
import { signatureColumns } from '#shared/export-plan/signatures.ts';
import { keyColumns } from '#shared/export-plan.ts';
import {
  planFormTables,
  planSheetTable,
  planSubjectTable,
  planValueTable,
  type FormTable,
} from '#shared/push/plan.ts';
import type { PushTable } from '#shared/push/table.ts';
import { reportedNumber } from '#shared/standard-number.ts';
import { auditColumns, toAuditLine } from '../export-audit.ts';
import type { ExportSource } from '../export-content.ts';
import { createEventOrder, createFormRow } from '../export-form-rows.ts';
import type { ExportReader } from '../export-rows.ts';
import { subjectColumns } from '../export-subjects.ts';
import { createCheckTallies, createSignatureTallies, type CheckTallies } from '../export-tallies.ts';
import { conflictColumns, deliveryColumns, type PoolReader } from './pool-sheets.ts';

export interface PushSource extends ExportSource {
  readonly pool: PoolReader;
}

export type PushRow = readonly Cell[];

export interface PushContent {
  readonly table: PushTable;
  /** Which part of the data it is: forms and values are kept apart by site and form where files are. */
  readonly kind: 'form' | 'values' | 'other';
  readonly rows: () => Iterable<PushRow>;
}

/** In the order in which they can be loaded: subjects before what names them. */
export function pushContents(source: PushSource): readonly PushContent[] {
  const { reader, study, pool } = source;
  // Counted once: it reads every value of the database.
  const expected = reader.countFormValues();
  const forms = planFormTables(study);
  const dictionary = dictionaryOf(source, forms);
  const sheet = (name: string, comment: string, { columns, rows }: ReferenceSheet, key?: readonly string[]) =>
    sheetContent(name, comment, columns, () => rows, key);
  const filled = <Row>(
    ...[name, comment, columns, rows, key]: readonly [
      string,
      string,
      readonly FilledColumn<Row>[],
      () => Iterable<Row>,
      (readonly string[])?,
    ]
  ): PushContent =>
    sheetContent(name, comment, columns, () => map(rows(), (row) => fillRow(columns, row)), key);

  return [
    {
      ...{ table: planSubjectTable(subjectColumns), kind: 'other' },
      rows: () => map(subjectLines(source), (line) => fillRow(subjectColumns, line)),
    },
    ...forms.map((form): PushContent => ({
      ...{ table: form.table, kind: 'form' },
      rows: () => formRows(source, form, expected),
    })),
    { table: planValueTable(study), kind: 'values', rows: () => valueRows(source, forms, expected) },
    sheet('dictionary', 'What every column of the tables of forms is', dictionary),
    sheet('codes', 'The codes of every code list', codeListSheet(study), ['LIST', 'CODE']),
    sheet('missing_reasons', 'The codes in the columns _nd', missingSheet(study), ['CODE']),
    sheet('units', 'Unit as entered to standard unit, by analyte', unitSheet(study)),
    sheet(
      'checks',
      'Every edit check, and what fired',
      checkSheet(study, reader.firings(), checkHistory(reader)),
    ),
    filled(
      'queries',
      'Every query with its thread',
      queryColumns,
      () => map(reader.queries(), (query) => ({ query, cutAt: reader.cut.at })),
      ['QUERY'],
    ),
    filled(
      'signatures',
      'Every signature, and whether it holds',
      signatureColumns,
      () => reader.signatures(),
      ['SIGNATURE'],
    ),
    filled(
      'deliveries',
      'What sites handed in, and what became of it',
      deliveryColumns,
      () => pool.deliveries(),
      ['DELIVERY'],
    ),
    filled('conflicts', 'The conflict book of the pool', conflictColumns, () => pool.conflicts(), [
      'CONFLICT',
    ]),
    filled('audit', 'The trail', auditColumns, () => map(reader.audit(), toAuditLine), ['SEQ']),
  ];
}

function sheetContent(
  name: string,
  comment: string,
  columns: readonly SheetColumn[],
  rows: () => Iterable<PushRow>,
  key: readonly string[] = [],
): PushContent {
  const table = planSheetTable(name, comment, columns, key);
  return { table, kind: 'other', rows: key.length === 0 ? () => numbered(rows()) : rows };
}

function* map<T, R>(rows: Iterable<T>, of: (row: T) => R): Generator<R> {
  for (const row of rows) yield of(row);
}

function* numbered(rows: Iterable<PushRow>): Generator<PushRow> {
  let place = 0;
  for (const row of rows) yield [(place += 1), ...row];
}

/** The dictionary of the workbook, which goes by the workbook's names, with those of the tables before them. */
function dictionaryOf({ study, reader }: ExportSource, forms: readonly FormTable[]): ReferenceSheet {
  const { name, columns, rows } = dictionarySheet(study, reader.studyVersions());
  const keys = keyColumns.map((key): PushRow => [null, key.name.toLowerCase()]);
  const own = forms.flatMap(({ table }) =>
    table.columns.slice(keyColumns.length).map((column): PushRow => [table.name, column.name]),
  );
  const places = [...keys, ...own];
  const place = (of: string): SheetColumn => ({ name: of, kind: 'text', width: 20 });
  return {
    name,
    columns: [place('TABLE_NAME'), place('COLUMN_NAME'), ...columns],
    rows: rows.map((row, index) => [...(places[index] ?? [null, null]), ...row]),
  };
}

function* subjectLines({ reader, study }: ExportSource) {
  const consents = study.consent === undefined ? null : reader.answers(study.consent);
  const signatures = createSignatureTallies();
  for (const signature of reader.signatures()) signatures.take(signature);
  for (const subject of reader.subjects()) {
    const site = reader.siteOf(subject.number);
    const signed = signatures.of(subject.number);
    yield { study: study.id, site, subject, consent: consents?.get(subject.number) ?? null, signed };
  }
}

function checkHistory(reader: ExportReader): CheckTallies {
  const tallies = createCheckTallies();
  for (const query of reader.queries()) tallies.takeQuery(query);
  for (const entry of reader.audit()) tallies.takeEntry(toAuditLine(entry));
  return tallies;
}

function* formRows(source: ExportSource, { sheet }: FormTable, expected: Expected): Generator<PushRow> {
  const { reader, study } = source;
  const toRow = createFormRow(source, sheet);
  let values = 0;
  for (const row of reader.formRows(sheet.form.id, createEventOrder(study))) {
    const filled = toRow(row);
    values += filled.values;
    yield filled.cells;
  }
  requireAll(expected, sheet.form.id, values);
}

function* valueRows(
  source: ExportSource,
  forms: readonly FormTable[],
  expected: Expected,
): Generator<PushRow> {
  const { reader, study } = source;
  const analytes = new Map(study.analytes.map((analyte) => [analyte.id, analyte]));
  const analyteOf = (test: string) => analytes.get(test);
  const eventOrder = createEventOrder(study);
  let all = 0;
  for (const { sheet } of forms) {
    const form = sheet.form.id;
    let values = 0;
    for (const { subject, event, row, values: inRow } of reader.formRows(form, eventOrder)) {
      const site = reader.siteOf(subject);
      const answerTo = (item: string): string | null => inRow.get(item)?.text ?? null;
      for (const { item } of sheet.fields) {
        const value = inRow.get(item.id);
        if (value === undefined) continue;
        values += 1;
        const { text, number, precision, missing } = value;
        if (number === null) {
          const { relation, unit } = value;
          yield [
            site,
            subject,
            event,
            form,
            row,
            item.id,
            text,
            relation,
            null,
            unit,
            precision,
            missing,
            null,
            null,
          ];
          continue;
        }
        const { relation, unit, standard } = reportedNumber(item, value, answerTo, analyteOf);
        const converted = [standard?.number ?? null, standard?.unit ?? null];
        yield [
          ...[site, subject, event, form, row, item.id, text, relation, number, unit, precision, missing],
          ...converted,
        ];
      }
    }
    requireAll(expected, form, values);
    all += values;
  }
  const { exported } = reader.countValues();
  if (all !== exported) throw new Error(`the forms of the study hold ${all} of ${exported} values`);
}

/** Values of the database by form. */
type Expected = ReturnType<ExportSource['reader']['countFormValues']>;

function requireAll(expected: Expected, form: string, values: number): void {
  const held = expected.get(form) ?? 0;
  if (values !== held) throw new Error(`form ${form} gives ${values} of ${held} values`);
}
