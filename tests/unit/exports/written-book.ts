/** A small workbook, written by the real writer into a real file. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Cell, SheetColumn } from '#shared/export-plan/sheet.ts';
import {
  createWorkbookWriter,
  type Lookalikes,
  type LongText,
  type SheetTotals,
  type WorkbookOptions,
} from '../../../electron/services/workbook-writer.ts';

export interface BookSheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly frozen?: number;
}

export interface WrittenBook {
  readonly file: string;
  readonly totals: readonly SheetTotals[];
  readonly packed: ReadonlyMap<string, string>;
  readonly longTexts: readonly LongText[];
  readonly lookalikes: Lookalikes;
}

export const savedAt = new Date(Date.UTC(2026, 0, 2, 3, 4, 6));

/** `names`: name, sheet, column, first and last row of each defined name. */
export async function writeBook(
  file: string,
  sheets: readonly BookSheet[],
  options: Partial<WorkbookOptions> & {
    readonly names?: readonly (readonly [string, string, number, number, number])[];
    readonly first?: readonly string[];
  } = {},
): Promise<WrittenBook> {
  const { names = [], first = [], ...more } = options;
  const book = createWorkbookWriter({ stream: createWriteStream(file), savedAt, creator: 'Cahier', ...more });
  const totals: SheetTotals[] = [];
  for (const { name, columns, rows, frozen = 1 } of sheets) {
    const sheet = book.addSheet(name, columns, frozen);
    for (const row of rows) sheet.addRow(row);
    totals.push(...sheet.close());
  }
  for (const name of names) book.defineName(...name);
  const packed = await book.packed();
  await book.finish(first);
  return { file, totals, packed, longTexts: book.longTexts(), lookalikes: book.formulaLookalikes() };
}

export const text = (name: string, more: Partial<SheetColumn> = {}): SheetColumn => ({
  name,
  kind: 'text',
  width: 12,
  ...more,
});
export const decimal = (name: string, more: Partial<SheetColumn> = {}): SheetColumn => ({
  name,
  kind: 'decimal',
  width: 12,
  ...more,
});

export interface TemporaryFolder {
  file(name: string): string;
  remove(): void;
}

export function temporaryFolder(): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-workbook-'));
  return {
    file: (name) => path.join(folder, name),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
