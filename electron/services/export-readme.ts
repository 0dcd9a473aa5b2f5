/** 00_README: what the file is, of which state of the data, and how to read it. */
import type { Submission } from '#shared/export-plan/changes.ts';
import { fillSheet, text, type FilledColumn, type ReferenceSheet } from '#shared/export-plan/sheet.ts';
import type { Study } from '#shared/study.ts';
import type { ExportChoices } from '#shared/export-choices.ts';
import { choiceLines, deidentificationLines } from './export-choices/readme-lines.ts';
import type { Survey } from './export-choices/survey.ts';
import type { SheetReport } from './export-manifest.ts';
import type { DataCut, ValueCounts } from './export-rows.ts';
import type { Lookalikes } from './workbook-writer.ts';

export interface ReadmeFacts {
  readonly study: Study;
  readonly siteCode: string;
  readonly siteName: string;
  readonly fingerprint: string;
  readonly appVersion: string;
  readonly cut: DataCut;
  readonly counts: ValueCounts;
  readonly lookalikes: Lookalikes;
  readonly investigators: readonly string[];
  readonly baseline: Submission | null;
  readonly choices: ExportChoices;
  readonly doubles?: number;
  readonly survey?: Survey;
  readonly sheets: readonly SheetReport[];
}

type Line = readonly [about: string, content: string];

const columns: readonly FilledColumn<Line>[] = [
  text('ABOUT', 40, ([about]) => about),
  text('CONTENT', 120, ([, content]) => content),
];

export function readmeSheet(facts: ReadmeFacts): ReferenceSheet {
  return fillSheet('00_README', columns, [
    ...whatItIs(facts),
    ...howToRead(facts),
    ...facts.sheets.map(counted),
  ]);
}

function whatItIs({ study, cut, counts, ...facts }: ReadmeFacts): readonly Line[] {
  return [
    ['Study', `${study.id} ${study.version}: ${study.title.en}`],
    ['Étude', study.title.fr],
    ['Study definition (SHA-256)', facts.fingerprint],
    ['Site', `${facts.siteCode} ${facts.siteName}`],
    [
      'Investigator',
      facts.choices.deidentification !== null
        ? 'Left out by de-identification.'
        : facts.investigators.length === 0
          ? 'None is named at the site.'
          : facts.investigators.join(', '),
    ],
    ['Written by', `Cahier ${facts.appVersion}`],
    ['Data cut (UTC)', new Date(cut.at).toISOString()],
    ['Local offset at the data cut (minutes)', String(cut.offsetMinutes)],
    ['Trail entries', String(cut.seq)],
    ['Trail head (SHA-256)', cut.head],
    [
      'Who exported, and when',
      'Recorded in the trail of the site. It is left out here so that two exports of one state are the same bytes.',
    ],
    ...choiceLines(facts.choices),
    ...doubleLines(facts.doubles ?? 0),
    ...deidentificationLines(facts.choices, facts.survey),
    ['Changes since the last submission', sinceInWords(facts.baseline)],
    [
      'Reconciliation',
      `${counts.exported + (counts.withheld ?? 0)} values in the database, ${counts.exported} in the form sheets${counts.withheld === undefined ? '' : `, ${counts.withheld} left out by de-identification`}; ${counts.parked} hidden answers left out.`,
    ],
  ];
}

function doubleLines(doubles: number): readonly Line[] {
  if (doubles === 0) return [];
  return [['Doubles left out', `${doubles} subjects who were decided to be another subject’s double.`]];
}

