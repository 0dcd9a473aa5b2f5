/**
 * CDISC Dataset-JSON 1.1: what stands before the rows, and a row. One dataset a form sheet with the sheet's columns;
 * where the definition names SDTM or CDASH targets, a draft of each domain besides. Which clinical answer means which
 * variable is for people to say: nothing is mapped that the definition does not name.
 */
import { assertNever } from '../assert-never.ts';
import { keyColumns, type ExportField, type FormSheet } from '../export-plan.ts';
import type { Cell, ColumnKind } from '../export-plan/sheet.ts';
import { isoDay, isoMinute } from '../partial-date.ts';
import { itemOid, studyOid, versionOid } from './odm/oids.ts';

export interface JsonColumn {
  readonly itemOID: string;
  readonly name: string;
  readonly label: string;
  readonly dataType: 'string' | 'integer' | 'double' | 'date' | 'datetime';
  readonly length?: number;
  readonly displayFormat?: string;
  readonly keySequence?: number;
}

export interface JsonDataset {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly JsonColumn[];
}

/** Of the file as a whole. */
export interface JsonOrigin {
  readonly study: { readonly id: string; readonly version: string };
  readonly site: string;
  readonly appVersion: string;
  /** Of the data cut: ISO 8601 in UTC, and the head of the trail. */
  readonly at: string;
  readonly head: string;
}

/** Together they name a row. */
const rowKeys = ['STUDYID', 'SITEID', 'SUBJID', 'VISIT', 'REPEAT'];

export function formDataset(sheet: FormSheet): JsonDataset {
  const keys = keyColumns.map(({ name, kind, title }): JsonColumn => {
    const position = rowKeys.indexOf(name);
    const key = position < 0 ? {} : { keySequence: position + 1 };
    return { itemOID: itemOid(name), name, label: title.en, dataType: dataTypeOf(kind), ...key };
  });
  const own = sheet.fields.flatMap(({ item, columns }) =>
    columns.map(({ name, title, kind, part }): JsonColumn => {
      const { maxLength } = item;
      const isFree = part === 'value' && kind === 'text' && maxLength !== undefined;
      const length = isFree ? { length: maxLength } : {};
      return { itemOID: itemOid(name), name, label: title.en, dataType: dataTypeOf(kind), ...length };
    }),
  );
  return { name: sheet.name, label: sheet.form.name.en, columns: [...keys, ...own] };
}

function dataTypeOf(kind: ColumnKind): JsonColumn['dataType'] {
  switch (kind) {
    case 'text':
      return 'string';
    case 'integer':
      return 'integer';
    case 'decimal':
      return 'double';
    case 'date':
      return 'date';
    case 'date-time':
      return 'datetime';
    default:
      return assertNever(kind);
  }
}

/** Everything of the file up to its first row; `endOfDataset` ends it. */
export function startOfDataset(dataset: JsonDataset, records: number, origin: JsonOrigin): string {
  const { study, site, appVersion, at, head } = origin;
  const attributes = {
    datasetJSONCreationDateTime: at,
    datasetJSONVersion: '1.1.0',
    fileOID: `${study.id}.${site}.${head}.${dataset.name}`,
    dbLastModifiedDateTime: at,
    originator: site,
    sourceSystem: { name: 'Cahier', version: appVersion },
    studyOID: studyOid(study.id),
    metaDataVersionOID: versionOid(study.version),
    itemGroupOID: `IG.${dataset.name}`,
    records,
    name: dataset.name,
    label: dataset.label,
    columns: dataset.columns,
  };
  return `${JSON.stringify(attributes).slice(0, -1)},"rows":[`;
}

export const endOfDataset = '\n]}\n';

/** JSON holds any text, control characters too, so that nothing is escaped but by JSON itself. */
export function jsonRow(cells: readonly Cell[]): string {
  return `[${cells.map(jsonCell).join(',')}]`;
}

