/**
 * Writes an .xlsx file sheet by sheet through exceljs's streaming writer, by the cell rules of the workbook: typed
 * cells, frozen header, table, validations, protection, and the same bytes for the same content. The rows between
 * the header and the end of a sheet are XML of our own, for a third of the work that exceljs makes of them.
 */
import { once } from 'node:events';
import type { PassThrough, Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { longestSheetName, withNumber } from '#shared/export-plan/names.ts';
import type { Cell, SheetColumn } from '#shared/export-plan/sheet.ts';
import { columnLetter, fitText, looksLikeFormula } from './workbook-cells.ts';
import { openStreamingWorkbook, orderSheets } from './workbook-parts.ts';
import { openSheet, type OpenSheet, type SheetTotals, type TextPlace } from './workbook-sheet.ts';

export type { SheetTotals } from './workbook-sheet.ts';

export interface WorkbookOptions {
  /** Takes the bytes; what goes wrong with it is thrown by room() and finish(). */
  readonly stream: Writable;
  /** Goes into the document properties and the zip entries: a moment of the data, not of the clock. */
  readonly savedAt: Date;
  readonly creator: string;
  /** Of a sheet, header included; Excel's own limit unless a smaller one is given. */
  readonly maxRows?: number;
  /** All sheets to come: the further parts of a full sheet must not take their names. */
  readonly sheetNames?: readonly string[];
}

export interface SheetWriter {
  /** Gives the part of the sheet that took the row, from 0. */
  addRow(cells: readonly Cell[]): number;
  /** Cells that hold something, so far and in all parts. */
  cells(): number;
  /** One sheet, or several when the rows did not fit into one. */
  close(): readonly SheetTotals[];
}

/** How many, and where the first ones stand. */
export interface Lookalikes {
  readonly count: number;
  readonly first: readonly TextPlace[];
}

export interface LongText extends TextPlace {
  readonly text: string;
}

export interface WorkbookWriter {
  /** One sheet is open at a time. */
  addSheet(name: string, columns: readonly SheetColumn[], frozenColumns: number): SheetWriter;
  /** Cells of one column of a sheet become a name that validations can use. */
  defineName(name: string, sheet: string, column: number, firstRow: number, lastRow: number): void;
  /**
   * By sheet, of those that are closed: SHA-256 of its part as it lies in the file, compressed. Comes when all of them
   * are there. Nothing for files that have no such parts.
   */
  packed(): Promise<ReadonlyMap<string, string>>;
  /** Texts that did not fit into a cell, to be written to a sheet of their own before finish(). */
  longTexts(): readonly LongText[];
  /** Cells whose text begins like a formula; they are written and marked as text. */
  formulaLookalikes(): Lookalikes;
  /** Until rows can be taken again; asked now and then, it keeps the memory small however many rows there are. */
  room(): Promise<void>;
  /** `first`: the sheets that are shown before the others. Done when the stream has taken the last byte. */
  finish(first?: readonly string[]): Promise<void>;
}

/** Excel's own limits. */
export const maxCellText = 32_767;
export const maxSheetRows = 1_048_576;

/** So many places of texts that look like formulas are named. */
export const placesMost = 20;

export function createWorkbookWriter(options: WorkbookOptions): WorkbookWriter {
  const { stream, maxRows = maxSheetRows, sheetNames = [] } = options;
  const book = openStreamingWorkbook(options);
  const failure = failureOf(stream);
  const taken = new Set(sheetNames.map((name) => name.toLowerCase()));
  const longTexts: LongText[] = [];
  const packed = new Map<string, Promise<string>>();
  const lookalikes: TextPlace[] = [];
  let lookalikeCount = 0;
  let current: PassThrough | null = null;

  function fit(text: string, place: TextPlace): string {
    if (looksLikeFormula(text)) {
      lookalikeCount += 1;
      if (lookalikes.length < placesMost) lookalikes.push(place);
    }
    const fitting = fitText(text);
    if (fitting.length <= maxCellText) return fitting;
    longTexts.push({ ...place, text });
    return `see LONGTEXT ${place.sheet} row ${place.row} ${place.column}`;
  }

  function freePartName(name: string, part: number): string {
    let free = withNumber(name, part, longestSheetName);
    for (let n = part + 1; taken.has(free.toLowerCase()); n += 1)
      free = withNumber(name, n, longestSheetName);
    return free;
  }

  function addSheet(base: string, columns: readonly SheetColumn[], frozenColumns: number): SheetWriter {
    const closed: SheetTotals[] = [];
    let part = openPart(base);

    function closePart(): SheetTotals {
      const totals = part.close();
      packed.set(totals.name, part.packed());
      return totals;
    }
    function openPart(name: string): OpenSheet {
      taken.add(name.toLowerCase());
      const sheet = openSheet(book, { name, columns, frozenColumns, fit });
      current = sheet.stream;
      return sheet;
    }
    return {
      addRow: (cells) => {
        if (part.rows() + 1 >= maxRows) {
          closed.push(closePart());
          part = openPart(freePartName(base, closed.length + 1));
        }
        part.addRow(cells);
        return closed.length;
      },
      cells: () => closed.reduce((sum, { cells }) => sum + cells, part.cells()),
      close: () => {
        current = null;
        return [...closed, closePart()];
      },
    };
  }

  return {
    addSheet,
    defineName: (name, sheet, column, firstRow, lastRow) => {
      const letter = columnLetter(column);
      book.definedNames.add(`'${sheet}'!$${letter}$${firstRow}:$${letter}$${lastRow}`, name);
    },
    packed: async () => {
      const all = [...packed].map(async ([name, hash]) => [name, await hash] as const);
      return new Map(await Promise.race([Promise.all(all), failure]));
    },
    longTexts: () => longTexts,
    formulaLookalikes: () => ({ count: lookalikeCount, first: lookalikes }),
    room: async () => {
      const waiting = current?.writableNeedDrain === true ? once(current, 'drain') : nextTurn();
      await Promise.race([waiting, failure]);
    },
    finish: async (first = []) => {
      orderSheets(book, first);
      await Promise.race([book.commit(), failure]);
    },
  };
}

/** Rejected with the first error of the stream, never kept otherwise. */
function failureOf(stream: Writable): Promise<never> {
  const failure = new Promise<never>((_, reject) => stream.once('error', reject));
  // Who waits for the stream hears of it; nobody may be waiting.
  failure.catch(() => undefined);
  return failure;
}
