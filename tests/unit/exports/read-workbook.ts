/** Two readers of a finished workbook: exceljs, and Debian's openpyxl, which shares no code with what wrote it. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import exceljs from 'exceljs';
import yauzl from 'yauzl';
import { z } from 'zod';

const ReadCell = z
  .object({
    kind: z.enum(['text', 'number', 'date']),
    value: z.union([z.string(), z.number()]),
    format: z.string(),
  })
  .nullable();
export type ReadCell = z.infer<typeof ReadCell>;

const ReadSheet = z.object({
  name: z.string(),
  state: z.string(),
  rows: z.array(z.array(ReadCell)),
  /** Worked out by the recipe of 00_README. */
  sha256: z.string(),
  /** Of its part as it lies in the file, compressed. */
  zipSha256: z.string(),
  freeze: z.string().nullable(),
  protected: z.boolean(),
  /** Cells can be selected, and so copied. */
  selectable: z.boolean(),
  /** Addresses of the cells that are marked as text. */
  quoted: z.array(z.string()),
  /** Cells with a background, the header row left out. */
  filled: z.number(),
  password: z.string().nullable(),
  merged: z.array(z.string()),
  tables: z.record(
    z.string(),
    z.object({ ref: z.string(), filter: z.string().nullable(), columns: z.array(z.string()) }),
  ),
  hidden: z.array(z.number()),
  formulas: z.number(),
  notes: z.record(z.string(), z.string()),
  widths: z.record(z.string(), z.number()),
  validations: z.array(
    z.object({
      range: z.string(),
      type: z.string(),
      operator: z.string().nullable(),
      formulas: z.array(z.string().nullable()),
      title: z.string().nullable(),
    }),
  ),
});
export type ReadSheet = z.infer<typeof ReadSheet>;

const ReadBook = z.object({
  version: z.string(),
  locked: z.boolean(),
  names: z.record(z.string(), z.string()),
  sheets: z.array(ReadSheet),
});
export type ReadBook = z.infer<typeof ReadBook>;

/** Debian's own Python: another one may stand before it in the path, without openpyxl. */
const python = '/usr/bin/python3';
const mostBytes = 1 << 29;

export function readByOpenpyxl(file: string): ReadBook {
  const script = path.join(import.meta.dirname, 'read_workbook.py');
  try {
    const json = execFileSync(python, [script, file], {
      maxBuffer: mostBytes,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return ReadBook.parse(JSON.parse(json.toString('utf8')));
  } catch (error) {
    const isMissing = error instanceof Error && 'status' in error && error.status === 3;
    if (isMissing || !isThere(error)) {
      throw new Error(
        'These tests read workbooks with openpyxl: install the Debian package python3-openpyxl.',
        { cause: error },
      );
    }
    throw error;
  }
}

function isThere(error: unknown): boolean {
  return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
}

/** Cells of each sheet as exceljs gives them; rows and columns from 0. */
export async function readByExceljs(
  file: string,
): Promise<ReadonlyMap<string, readonly (readonly ReadCell[])[]>> {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(file);
  return new Map(book.worksheets.map((sheet) => [sheet.name, rowsOf(sheet)]));
}

function rowsOf(sheet: exceljs.Worksheet): readonly (readonly ReadCell[])[] {
  return Array.from({ length: sheet.rowCount }, (_, row) =>
    Array.from({ length: sheet.columnCount }, (__, column) => cellOf(sheet.getCell(row + 1, column + 1))),
  );
}

function cellOf({ value, numFmt }: exceljs.Cell): ReadCell {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- exceljs leaves it out, against its typings
  const format = numFmt ?? 'General';
  if (value === null) return null;
  if (typeof value === 'string') return { kind: 'text', value, format };
  if (typeof value === 'number') return { kind: 'number', value, format };
  if (value instanceof Date)
    return { kind: 'date', value: value.toISOString().slice(0, format.includes('hh') ? 16 : 10), format };
  throw new Error(`no cell of the workbook holds a ${JSON.stringify(value)}`);
}

/** A sheet as records by the names of its header row; blank cells are left out. */
export function recordsOf(
  rows: readonly (readonly ReadCell[])[],
): readonly Readonly<Record<string, string | number>>[] {
  const [header = [], ...others] = rows;
  const names = header.map((cell) => String(cell?.value ?? ''));
  return others.map((row) =>
    Object.fromEntries(
      row.flatMap((cell, index) => (cell === null ? [] : [[names[index] ?? '', cell.value] as const])),
    ),
  );
}

export function sheetNamed(book: ReadBook, name: string): ReadSheet {
  const sheet = book.sheets.find((candidate) => candidate.name === name);
  if (sheet === undefined) throw new Error(`the workbook has no sheet ${name}`);
  return sheet;
}

/** The bytes of one part of the file as text. */
export function readPart(file: string, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true }, (fault, zip) => {
      if (fault !== null) {
        reject(fault);
        return;
      }
      zip.on('end', () => {
        reject(new Error(`${name} is not in the file`));
      });
      zip.on('entry', (entry: yauzl.Entry) => {
        if (entry.fileName !== name) {
          zip.readEntry();
          return;
        }
        zip.openReadStream(entry, (error, stream) => {
          if (error !== null) {
            reject(error);
            return;
          }
          void stream.toArray().then((chunks: Buffer[]) => {
            resolve(Buffer.concat(chunks).toString('utf8'));
          }, reject);
        });
      });
      zip.readEntry();
    });
  });
}
