/** The cells of a finished workbook, ready to be written again. */
import exceljs from 'exceljs';

/** undefined: no cell. */
export type CellValue = string | number | undefined;

export interface CellSheet {
  readonly name: string;
  /** Of each column. */
  readonly formats: readonly string[];
  readonly rows: readonly CellValue[][];
}

/** 1970-01-01 as Excel counts days. */
const dayZero = 25_569;
const dayMs = 86_400_000;

export async function readCells(file: string): Promise<readonly CellSheet[]> {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(file);
  return book.worksheets.map((sheet) => {
    const formats: string[] = [];
    const rows: CellValue[][] = [];
    sheet.eachRow((row) => {
      rows.push(
        Array.from({ length: sheet.columnCount }, (_, column) => {
          const cell = row.findCell(column + 1);
          if (cell === undefined) return undefined;
          formats[column] = cell.numFmt ?? 'General';
          return toValue(cell.value);
        }),
      );
    });
    return { name: sheet.name, formats: Array.from({ length: sheet.columnCount }, (_, column) => formats[column] ?? 'General'), rows };
  });
}

function toValue(value: exceljs.CellValue): CellValue {
  if (value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (value instanceof Date) return value.getTime() / dayMs + dayZero;
  throw new Error('the workbook holds a cell of a kind that is never written');
}