function howToRead({ lookalikes }: ReadmeFacts): readonly Line[] {
  return [
    [
      'Rows of a form sheet',
      'One a subject, event and repeat. Items that are asked once a form stand in the row with REPEAT 1.',
    ],
    [
      'Blank cells',
      'Not asked or not answered. A missing reason stands in the column …_ND, never in the value.',
    ],
    [
      'Numbers',
      'Numeric cells. The relation to the true value (<, <=, =, >=, >) stands in …_REL, the unit as entered in …_U, the value in the standard unit in …_STD and …_STDU.',
    ],
    [
      'Dates',
      'Date cells where the day is known (and the time, where one is asked), from 1900-03-01 on; always as ISO 8601 text in …_DTC, as far as known, with …_PREC saying how far. Local time of the site.',
    ],
    [
      'Codes',
      'Text cells; their labels are in CODELISTS. A multiple choice has one column a code: 1 chosen, 0 not chosen, blank not asked.',
    ],
    [
      'Queries',
      'QUERIES has one row a question, open and closed, with its whole thread, one line a message. DAYS_OPEN counts whole days from its opening to its end, or to the data cut.',
    ],
    [
      'Signatures',
      'SIGNATURES has one row a signature: of a form, a visit (no form) or a subject (neither). STATE is valid while nothing that it covers was changed since; BROKEN_BY names the values that were.',
    ],
    [
      'Coding',
      'CODING has one row an answer that the study codes: the words, the term, its dictionary with the version, and by whom. STATE says where no term is kept here.',
    ],
    [
      'Changes',
      'CHANGES has one row a value, and one a form state, that is not as it was at the last submission: added, changed, emptied (by a person), withdrawn (its row was taken out, or it is no longer asked), state. USER, REASON and AT_UTC are those of the newest of its ENTRIES in AUDIT.',
    ],
    [
      'Checks',
      'In CHECKS, FIRED and CONFIRMED count findings that stand; QUERIES and OVERRIDDEN count over the whole time, and REASONS are those for which findings were let stand.',
    ],
    ['Names of columns', 'Explained in DICTIONARY, one row a column.'],
    [
      'Hidden answers',
      'Answers to questions that no longer apply are kept in the site and left out of the form sheets; the trail shows them.',
    ],
    [
      'Text that looks like a formula',
      `${lookalikes.count} cells; all are text cells, marked as text (quotePrefix), and calculate nothing.${placesInWords(lookalikes)}`,
    ],
    ['Long texts', 'A text that fits no cell stands in LONGTEXT in pieces; its cell says where.'],
    [
      'Long sheets',
      'A sheet with more rows than Excel takes goes on in a sheet of the same name with _2, _3 and so on at its end.',
    ],
    [
      'Characters that a workbook cannot hold',
      'Written _xHHHH_ with their Unicode number, as ECMA-376 part 1, 22.9.2.19 says.',
    ],
    ['Protection', 'Sheets are protected without a password, so that an accidental edit shows.'],
    [
      'SHA-256 of a sheet',
      'Of its rows as UTF-8 text, header first: cells joined by a tab, each row ended by a line feed. In text, \\ tab, line feed and return are written \\\\ \\t \\n \\r; dates are yyyy-mm-dd or yyyy-mm-ddThh:mm; numbers the shortest decimal of the same double, without exponent; nothing for a blank cell.',
    ],
    [
      'ZIP_SHA256 of a sheet',
      'In MANIFEST: of the bytes of the part of the sheet (xl/worksheets/sheetN.xml) as they lie in this zip file, compressed. Where it agrees, the sheet lies here as it was written; a program that saved the file again changes it, and SHA256 then tells whether any cell changed. MANIFEST has neither.',
    ],
  ];
}

function sinceInWords(baseline: Submission | null): string {
  if (baseline === null) return 'No earlier submission is recorded: CHANGES has no row.';
  return `Compared with the submission of ${new Date(baseline.at).toISOString()} (trail up to entry ${baseline.cut}).`;
}

function placesInWords({ count, first }: Lookalikes): string {
  if (count === 0) return '';
  const places = first.map(({ sheet, row, column }) => `${sheet} row ${row} ${column}`);
  return ` ${count > first.length ? 'The first of them' : 'They stand in'}: ${places.join('; ')}.`;
}

function counted({ name, rows, columns: width, cells }: SheetReport): Line {
  return [`Sheet ${name}`, `${rows} rows, ${width} columns, ${cells} cells`];
}
