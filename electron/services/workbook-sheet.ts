/** One sheet while it is being written: header, rows, and at the end table, validations and totals. */
import { createHash } from 'node:crypto';
import type { PassThrough } from 'node:stream';
import type { Cell, SheetColumn } from '#shared/export-plan/sheet.ts';
import { canonicalRow, columnLetter } from './workbook-cells.ts';
import {
  addHeaderRow,
  addTable,
  addValidation,
  packedHash,
  protectSheet,
  rowStream,
  styleNumber,
  type StreamingSheet,
  type StreamingWorkbook,
} from './workbook-parts.ts';
import { createRowBatch } from './workbook-rows.ts';
import { cellStyle, headerStyle, quotedStyle, validationOf } from './workbook-styles.ts';

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
  /** Once it is closed: SHA-256 of its own part as it lies in the file. */
  packed(): Promise<string>;
}

export interface SheetOptions {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly frozenColumns: number;
  /** The text that is written: as given, or what stands for it. Not asked for plain texts. */
  readonly fit: (text: string, place: TextPlace) => string;
}

/** What a reader may still do: select, filter, and widen columns. */
const sheetProtection = {
  selectLockedCells: true,
  selectUnlockedCells: true,
  autoFilter: true,
  formatColumns: true,
};

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
  const batchColumns = columns.map((column, index) => ({
    letter: columnLetter(index + 1),
    style: styleNumber(book, cellStyle(column)),
  }));
  const batch = createRowBatch(batchColumns, styleNumber(book, quotedStyle), (text, row, column) =>
    fit(text, { sheet: name, row, column: names[column] ?? '' }),
  );
  const hash = createHash('sha256').update(canonicalRow(names));
  let rows = 0;
  let cells = 0;

  function handOn(): void {
    const { xml, lines } = batch.take();
    if (xml === '') return;
    stream.write(xml);
    hash.update(lines);
  }

  return {
    stream,
    rows: () => rows,
    cells: () => cells,
    addRow: (values) => {
      rows += 1;
      for (const value of values) if (value !== null) cells += 1;
      batch.add(rows + 1, values);
      if (batch.isFull()) handOn();
    },
    close: () => {
      handOn();
      const lastRow = Math.max(rows + 1, 2);
      addValidations(sheet, columns, lastRow);
      addTable(book, sheet, {
        name: `TABLE_${name.replace(/[^A-Za-z0-9_]/gu, '_')}`,
        range: `A1:${columnLetter(columns.length)}${lastRow}`,
        columns: names,
      });
      sheet.commit();
      return { name, rows, columns: columns.length, cells, sha256: hash.digest('hex') };
    },
    packed: () => packedHash(book, sheet),
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
