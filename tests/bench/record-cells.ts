/** The cells that an export writes, taken where the writer would get them. */
import type { Cell, SheetColumn } from '#shared/export-plan/sheet.ts';
import { openForReading } from '../../electron/db/open.ts';
import { fillWorkbook } from '../../electron/services/export-content.ts';
import { createExportReader } from '../../electron/services/export-rows.ts';
import type { Site } from '../../electron/services/site.ts';
import type { WorkbookWriter } from '../../electron/services/workbook-writer.ts';

/** undefined: no cell. */
export type CellValue = string | number | undefined;

export interface CellSheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  /** The header row first. */
  readonly rows: readonly CellValue[][];
}

export async function recordCells(site: Site): Promise<readonly CellSheet[]> {
  const db = openForReading(site.databaseFile, site.key);
  try {
    const recorder = createRecorder();
    const { fingerprint, siteCode, siteName, model } = site;
    const source = {
      reader: createExportReader(db),
      study: model.study,
      siteCode,
      siteName,
      fingerprint,
      appVersion: '',
    };
    await fillWorkbook(source, recorder.book, { progress: () => undefined });
    return recorder.sheets;
  } finally {
    db.close();
  }
}

function createRecorder(): { readonly book: WorkbookWriter; readonly sheets: readonly CellSheet[] } {
  const sheets: CellSheet[] = [];
  return {
    sheets,
    book: {
      addSheet: (name, columns) => {
        const rows: CellValue[][] = [columns.map((column) => column.name)];
        sheets.push({ name, columns: columns.map(bare), rows });
        return {
          addRow: (cells) => {
            rows.push(cells.map(toValue));
            return 0;
          },
          cells: () => 0,
          close: () => [{ name, rows: rows.length - 1, columns: columns.length, cells: 0, sha256: '' }],
        };
      },
      defineName: () => undefined,
      packed: () => Promise.resolve(new Map()),
      longTexts: () => [],
      formulaLookalikes: () => ({ count: 0, first: [] }),
      room: () => Promise.resolve(),
      finish: () => Promise.resolve(),
    },
  };
}

/** Without what can't go to another thread. */
function bare({ name, kind, decimals, width }: SheetColumn): SheetColumn {
  return { name, kind, width, ...(decimals === undefined ? {} : { decimals }) };
}

/** 1970-01-01 as Excel counts days. */
const dayZero = 25_569;

function toValue(cell: Cell): CellValue {
  if (cell === null) return undefined;
  if (typeof cell !== 'object') return cell;
  return 'day' in cell ? cell.day + dayZero : cell.minute / 1440 + dayZero;
}
