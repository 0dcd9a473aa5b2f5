/** XlsxWriter on the same cells, where Debian's python3-xlsxwriter is installed. */
import { execFile } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { cellStyle } from '../../electron/services/workbook-styles.ts';
import type { CellSheet } from './record-cells.ts';

const run = promisify(execFile);
const script = path.join(import.meta.dirname, 'xlsxwriter_alone.py');
/** Debian's own Python: another one may stand before it in the path, without the library. */
const python = '/usr/bin/python3';

export async function hasXlsxWriter(): Promise<boolean> {
  return run(python, ['-c', 'import xlsxwriter']).then(
    () => true,
    () => false, // no Python, or one without it: the benchmark says so
  );
}

/** One sheet a line, as the script reads them. */
export function writeForPython(sheets: readonly CellSheet[], file: string): void {
  const out = openSync(file, 'w');
  for (const { name, columns, rows } of sheets) {
    const formats = columns.map((column) => cellStyle(column).numFmt ?? 'General');
    writeSync(out, `${JSON.stringify({ name, formats, rows })}\n`);
  }
  closeSync(out);
}

/** Milliseconds that the writing took, without the start of Python and the reading of the cells. */
export async function xlsxWriterAlone(cellsFile: string, file: string): Promise<number> {
  const { stdout } = await run(python, [script, cellsFile, file]);
  rmSync(file);
  return Number(stdout);
}
