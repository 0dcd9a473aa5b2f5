/** The sheets of one workbook: filled from rows one after the other, counted, and told in the order in which they are shown. */
import type { ReferenceSheet, SheetColumn } from '#shared/export-plan/sheet.ts';
import type { FilledRow } from './export-form-rows.ts';
import type { SheetReport } from './export-manifest.ts';
import type { WorkbookWriter } from './workbook-writer.ts';

export interface ExportWatch {
  /** Called now and then with the cells written so far; throws to stop. */
  progress(sheet: string, cells: number): void;
}

export interface Sheets {
  /** `expected`: values of the database that the rows have to hold, for form sheets. Gives the rows that the sheet has. */
  fill(
    name: string,
    columns: readonly SheetColumn[],
    frozen: number,
    rows: Iterable<FilledRow>,
    expected?: number,
  ): Promise<number>;
  fillWith(sheet: ReferenceSheet): Promise<number>;
  /** Of all sheets so far, each with its further parts behind it. */
  reports(): readonly SheetReport[];
  values(): number;
}

/** Rows between two looks at whether there is room for more. */
const rowsPerTurn = 125;

/** `order`: names of sheets as they are shown; they can be written in any other. */
export function createSheets(book: WorkbookWriter, watch: ExportWatch, order: readonly string[]): Sheets {
  const reports = new Map<string, readonly SheetReport[]>();
  let cells = 0;

  const fill: Sheets['fill'] = async (name, columns, frozen, rows, expected) => {
    watch.progress(name, cells);
    const sheet = book.addSheet(name, columns, frozen);
    const valuesOfPart: number[] = [];
    let count = 0;
    for (const row of rows) {
      const part = sheet.addRow(row.cells);
      valuesOfPart[part] = (valuesOfPart[part] ?? 0) + row.values;
      count += 1;
      if (count % rowsPerTurn === 0) {
        await book.room();
        watch.progress(name, cells + sheet.cells());
      }
    }
    cells += sheet.cells();
    const parts = sheet.close();
    const values = sum(valuesOfPart);
    if (expected !== undefined && expected !== values)
      throw new Error(`sheet ${name} holds ${values} of ${expected} values`);
    reports.set(
      name,
      parts.map((part, index) => ({
        ...part,
        values: expected === undefined ? null : (valuesOfPart[index] ?? 0),
      })),
    );
    return sum(parts.map(({ rows: inPart }) => inPart));
  };

  const inOrder = (): readonly SheetReport[] => order.flatMap((name) => reports.get(name) ?? []);
  return {
    fill,
    fillWith: ({ name, columns, rows }) => fill(name, columns, 1, rows.map(bare)),
    reports: inOrder,
    values: () => sum(inOrder().map(({ values }) => values ?? 0)),
  };
}

/** A row that holds no values of the database. */
export const bare = (cells: FilledRow['cells']): FilledRow => ({ cells, values: 0 });

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
