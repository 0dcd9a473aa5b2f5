/**
 * Takes the sheets of the workbook as CSV files, one a sheet: the same columns, rows and texts, so that a sheet has the
 * hash in MANIFEST that it has in the workbook. Only what Excel limits is not limited here: long texts and long sheets
 * stay whole. Texts that look like formulas are escaped (shared/formats/csv.ts).
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cell, SheetColumn } from '#shared/export-plan/sheet.ts';
import { byteOrderMark, csvField, escapeFormula, recordEnd } from '#shared/formats/csv.ts';
import { canonicalCell, canonicalRow, fitText, isPlainText, looksLikeFormula } from '../workbook-cells.ts';
import { placesMost, type SheetWriter, type WorkbookWriter } from '../workbook-writer.ts';
import type { TextPlace } from '../workbook-sheet.ts';
import { openTextFile, type TextFile } from './text-file.ts';

/** A sheet that was written. */
export interface CsvSheet {
  readonly name: string;
  /** "VS.csv" */
  readonly file: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: number;
  /** Bytes of the longest text of each column. */
  readonly longest: readonly number[];
  readonly bytes: number;
  readonly sha256: string;
}

export interface CsvBook extends WorkbookWriter {
  sheets(): readonly CsvSheet[];
  abandon(): void;
}

/** `folder` is there and empty. */
export function createCsvBook(folder: string): CsvBook {
  const written: CsvSheet[] = [];
  let open: TextFile | null = null;
  const lookalikes: TextPlace[] = [];
  let lookalikeCount = 0;

  function addSheet(name: string, columns: readonly SheetColumn[]): SheetWriter {
    const names = columns.map((column) => column.name);
    const fileName = csvFileName(name);
    const file = openTextFile(path.join(folder, fileName));
    open = file;
    const hash = createHash('sha256').update(canonicalRow(names));
    let lines = '';
    const longest = names.map(() => 0);
    let rows = 0;
    let cells = 0;

    function toField(cell: Cell, column: number): string {
      if (cell === null) return '';
      cells += 1;
      if (typeof cell !== 'string' || isPlainText(cell)) {
        const plain = canonicalCell(cell);
        lines += plain;
        keepLongest(column, plain.length);
        return plain;
      }
      if (looksLikeFormula(cell)) {
        lookalikeCount += 1;
        const place = { sheet: name, row: rows + 2, column: names[column] ?? '' };
        if (lookalikes.length < placesMost) lookalikes.push(place);
      }
      const text = fitText(cell);
      lines += canonicalCell(text);
      keepLongest(column, Buffer.byteLength(text, 'utf8') + 1);
      return csvField(escapeFormula(text));
    }

    file.write(byteOrderMark + names.map(csvField).join(',') + recordEnd);
    return {
      addRow: (values) => {
        let record = '';
        for (let column = 0; column < names.length; column += 1) {
          if (column > 0) {
            record += ',';
            lines += '\t';
          }
          record += toField(values[column] ?? null, column);
        }
        lines += '\n';
        file.write(record + recordEnd);
        rows += 1;
        if (lines.length > blockLength) handOn();
        return 0;
      },
      cells: () => cells,
      close: () => {
        handOn();
        written.push({ name, file: fileName, columns, rows, longest, ...file.close() });
        open = null;
        return [{ name, rows, columns: names.length, cells, sha256: hash.digest('hex') }];
      },
    };

    function keepLongest(column: number, length: number): void {
      if (length > (longest[column] ?? 0)) longest[column] = length;
    }
    function handOn(): void {
      hash.update(lines);
      lines = '';
    }
  }

  return {
    addSheet,
    defineName: () => undefined, // a CSV file has no names for its cells
    packed: () => Promise.resolve(new Map()), // nor parts
    longTexts: () => [],
    formulaLookalikes: () => ({ count: lookalikeCount, first: lookalikes }),
    room: () => nextTurn(),
    finish: () => Promise.resolve(),
    sheets: () => [...written],
    abandon: () => {
      open?.abandon();
    },
  };
}

const blockLength = 1 << 18;

/** "VS.csv"; Windows opens a device for some names, whatever their ending. */
function csvFileName(sheet: string): string {
  return /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu.test(sheet) ? `${sheet}_.csv` : `${sheet}.csv`;
}
