/**
 * load.do: Stata 14 or newer. Each sheet becomes a .dta file beside its CSV file. Codes that are whole numbers get value
 * labels; for others a twin …_n is made, numbered in the order of the list.
 */
import { assertNever } from '../../assert-never.ts';
import type { CodeList } from '../../study.ts';
import type { Dataset, LoadedColumn, LoadedStudy } from './described.ts';
import { fitBytes, listNames, safeNames } from './names.ts';

/** Stata's own limit, in characters. */
const longestLabel = 80;

export function stataLoader({ study, datasets, lists }: LoadedStudy): string {
  const byId = new Map(lists.map((list) => [list.id, list]));
  const names = listNames(lists.map(({ id }) => id));
  return [
    `* Loads the CSV files of ${study}. Change into their folder first (cd "folder").`,
    'version 14',
    'clear all',
    '',
    ...datasets.filter(({ rows }) => rows > 0).map((set) => loadDataset(set, byId, names)),
  ].join('\n');
}

function loadDataset(
  { file, safe, label, columns }: Dataset,
  lists: ReadonlyMap<string, CodeList>,
  names: ReadonlyMap<string, string>,
): string {
  const twins = safeNames([
    ...columns.map((column) => column.safe),
    ...columns.map((column) => `${column.safe}_n`),
  ]);
  const used = [...new Set(columns.flatMap(({ list }) => list ?? []))].flatMap((id) => lists.get(id) ?? []);
  return [
    `import delimited using ${quoted(file)}, clear delimiters(",") varnames(nonames) rowrange(2) stringcols(_all) bindquotes(strict) maxquotedrows(unlimited) encoding("utf-8")`,
    `label data ${quoted(short(label))}`,
    ...used.map((list) => defineLabels(list, names.get(list.id) ?? list.id)),
    ...columns.map((column, index) => `rename v${index + 1} ${column.safe}`),
    ...columns.flatMap((column, index) => {
      const list = column.list === null ? undefined : lists.get(column.list);
      const twin = twins[columns.length + index] ?? `${column.safe}_n`;
      return [
        ...typed(column, list, names.get(list?.id ?? '') ?? '', twin),
        `label variable ${column.safe} ${quoted(short(column.label))}`,
      ];
    }),
    `save ${quoted(`${safe}.dta`)}, replace`,
    '',
  ].join('\n');
}

function typed(
  column: LoadedColumn,
  list: CodeList | undefined,
  labels: string,
  twin: string,
): readonly string[] {
  const { safe, kind } = column;
  switch (kind) {
    case 'integer':
    case 'decimal':
      return [`destring ${safe}, replace`];
    case 'date':
      return [
        `generate double _x = daily(${safe}, "YMD")`,
        ...replaced(safe),
        `format ${safe} %tdCCYY-NN-DD`,
      ];
    case 'date-time':
      return [
        `generate double _x = clock(subinstr(${safe}, "T", " ", 1), "YMDhm")`,
        ...replaced(safe),
        `format ${safe} %tcCCYY-NN-DD_HH:MM`,
      ];
    case 'text':
      if (list === undefined)
        return [`replace ${safe} = substr(${safe}, 2, .) if regexm(${safe}, "^'+[=+@-].")`];
      if (isNumbered(list)) return [`destring ${safe}, replace`, `label values ${safe} ${labels}`];
      return [
        `generate ${twin} = .`,
        ...list.codes.map(
          ({ code }, index) => `replace ${twin} = ${index + 1} if ${safe} == ${quoted(code)}`,
        ),
        `label values ${twin} ${labels}`,
        `label variable ${twin} ${quoted(short(column.label))}`,
      ];
    default:
      return assertNever(kind);
  }
}

/** The new variable takes the place and the name of the text. */
function replaced(name: string): readonly string[] {
  return [`order _x, after(${name})`, `drop ${name}`, `rename _x ${name}`];
}

function isNumbered({ codes }: CodeList): boolean {
  return codes.every(({ code }) => /^(?:0|[1-9]\d{0,8})$/u.test(code));
}

function defineLabels(list: CodeList, name: string): string {
  const numbered = isNumbered(list);
  const lines = list.codes.map(({ code, label }, index) => {
    const words = numbered ? label.en : `${code}: ${label.en}`;
    const more = index === 0 ? '' : ', modify';
    return `label define ${name} ${numbered ? code : String(index + 1)} ${quoted(short(words))}${more}`;
  });
  return lines.join('\n');
}

const short = (text: string): string => fitBytes(text, longestLabel);

/** Compound quotes; $ and \` would begin a macro even there. */
function quoted(text: string): string {
  const plain = text.replaceAll('\\', '/').replaceAll('`', "'").replaceAll('$', 'USD ');
  return `\`"${plain.replaceAll(`"'`, `" '`)}"'`;
}
