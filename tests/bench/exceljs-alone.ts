/** What is measured against: exceljs's streaming writer in a thread of its own, with cells that lie ready in memory. */
import { createWriteStream, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { deserialize } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import exceljs from 'exceljs';
import type { SheetColumn } from '#shared/export-plan/sheet.ts';
import { cellStyle } from '../../electron/services/workbook-styles.ts';
import type { CellSheet } from './record-cells.ts';

export interface BaselineOrder {
  readonly cellsFile: string;
  readonly file: string;
}
export type BaselineNews = { readonly kind: 'loaded' } | { readonly kind: 'written'; readonly ms: number };

const order = workerData as BaselineOrder; // export.ts builds it with this type
const tell = (news: BaselineNews): void => parentPort?.postMessage(news);
tell({ kind: 'loaded' });

const sheets = deserialize(readFileSync(order.cellsFile)) as readonly CellSheet[]; // written by export.ts

const start = performance.now();
const book = new exceljs.stream.xlsx.WorkbookWriter({
  stream: createWriteStream(order.file),
  useStyles: true,
  useSharedStrings: false,
});
const styles = new Map<string, Partial<exceljs.Style>>();
for (const { name, columns, rows } of sheets) {
  const sheet = book.addWorksheet(name);
  const ofColumns = columns.map(styleOf);
  let count = 0;
  for (const cells of rows) {
    const row = sheet.addRow(cells);
    for (let column = 0; column < cells.length; column += 1) {
      const style = ofColumns[column];
      if (cells[column] !== undefined && style !== undefined) row.getCell(column + 1).style = style;
    }
    row.commit();
    count += 1;
    if (count % 250 === 0) await nextTurn();
  }
  sheet.commit();
}
await book.commit();
tell({ kind: 'written', ms: performance.now() - start });

/** exceljs finds a style by its object: one object a kind of column. */
function styleOf(column: SheetColumn): Partial<exceljs.Style> {
  const style = cellStyle(column);
  const known = styles.get(style.numFmt ?? '');
  if (known !== undefined) return known;
  styles.set(style.numFmt ?? '', style);
  return style;
}
