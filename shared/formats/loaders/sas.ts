/** load.sas: a DATA step for each sheet, with formats for the code lists. A line feed within a text is read (TERMSTR=CRLF). */
import { assertNever } from '../../assert-never.ts';
import type { CodeList } from '../../study.ts';
import type { Dataset, LoadedColumn, LoadedStudy } from './described.ts';
import { fitBytes, listNames } from './names.ts';

/** SAS's own limits, in bytes. */
const longestString = 32_767;
const longestLabel = 256;

export function sasLoader({ study, datasets, lists }: LoadedStudy): string {
  const formats = listNames(lists.map(({ id }) => id));
  return [
    `/* Loads the CSV files of ${study}. SAS with UTF-8 (-encoding utf-8). */`,
    '%let folder = .;',
    'options validvarname=v7;',
    '',
    'proc format;',
    ...lists.map((list) => formatOf(list, formats)),
    'run;',
    '',
    ...datasets.map((set) => dataStep(set, formats)),
  ].join('\n');
}

function formatOf({ id, codes }: CodeList, formats: ReadonlyMap<string, string>): string {
  const values = codes.map(
    ({ code, label }) => `    ${quoted(code)} = ${quoted(fitBytes(label.en, longestLabel))}`,
  );
  return `  value $${formats.get(id) ?? id}\n${values.join('\n')};`;
}

function dataStep({ safe, file, label, columns }: Dataset, formats: ReadonlyMap<string, string>): string {
  const times = columns.flatMap((column, index) =>
    column.kind === 'date-time' ? [{ name: column.safe, raw: `_t${index + 1}` }] : [],
  );
  const texts = columns.filter(({ kind, list }) => kind === 'text' && list === null);
  const inputs = columns.map((column, index) => inputOf(column, `_t${index + 1}`));
  const listed = columns.flatMap(({ safe: name, list }) =>
    list === null ? [] : [`    ${name} $${formats.get(list) ?? list}.`],
  );
  const dates = columns.flatMap(({ safe: name, kind }) =>
    kind === 'date' ? [`    ${name} yymmdd10.`] : kind === 'date-time' ? [`    ${name} datetime16.`] : [],
  );
  return [
    `data ${safe} (label=${quoted(fitBytes(label, longestLabel))});`,
    `  infile "&folder/${file}" dsd dlm=',' firstobs=2 truncover termstr=crlf lrecl=1073741823 encoding='utf-8';`,
    `  length\n${columns.map((column, index) => lengthOf(column, `_t${index + 1}`)).join('\n')};`,
    `  input\n${inputs.join('\n')};`,
    ...times.map(
      ({ name, raw }) =>
        `  if length(${raw}) = 16 then ${name} = dhms(input(substr(${raw},1,10), yymmdd10.),\n` +
        `    input(substr(${raw},12,2), 2.), input(substr(${raw},15,2), 2.), 0);`,
    ),
    // An apostrophe keeps a spreadsheet from running a text; it is not part of it.
    ...texts.map(
      ({ safe: name }) => `  if prxmatch("/^'+[=+\\-@\\t]./", ${name}) then ${name} = substr(${name}, 2);`,
    ),
    ...(dates.length + listed.length === 0 ? [] : [`  format\n${[...dates, ...listed].join('\n')};`]),
    `  label\n${columns.map(({ safe: name, label: words }) => `    ${name} = ${quoted(fitBytes(words, longestLabel))}`).join('\n')};`,
    ...(times.length === 0 ? [] : [`  drop ${times.map(({ raw }) => raw).join(' ')};`]),
    'run;',
    '',
  ].join('\n');
}

function lengthOf({ safe, kind, width }: LoadedColumn, raw: string): string {
  switch (kind) {
    case 'text':
      return `    ${safe} $ ${Math.min(width, longestString)}`;
    case 'integer':
    case 'decimal':
    case 'date':
      return `    ${safe} 8`;
    case 'date-time':
      return `    ${safe} 8 ${raw} $ 16`;
    default:
      return assertNever(kind);
  }
}

function inputOf({ safe, kind }: LoadedColumn, raw: string): string {
  switch (kind) {
    case 'text':
      return `    ${safe} $`;
    case 'integer':
    case 'decimal':
      return `    ${safe}`;
    case 'date':
      return `    ${safe} :yymmdd10.`;
    case 'date-time':
      return `    ${raw} $`;
    default:
      return assertNever(kind);
  }
}

/** Between single quotes nothing is a macro. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
