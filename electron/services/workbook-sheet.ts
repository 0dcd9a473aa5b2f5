/** One sheet while it is being written: header, rows, and at the end table, validations and totals. */
import { createHash } from 'node:crypto';
import type { PassThrough } from 'node:stream';
import type { Cell, SheetColumn } from '#shared/export-plan/sheet.ts';
import { canonicalRow, columnLetter, rowXml } from './workbook-cells.ts';
import {
  addHeaderRow,
  addTable,
  addValidation,
  protectSheet,
  rowStream,
  styleNumber,
  type StreamingSheet,
  type StreamingWorkbook,
} from './workbook-parts.ts';
import { cellStyle, headerStyle, validationOf } from './workbook-styles.ts';

export interface SheetTotals {
  readonly name: string;
  /** The header row left out, here and in `cells`. */
  readonly rows: number;
  readonly columns: number;
  /** Cells that hold something. */
  readonly cells: number;
  /** Over the rows as canonicalRow gives them, header row first, UTF-8. */
  readonly sha256: string;
}

/** Where a text stands that a cell may not be able to hold. `row` counts from 1, header included. */
export interface TextPlace {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
}

export interface OpenSheet {
  /** Takes the rows; tells when it is full. */
  readonly stream: PassThrough;
  rows(): number;
  cells(): number;
  addRow(cells: readonly Cell[]): void;
  close(): SheetTotals;
}

export interface SheetOptions {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly frozenColumns: number;
  /** The text that is written: as given, or what stands for it. */
  readonly fit: (text: string, place: TextPlace) => string;
}

/** What a reader may still do: select, filter, and widen columns. */
const sheetProtection = {
  selectLockedCells: true,
  selectUnlockedCells: true,
  autoFilter: true,
  formatColumns: true,
};

/** Characters of rows that are handed on together. */
const batchLength = 1 << 16;

export function openSheet(
  book: StreamingWorkbook,
  { name, columns, frozenColumns, fit }: SheetOptions,
): OpenSheet {
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: frozenColumns, ySplit: 1 }],
  });
  protectSheet(sheet, sheetProtection);
  sheet.columns = columns.map(({ width }) => ({ width }));
  writeHeader(sheet, columns);

  const stream = rowStream(sheet);
  const names = columns.map((column) => column.name);
  const letters = columns.map((_, index) => columnLetter(index + 1));
  const styles = columns.map((column) => styleNumber(book, cellStyle(column)));
  const hash = createHash('sha256');
  let rows = 0;
  let cells = 0;
  let xml = '';
  let lines = canonicalRow(names);

  function handOn(): void {
    if (xml !== '') stream.write(xml);
    hash.update(lines);
    xml = '';
    lines = '';
  }

  return {
    stream,
    rows: () => rows,
    cells: () => cells,
    addRow: (values) => {
      rows += 1;
      const row = rows + 1;
      const kept = columns.map(({ name: column }, index): Cell => {
        const value = values[index] ?? null;
        if (value !== null) cells += 1;
        return typeof value === 'string' ? fit(value, { sheet: name, row, column }) : value;
      });
      xml += rowXml(row, kept, letters, styles);
      lines += canonicalRow(kept);
      if (xml.length > batchLength) handOn();
    },
    close: () => {
      handOn();
      const lastRow = Math.max(rows + 1, 2);
      addValidations(sheet, columns, lastRow);
      addTable(book, sheet, {
        name: `TABLE_${name.replace(/[^A-Za-z0-9_]/gu, '_')}`,
        range: `A1:${letters.at(-1) ?? 'A'}${lastRow}`,
        columns: names,
      });
      sheet.commit();
      return { name, rows, columns: columns.length, cells, sha256: hash.digest('hex') };
    },
  };
}

function writeHeader(sheet: StreamingSheet, columns: readonly SheetColumn[]): void {
  const header = addHeaderRow(
    sheet,
    columns.map(({ name }) => name),
  );
  columns.forEach(({ note }, index) => {
    const cell = header.getCell(index + 1);
    cell.style = headerStyle;
    if (note !== undefined) cell.note = note;
  });
  header.commit();
}

function addValidations(sheet: StreamingSheet, columns: readonly SheetColumn[], lastRow: number): void {
  columns.forEach((column, index) => {
    const validation = validationOf(column);
    const letter = columnLetter(index + 1);
    if (validation !== null) addValidation(sheet, `${letter}2:${letter}${lastRow}`, validation);
  });
}
