/**
 * load.sps: GET DATA for each form sheet and for the subjects, saved as .sav beside the CSV file. SPSS reads a file line
 * by line, so that the sheets with whole conversations in a cell (QUERIES, AUDIT, CHECKS …) are not loaded.
 */
import { assertNever } from '../../assert-never.ts';
import type { CodeList } from '../../study.ts';
import type { Dataset, LoadedColumn, LoadedStudy } from './described.ts';
import { fitBytes } from './names.ts';

/** SPSS's own limits, in bytes. */
const longestString = 32_767;
const longestVariableLabel = 255;
const longestValueLabel = 120;
/** A line of syntax; 256 in the oldest way of running it. */
const longestLine = 250;

export function spssLoader(
  { study, datasets, lists }: LoadedStudy,
  isData: (name: string) => boolean,
): string {
  const byId = new Map(lists.map((list) => [list.id, list]));
  return [
    `* Loads the CSV files of ${study}. Change into their folder first (CD 'folder'.), in Unicode mode.`,
    '',
    ...datasets.filter(({ name, rows }) => isData(name) && rows > 0).map((set) => loadDataset(set, byId)),
  ].join('\n');
}

function loadDataset({ file, safe, label, columns }: Dataset, lists: ReadonlyMap<string, CodeList>): string {
  const times = columns.flatMap((column, index) =>
    column.kind === 'date-time' ? [{ column, raw: `@t${index + 1}` }] : [],
  );
  const variables = columns.map((column, index) =>
    column.kind === 'date-time' ? `  @t${index + 1} A16` : `  ${column.safe} ${formatOf(column)}`,
  );
  const coded = columns.flatMap((column) => {
    const list = column.list === null ? undefined : lists.get(column.list);
    return list === undefined ? [] : [valueLabels(column, list)];
  });
  return [
    `* ${fitBytes(label, 200)}.`,
    `GET DATA /TYPE=TXT /FILE=${quoted(file)} /ENCODING='UTF8'`,
    `  /ARRANGEMENT=DELIMITED /DELIMITERS="," /QUALIFIER='"' /FIRSTCASE=2`,
    '  /VARIABLES=',
    `${variables.join('\n')}.`,
    ...times.flatMap(({ column, raw }) => [
      `COMPUTE ${column.safe} = DATE.DMY(NUMBER(SUBSTR(${raw},9,2),F2), NUMBER(SUBSTR(${raw},6,2),F2),`,
      `  NUMBER(SUBSTR(${raw},1,4),F4)) + TIME.HMS(NUMBER(SUBSTR(${raw},12,2),F2),`,
      `  NUMBER(SUBSTR(${raw},15,2),F2), 0).`,
      `FORMATS ${column.safe} (DATETIME17).`,
    ]),
    ...(times.length === 0
      ? []
      : ['EXECUTE.', `DELETE VARIABLES ${times.map(({ raw }) => raw).join('\n  ')}.`]),
    ...columns.map(
      ({ safe: name, label: words }) =>
        `VARIABLE LABELS ${name}\n  ${quoted(fitBytes(words, Math.min(longestVariableLabel, longestLine - 40)))}.`,
    ),
    ...coded,
    `SAVE OUTFILE=${quoted(`${safe}.sav`)}.`,
    '',
  ].join('\n');
}

function formatOf({ kind, width }: LoadedColumn): string {
  switch (kind) {
    case 'text':
      return `A${Math.min(width, longestString)}`;
    case 'integer':
      return 'F12.0';
    case 'decimal':
      return 'F20.6';
    case 'date':
      return 'SDATE10';
    case 'date-time':
      return 'A16';
    default:
      return assertNever(kind);
  }
}

function valueLabels({ safe, width }: LoadedColumn, { codes }: CodeList): string {
  const fitting = codes.filter(({ code }) => code.length <= width);
  if (fitting.length === 0) return `* No code of the list stands in ${safe}.`;
  const lines = fitting.map(
    ({ code, label }) => `  ${quoted(code)} ${quoted(fitBytes(label.en, longestValueLabel))}`,
  );
  return `VALUE LABELS ${safe}\n${lines.join('\n')}.`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
