/** The datasets of an export as a program that loads them needs to know them, whatever its language. */
import { codeListsOf, keyColumns, planFormSheets } from '../../export-plan.ts';
import type { ColumnKind } from '../../export-plan/sheet.ts';
import type { CodeList, Study } from '../../study.ts';
import { safeNames } from './names.ts';

/** A CSV file as it was written. */
export interface WrittenSheet {
  readonly name: string;
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  /** Bytes of the longest text of each column, in UTF-8. */
  readonly longest: readonly number[];
}

export interface LoadedColumn {
  /** As R takes it, and as the header of the file has it. */
  readonly name: string;
  /** A name that SAS, SPSS and Stata take as well: the same wherever it can be. */
  readonly safe: string;
  readonly kind: ColumnKind;
  readonly label: string;
  /** Id of the code list whose codes stand in it. */
  readonly list: string | null;
  /** At least 1. */
  readonly width: number;
}

export interface Dataset {
  readonly name: string;
  readonly safe: string;
  readonly file: string;
  readonly rows: number;
  readonly label: string;
  readonly columns: readonly LoadedColumn[];
}

export interface LoadedStudy {
  /** "anakinra-misc 1.2.0" */
  readonly study: string;
  /** Subjects, then the forms, then what explains them. */
  readonly datasets: readonly Dataset[];
  /** Those that a column refers to. */
  readonly lists: readonly CodeList[];
}

export function describeDatasets(study: Study, sheets: readonly WrittenSheet[]): LoadedStudy {
  const forms = new Map(planFormSheets(study).map((sheet) => [sheet.name, sheet]));
  const names = safeNames(sheets.map(({ name }) => name));
  const datasets = sheets.map((sheet, index): Dataset => {
    const form = forms.get(sheet.name);
    const planned = new Map(
      (form?.fields ?? []).flatMap(({ columns }) => columns).map((column) => [column.name, column]),
    );
    const keys = new Map(form === undefined ? [] : keyColumns.map(({ name, title }) => [name, title.en]));
    const safe = safeNames(sheet.columns.map(({ name }) => name));
    const columns = sheet.columns.map(({ name, kind }, column): LoadedColumn => {
      const own = planned.get(name);
      return {
        ...{ name, safe: safe[column] ?? name, kind, width: Math.max(sheet.longest[column] ?? 1, 1) },
        label: own === undefined ? (keys.get(name) ?? name) : own.title.en + partWords(own.part, own.code),
        list: own?.list ?? null,
      };
    });
    const label = form?.form.name.en ?? sheet.name;
    return {
      ...{ name: sheet.name, file: sheet.file, rows: sheet.rows, label, columns },
      safe: names[index] ?? sheet.name,
    };
  });
  const used = new Set(datasets.flatMap(({ columns }) => columns.map(({ list }) => list)));
  return {
    study: `${study.id} ${study.version}`,
    datasets,
    lists: codeListsOf(study).filter(({ id }) => used.has(id)),
  };
}

function partWords(part: string, code: string | null): string {
  switch (part) {
    case 'choice':
      return `: ${code ?? ''}`;
    case 'relation':
      return ' (relation)';
    case 'unit':
      return ' (unit as entered)';
    case 'standard':
      return ' (in the standard unit)';
    case 'standard-unit':
      return ' (standard unit)';
    case 'iso':
      return ' (ISO 8601, as far as known)';
    case 'precision':
      return ' (precision)';
    case 'missing':
      return ' (missing reason)';
    default:
      return '';
  }
}