function jsonCell(cell: Cell): string {
  if (cell === null) return 'null';
  if (typeof cell === 'string') return JSON.stringify(cell.toWellFormed());
  if (typeof cell === 'number') return JSON.stringify(cell === 0 ? 0 : cell);
  return JSON.stringify('day' in cell ? isoDay(cell.day) : isoMinute(cell.minute));
}

/** A variable of a domain, and where on a form sheet it comes from. */
export interface DraftSource {
  readonly sheet: FormSheet;
  /** Name of the variable → position among the sheet's cells. */
  readonly variables: ReadonlyMap<string, number>;
}

export interface DraftDomain {
  readonly domain: string;
  readonly dataset: JsonDataset;
  readonly sources: readonly DraftSource[];
  readonly variables: readonly string[];
}

/** "VS.VSORRES" or "VSORRES": two letters name the domain. */
const target = /^(?:([A-Z]{2})\.)?([A-Z][A-Z0-9]{2,7})$/u;

/** Empty where the definition names no target. A multiple choice has no one cell, and is left to the raw dataset. */
export function draftDomains(sheets: readonly FormSheet[]): readonly DraftDomain[] {
  const found = sheets.flatMap((sheet) => {
    let at = keyColumns.length;
    return sheet.fields.flatMap((field) => {
      const first = at;
      at += field.columns.length;
      const [, named, variable] = target.exec(field.item.target ?? '') ?? [];
      const position = mainPosition(field);
      if (variable === undefined || position === null) return [];
      return [{ sheet, field, variable, domain: named ?? variable.slice(0, 2), cell: first + position }];
    });
  });
  return [...Map.groupBy(found, ({ domain }) => domain)].map(([domain, own]) => {
    const variables = [...new Set(own.map(({ variable }) => variable))];
    const columns = variables.map((variable): JsonColumn => {
      const item = own.find((one) => one.variable === variable)?.field.item;
      const column = own.find((one) => one.variable === variable);
      const kind = column === undefined ? 'text' : kindAt(column.field, mainPosition(column.field));
      const label = item?.label.en ?? variable;
      return { itemOID: `IT.${domain}.${variable}`, name: variable, label, dataType: dataTypeOf(kind) };
    });
    return {
      domain,
      variables,
      dataset: {
        name: domain,
        label: `Draft of ${domain}: the variables that the study definition names, not reviewed`,
        columns: [...draftKeys(domain), ...columns],
      },
      sources: [...Map.groupBy(own, ({ sheet }) => sheet)].map(([sheet, ofSheet]) => ({
        sheet,
        variables: new Map(ofSheet.map(({ variable, cell }) => [variable, cell])),
      })),
    };
  });
}

function draftKeys(domain: string): readonly JsonColumn[] {
  const text = (name: string, label: string, keySequence?: number): JsonColumn => {
    const key = keySequence === undefined ? {} : { keySequence };
    return { itemOID: `IT.${domain}.${name}`, name, label, dataType: 'string', ...key };
  };
  return [
    text('STUDYID', 'Study Identifier', 1),
    text('DOMAIN', 'Domain Abbreviation'),
    text('USUBJID', 'Unique Subject Identifier', 2),
    {
      itemOID: `IT.${domain}.${domain}SEQ`,
      ...{ name: `${domain}SEQ`, label: 'Sequence Number', dataType: 'integer', keySequence: 3 },
    },
    text('VISIT', 'Visit Name'),
  ];
}

/** A date is its ISO 8601 text, as far as it is known. */
function mainPosition({ columns }: ExportField): number | null {
  const iso = columns.findIndex(({ part }) => part === 'iso');
  const value = columns.findIndex(({ part }) => part === 'value');
  return iso >= 0 ? iso : value >= 0 ? value : null;
}

function kindAt({ columns }: ExportField, position: number | null): ColumnKind {
  return columns[position ?? -1]?.kind ?? 'text';
}
