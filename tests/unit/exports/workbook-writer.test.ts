import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHash } from 'node:crypto';
import exceljs from 'exceljs';
import yauzl from 'yauzl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SheetColumn } from '#shared/export-plan/sheet.ts';
import { canonicalRow } from '../../../electron/services/workbook-cells.ts';
import { countCells } from '../../../electron/services/workbook-count.ts';
import { createWorkbookWriter } from '../../../electron/services/workbook-writer.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cahier-workbook-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const columns: readonly SheetColumn[] = [
  { name: 'SUBJID', kind: 'text', width: 12 },
  { name: 'vs_wt', kind: 'decimal', decimals: 2, width: 12, bounds: { min: 1.5, max: 250 }, note: 'Weight (kg)' },
  { name: 'born', kind: 'date', width: 12 },
  { name: 'seen', kind: 'date-time', width: 18 },
  { name: 'sex', kind: 'text', width: 8, list: 'CL_SEX' },
  { name: 'words', kind: 'text', width: 20 },
];
const day = 18934; // 2021-11-03

async function write(file: string): Promise<{ totals: readonly { name: string; cells: number; columns: number; sha256: string }[]; lookalikes: number; long: number }> {
  const book = createWorkbookWriter({ stream: createWriteStream(file), savedAt: new Date(Date.UTC(2026, 0, 2, 3, 4, 6)), creator: 'Cahier' });
  const form = book.addSheet('VS', columns, 1);
  form.addRow(['01-001', 32.05, { day }, { minute: day * 1440 + 860 }, 'M', '=SUM(A1:A9)']);
  form.addRow(['007', null, null, null, null, 'x'.repeat(40_000)]);
  const totals = [...form.close()];
  const lists = book.addSheet('CODELISTS', [columns[0] ?? { name: 'x', kind: 'text', width: 9 }, { name: 'CODE', kind: 'text', width: 9 }], 1);
  lists.addRow(['CL_SEX', 'M']);
  lists.addRow(['CL_SEX', 'F']);
  totals.push(...lists.close());
  book.defineName('CL_SEX', 'CODELISTS', 2, 2, 3);
  const readme = book.addSheet('00_README', [{ name: 'A', kind: 'text', width: 9 }], 1);
  readme.addRow(['read me']);
  totals.push(...readme.close());
  await book.finish(['00_README']);
  return { totals, lookalikes: book.formulaLookalikes(), long: book.longTexts().length };
}

function readPart(file: string, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('entry', (entry: yauzl.Entry) => {
        if (entry.fileName !== name) return zip.readEntry();
        zip.openReadStream(entry, (fault, stream) => {
          if (fault) return reject(fault);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
        });
      });
      zip.on('end', () => reject(new Error(`${name} is not in the file`)));
      zip.readEntry();
    });
  });
}

describe('a written workbook', () => {
  const file = path.join(folder, 'first.xlsx');
  const book = new exceljs.Workbook();
  let written: Awaited<ReturnType<typeof write>>;
  beforeAll(async () => {
    written = await write(file);
    await book.xlsx.readFile(file);
  });
  const cell = (address: string) => book.getWorksheet('VS')?.getCell(address);

  it('keeps the leading zeros of an id', () => expect(cell('A3')?.value).toBe('007'));
  it('keeps an id in a text cell', () => expect(cell('A3')?.numFmt).toBe('@'));
  it('keeps a number a number', () => expect(cell('B2')?.value).toBe(32.05));
  it('shows a number with its decimals', () => expect(cell('B2')?.numFmt).toBe('0.00'));
  it('keeps a day a date', () => expect(cell('C2')?.value).toEqual(new Date(Date.UTC(2021, 10, 3))));
  it('shows a day as ISO 8601 does', () => expect(cell('C2')?.numFmt).toBe('yyyy-mm-dd'));
  it('keeps the minute of a date-time', () => expect(cell('D2')?.value).toEqual(new Date(Date.UTC(2021, 10, 3, 14, 20))));
  it('leaves a blank cell out', () => expect(cell('B3')?.value).toBeNull());
  it('writes text that looks like a formula as text', () => expect(cell('F2')?.value).toBe('=SUM(A1:A9)'));
  it('counts text that looks like a formula', () => expect(written.lookalikes).toBe(1));
  it('points from a cell to a text that is too long for it', () => expect(cell('F3')?.value).toBe('see LONGTEXT VS row 3 words'));
  it('keeps a text that is too long for a cell', () => expect(written.long).toBe(1));
  it('puts the read-me first', () => expect(book.worksheets[0]?.name).toBe('00_README'));
  it('allows a code by the name of its list', () => expect(cell('E2')?.dataValidation).toMatchObject({ type: 'list', formulae: ['CL_SEX'] }));
  it('allows a number within its hard bounds', () => expect(cell('B2')?.dataValidation).toMatchObject({ type: 'decimal', formulae: [1.5, 250] }));
  it('allows dates that Excel can count', () => expect(cell('C2')?.dataValidation.type).toBe('date'));
  it('freezes the header and the key columns', () => expect(book.getWorksheet('VS')?.views[0]).toMatchObject({ state: 'frozen', xSplit: 1, ySplit: 1 }));

  it('holds on disk the cells that were written', async () => {
    const meant = written.totals.map((sheet) => sheet.cells + sheet.columns);
    expect(await countCells(file)).toEqual(meant);
  });

  it('puts the parts of a sheet in the order of the file format', async () => {
    const xml = await readPart(file, 'xl/worksheets/sheet1.xml');
    const order = ['<sheetViews', '<cols', '<sheetData', '<sheetProtection', '<autoFilter', '<dataValidations', '<pageMargins', '<legacyDrawing'];
    const places = order.map((part) => xml.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('locks the structure of the workbook', async () => {
    expect(await readPart(file, 'xl/workbook.xml')).toContain('<workbookProtection lockStructure="1"/><bookViews>');
  });

  it('is the same bytes when it is written again', async () => {
    const again = path.join(folder, 'second.xlsx');
    await write(again);
    expect(createHash('sha256').update(readFileSync(again)).digest('hex')).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'));
  });

  it('gives the hash that a reader gets from the cells', () => {
    const sheet = book.getWorksheet('CODELISTS');
    const rows: string[] = [];
    sheet?.eachRow((row) => rows.push(`${[1, 2].map((column) => row.getCell(column).text).join('\t')}\n`));
    expect(createHash('sha256').update(rows.join('')).digest('hex')).toBe(written.totals[1]?.sha256);
  });
});

describe('the canonical row of a hash', () => {
  it('parts cells by tabs', () => expect(canonicalRow(['a', 1.5, null])).toBe('a\t1.5\t\n'));
  it('escapes what would break a row', () => expect(canonicalRow(['a\tb\nc\\d'])).toBe('a\\tb\\nc\\\\d\n'));
  it('writes a day as ISO 8601', () => expect(canonicalRow([{ day }])).toBe('2021-11-03\n'));
  it('writes a minute as ISO 8601', () => expect(canonicalRow([{ minute: day * 1440 + 5 }])).toBe('2021-11-03T00:05\n'));
  it('writes a minute before 1970', () => expect(canonicalRow([{ minute: -1 }])).toBe('1969-12-31T23:59\n'));
});
