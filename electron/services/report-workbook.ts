/** The study's tables as a workbook: every number with its row, the subjects behind each, and what it is all of. */
import { fillRow, decimal, integer, text, type FilledColumn } from '#shared/export-plan/sheet.ts';
import type { Language } from '#shared/study.ts';
import type { CountedValue, SummaryRowResult } from '#shared/summary-table.ts';
import type { StudyReport } from '#shared/summary-table/report.ts';
import { causeWords, causesOf, footWords } from '#shared/summary-table/words.ts';
import type { ReportOrder } from './report-file.ts';
import type { WorkbookWriter } from './workbook-writer.ts';

const tableSheet = 'STUDY_TABLE';
const subjectSheet = 'SUBJECTS';
const readmeSheet = 'README';
export const reportSheetNames: readonly string[] = [tableSheet, subjectSheet, readmeSheet];

interface TableLine {
  readonly section: string;
  readonly population: string | null;
  readonly row: SummaryRowResult;
}
interface SubjectLine {
  readonly row: string;
  readonly subject: string;
  readonly value: CountedValue | null;
  readonly cause: string | null;
  readonly item: string | null;
}

/** Everything goes into the book, which the caller finishes. */
export function fillReportBook({ report, language, appVersion }: ReportOrder, book: WorkbookWriter): void {
  fill(book, tableSheet, tableColumns(language), 3, tableLines(report, language));
  fill(book, subjectSheet, subjectColumns, 2, subjectLines(report, language));
  fill(book, readmeSheet, readmeColumns, 1, readmeLines(report, language, appVersion));
}

function fill<Line>(
  book: WorkbookWriter,
  name: string,
  columns: readonly FilledColumn<Line>[],
  frozen: number,
  lines: readonly Line[],
): void {
  const sheet = book.addSheet(name, columns, frozen);
  for (const line of lines) sheet.addRow(fillRow(columns, line));
  sheet.close();
}

function tableColumns(language: Language): readonly FilledColumn<TableLine>[] {
  const number = (name: string, key: string): FilledColumn<TableLine> =>
    decimal(name, 12, ({ row }) => numberOf(row.values[key]));
  return [
    text('SECTION', 28, ({ section }) => section),
    text('ROW', 18, ({ row }) => row.row),
    text('LABEL', 44, ({ row }) => row.label[language]),
    text('POPULATION', 44, ({ population }) => population),
    integer('N', 8, ({ row }) => row.n),
    integer('MISSING', 10, ({ row }) => row.missing),
    text('MISSING_WHY', 36, ({ row }) => causesOf(row.missed, language).join('; ')),
    text('RESULT', 30, ({ row }) => row.text[language]),
    text('UNIT', 12, ({ row }) => row.unit),
    ...[number('COUNT', 'count'), number('OF', 'of'), number('PERCENT', 'percent')],
    ...[
      number('EVENTS', 'events'),
      number('SUBJECTS', 'subjects'),
      number('MEAN', 'mean'),
      number('SD', 'sd'),
    ],
    ...[
      number('MEDIAN', 'median'),
      number('Q1', 'q1'),
      number('Q3', 'q3'),
      number('MIN', 'min'),
      number('MAX', 'max'),
    ],
    ...[number('PAIRS', 'pairs'), number('FIRST_MEDIAN', 'firstMedian'), number('FIRST_Q1', 'firstQ1')],
    ...[
      number('FIRST_Q3', 'firstQ3'),
      number('SECOND_MEDIAN', 'secondMedian'),
      number('SECOND_Q1', 'secondQ1'),
    ],
    ...[number('SECOND_Q3', 'secondQ3'), number('DIFFERENCE_MEDIAN', 'differenceMedian')],
    ...[
      number('CHANGE_PERCENT_MEDIAN', 'changePercentMedian'),
      number('STATISTIC_V', 'statistic'),
      number('P', 'p'),
    ],
    text('METHOD', 30, ({ row }) => row.method?.[language]),
    text('NOT_GIVEN', 44, ({ row }) => row.shortfalls.map((shortfall) => shortfall[language]).join(' ')),
    integer('CONVENTION', 12, ({ row }) => (row.convention ? 1 : 0)),
    text('NOTE', 60, ({ row }) => row.note?.[language]),
    text('SOURCE', 24, ({ row }) => row.source),
  ];
}

function tableLines({ tables }: StudyReport, language: Language): readonly TableLine[] {
  return tables.flatMap((table) =>
    table.sections.flatMap((section) =>
      section.rows.map((row) => ({
        section: section.name[language],
        population: row.kind === 'count' ? null : (row.population ?? table.population)[language],
        row,
      })),
    ),
  );
}

const subjectColumns: readonly FilledColumn<SubjectLine>[] = [
  text('ROW', 18, ({ row }) => row),
  text('SUBJID', 12, ({ subject }) => subject),
  decimal('VALUE', 14, ({ value }) => (typeof value === 'object' ? value?.[0] : Number(value))),
  decimal('SECOND_VALUE', 14, ({ value }) => (typeof value === 'object' ? value?.[1] : null)),
  text('MISSING_WHY', 30, ({ cause }) => cause),
  text('ITEM', 16, ({ item }) => item),
];

/** Yes is 1 and no 0. */
function subjectLines({ tables }: StudyReport, language: Language): readonly SubjectLine[] {
  const rows = tables.flatMap((table) => table.sections.flatMap((section) => section.rows));
  return rows.flatMap(({ row, counted, missed }) => [
    ...counted.map(({ subject, value }) => ({ row, subject, value, cause: null, item: null })),
    ...missed.map(({ subject, cause, item }) => ({
      ...{ row, subject, value: null, item },
      cause: causeWords[cause][language],
    })),
  ]);
}

type ReadmeLine = readonly [about: string, content: string];
const readmeColumns: readonly FilledColumn<ReadmeLine>[] = [
  text('ABOUT', 36, ([about]) => about),
  text('CONTENT', 110, ([, content]) => content),
];

function readmeLines(report: StudyReport, language: Language, appVersion: string): readonly ReadmeLine[] {
  const { study, site, cut, fingerprint, subjects, tables } = report;
  return [
    ['Study', `${study.id} ${study.version}: ${study.name[language]}`],
    ['Study definition (SHA-256)', fingerprint],
    ['Site', `${site.code} ${site.name}`],
    ['Subjects of the site', String(subjects)],
    ['Data cut (UTC)', cut.at],
    ['Trail entries', String(cut.seq)],
    ['Trail head (SHA-256)', cut.head],
    ['Written by', `Cahier ${appVersion}`],
    ...tables.map((table): ReadmeLine => [
      `Table ${table.table}`,
      `${table.name[language]} (${table.source ?? ''})`,
    ]),
    ...footWords.map((words): ReadmeLine => ['How to read it', words[language]]),
  ];
}

function numberOf(value: string | number | null | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
