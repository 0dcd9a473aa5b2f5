/** Section 4 of the study document: each item with its type, unit, limits, list and duty, as written there. */
import { readRemarks, type Limit, type Remark, type Severity } from './remarks.ts';
import { cell, cellsOf, tablesIn } from './tables.ts';

export interface DocumentItem {
  readonly id: string;
  /** "4.6" */
  readonly section: string;
  /** One of the document's type codes: "dec(2)", "cmp int", "sel1" … */
  readonly type: string;
  readonly unit: string | null;
  readonly hard: Limit | null;
  readonly soft: Limit | null;
  readonly list: string | null;
  readonly options: readonly string[] | null;
  /** Whatever else is written beside it. */
  readonly words: readonly string[];
  /** "always", "–" for never, a condition in words, or nothing. */
  readonly required: string;
}

/** Rows that name several items give each its own part, or all of them the same. */
export const documentItems: readonly DocumentItem[] = tablesIn('4').flatMap((table) =>
  table.rows.flatMap((row, position) => {
    const cells = cellsOf(table, row);
    const ids = cell(cells, 'id')
      .split(/[,/] ?/u)
      .map((id) => id.trim());
    const section = table.heading.split(' ')[0] ?? '';
    const above = (column: number): string => lastSaid(table.rows, position, column);
    const required = above(table.columns.indexOf('Req'));
    return ids.map((id, index): DocumentItem => ({
      id,
      section,
      required,
      ...readItem(cells, ids.length, index),
    }));
  }),
);

type Read = Omit<DocumentItem, 'id' | 'section' | 'required'>;

function readItem(cells: ReadonlyMap<string, string>, count: number, index: number): Read {
  const written = share(cell(cells, 'type').replace(/ ×\d$/u, ''), count, index);
  const { type, unit, rest } = splitType(written);
  const unitCell = share(cells.get('UCUM') ?? cells.get('unit') ?? '', count, index);
  const remarks = [
    ...readRemarks(rest, null),
    ...columnsOf(cells).flatMap(([column, text]) => readRemarks(text, severityOf(column))),
  ];
  return {
    type,
    unit: unitCell === '' ? unit : unitCell,
    ...sharedLimits(remarks, count, index),
    list: remarks.find((remark) => remark.kind === 'list')?.list ?? null,
    options: remarks.find((remark) => remark.kind === 'options')?.options ?? null,
    words: remarks.flatMap((remark) => (remark.kind === 'words' ? [remark.words] : [])),
  };
}

/** "date, date, yn" is one for each of three items; what is not three parts belongs to all of them. */
function share(text: string, count: number, index: number): string {
  const parts = text.split(', ');
  return count > 1 && parts.length === count ? (parts[index] ?? '') : text;
}

/** The code of the type, the unit written after it (sections 4.4, 4.5 and 4.13), and a list or options written after it. */
function splitType(text: string): {
  readonly type: string;
  readonly unit: string | null;
  readonly rest: string;
} {
  const choice = /^(sel[1M]|calc) ?(.*)$/u.exec(text);
  const rest = choice?.[2] ?? '';
  if (choice?.[1]?.startsWith('sel') === true) return { type: choice[1], unit: null, rest };
  if (rest.startsWith('CL_')) return { type: 'calc', unit: null, rest };
  const [, type = text, unit] = /^((?:cmp )?(?:dec\(\d\)|int)|calc) ([A-Za-z/]+)$/u.exec(text) ?? [];
  return unit === 'yn' ? { type: text, unit: null, rest: '' } : { type, unit: unit ?? null, rest: '' };
}

function columnsOf(cells: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...cells].filter(([column]) =>
    /^(?:H|S|codes|bounds|codes ?\/ ?bounds|bounds ?\/ ?codes)$/u.test(column),
  );
}

function severityOf(column: string): Severity | null {
  return column === 'H' ? 'hard' : column === 'S' ? 'soft' : null;
}

/** As many limits of a kind as there are items: one each. Else the first is that of all of them. */
function sharedLimits(
  remarks: readonly Remark[],
  count: number,
  index: number,
): { readonly hard: Limit | null; readonly soft: Limit | null } {
  const of = (severity: Severity): Limit | null => {
    const limits = remarks.flatMap((remark) =>
      remark.kind === 'limit' && remark.severity === severity ? [remark.limit] : [],
    );
    return (limits.length === count ? limits[index] : limits[0]) ?? null;
  };
  return { hard: of('hard'), soft: of('soft') };
}

/** A ditto mark says what was said last above it, calculated items ("–") passed over. */
function lastSaid(rows: readonly (readonly string[])[], position: number, column: number): string {
  const [own = '', ...above] = rows
    .slice(0, position + 1)
    .map((row) => row[column] ?? '')
    .reverse();
  return own.startsWith('"') ? (above.find((text) => !text.startsWith('"') && text !== '–') ?? '') : own;
}
